/** Who looks after connectors is told what becomes of them: once for each event, behind the bell and in a channel. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type SlackStandIn, startSlack } from "../../../../sandbox/slack/slack";
import { subjects } from "~/composition.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { sendMessage, type Sending, testWebhook } from "~/features/connectors/alerts/send-message.server";
import { tellRunEnd } from "~/features/connectors/alerts/tell-run-end.server";
import "~/features/connectors/alerts/tables";
import {
  addressProblem,
  findAlertWebhook,
  removeAlertWebhook,
  saveAlertWebhook,
  sweepWebhookMessages,
} from "~/features/connectors/alerts/webhook.server";
import { GrantEnded, Trouble } from "~/features/connectors/connector";
import { answerQuestion } from "~/features/connectors/runs/answer-question.server";
import { continueSync, giveUpSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import "~/features/connectors/tables";
import { listNotices } from "~/features/notices/notices.server";
import { findRun, logTail } from "~/features/pipeline/run/runs.server";
import { makeGuardedFetch } from "~/platform/guarded-fetch/guarded-fetch.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

const never = new AbortController().signal;
const origin = "https://ledger.brandt.example";

let slack: SlackStandIn;
let sending: Sending;
beforeAll(async () => {
  slack = await startSlack();
  const fetch = makeGuardedFetch({ allowedOrigins: new Set([new URL(slack.url).origin]) });
  sending = { fetch, origin, providerName: () => "Small Ledger", signal: never };
});
beforeEach(() => {
  slack.trouble = null;
});
afterAll(() => slack.close());

async function given1(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 6; n++) system.put("people", `p${n}`, { given: "Folasade", family: `Adebayo ${n}` });
  return { scope, system, connectorId: await connected(scope) };
}

const told = async (scope: Scope) => (await listNotices(scope)).map(({ title }) => title).reverse();

async function messagesOf(scope: Scope) {
  return scope.db
    .selectFrom("webhook_messages")
    .select(["id", "state", "tries"])
    .where("account_id", "=", scope.account.id)
    .orderBy("id")
    .execute();
}

/** As the job sends them, each once. */
async function sent(scope: Scope): Promise<string[]> {
  const before = slack.messages.length;
  for (const { id } of await messagesOf(scope)) await sendMessage(scope, id, sending);
  return slack.messages
    .slice(0, slack.messages.length - before)
    .map(({ text }) => text)
    .reverse();
}

function fails(system: SmallSystem, words: string | null): void {
  system.trouble = () => {
    if (words !== null) throw new Trouble(words);
  };
}

describe.each(databases)("what becomes of a connector, on %s", (engine) => {
  test("is told when a run fails, once while it goes on failing alike, and when one works again", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    expect(await told(scope)).toEqual([]);
    fails(system, "Small Ledger sent a page of HTML.");
    for (let n = 0; n < 3; n++) await synced(scope, connectorId, system);
    const failed = "Reading from “Small Ledger of Brandt” failed";
    expect(await told(scope)).toEqual([failed]);
    fails(system, "Small Ledger asks for another plan.");
    await synced(scope, connectorId, system);
    expect(await told(scope)).toEqual([failed, failed]);
    fails(system, null);
    await synced(scope, connectorId, system);
    await synced(scope, connectorId, system);
    expect((await told(scope)).slice(2)).toEqual(["Reading from “Small Ledger of Brandt” works again"]);
  });

  test("is told once of a run that was tried again and again before it was given up", async () => {
    const { scope, system, connectorId } = await given1(engine);
    const started = await startSync(scope, connectorId, { doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    for (let n = 0; n < 2; n++) await giveUpSync(scope, started.runId, { subjects, doors: system.doors });
    expect(await told(scope)).toHaveLength(1);
  });

  test("is not told that it works again by a run that asks its source nothing", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    fails(system, "Small Ledger is closed.");
    await synced(scope, connectorId, system);
    const started = await startSync(scope, connectorId, { mode: "refused", doors: system.doors });
    if (!started.ok) throw new Error(started.reason);
    await continueSync(scope, started.runId, { subjects, doors: system.doors, signal: never });
    expect(await findRun(scope, started.runId)).toMatchObject({ state: "done" });
    expect(await told(scope)).toEqual(["Reading from “Small Ledger of Brandt” failed"]);
  });

  test("is told when nothing of what was read could be taken, and not again by who tries the refused once more", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    system.put("people", "p0", { given: "Folasade", mobile: "12" });
    const run = await synced(scope, connectorId, system);
    expect(run).toMatchObject({ state: "attention", problem: null });
    expect((await logTail(scope, run.id)).at(-1)?.text).toBe("Ended, but no record could be taken.");
    const again = await synced(scope, connectorId, system, { mode: "refused" });
    expect(again).toMatchObject({ state: "attention", counts: { read: 1, refused: 1 } });
    expect(await told(scope)).toEqual(["Reading from “Small Ledger of Brandt” needs a look"]);
  });

  test("is told when the receipt of the refused that were tried once more does not add up", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    const again = await synced(scope, connectorId, system, { mode: "refused" });
    const run = scope.db.updateTable("runs").where("account_id", "=", scope.account.id).where("id", "=", again.id);
    await run.set({ state: "attention", problem: "6 records are stored, but 7 were counted." }).execute();
    const ended = { runId: again.id, startedAt: again.createdAt, state: "attention", grantEnded: null } as const;
    await tellRunEnd(scope, connectorId, { ...ended, question: null });
    expect(await told(scope)).toEqual(["Reading from “Small Ledger of Brandt” needs a look"]);
  });

  test("is told when a brake stops it, and that it works when the answer was followed", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    system.empty("people");
    const { id: askedBy } = await synced(scope, connectorId, system, { mode: "whole" });
    expect(await told(scope)).toEqual(["“Small Ledger of Brandt” waits for an answer before it goes on"]);
    const answered = await answerQuestion(scope, connectorId, { askedBy, answer: "follow", doors: system.doors });
    if (!answered.ok) throw new Error(answered.reason);
    await continueSync(scope, answered.runId, { subjects, doors: system.doors, signal: never });
    expect((await told(scope)).at(-1)).toBe("Reading from “Small Ledger of Brandt” works again");
  });

  test("is not told that it works again when what it asked about is taken away", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await synced(scope, connectorId, system);
    system.empty("people");
    await synced(scope, connectorId, system, { mode: "whole" });
    const taken = await takeAway(scope, connectorId, system.provider);
    if (!taken.ok || taken.runId === null) throw new Error("There is something to take away");
    await continueSync(scope, taken.runId, { subjects, doors: system.doors, signal: never });
    expect(await findRun(scope, taken.runId)).toMatchObject({ state: "done", connector: { gone: 6 } });
    expect(await told(scope)).toEqual(["“Small Ledger of Brandt” waits for an answer before it goes on"]);
  });

  test("is told when it has to be connected again, not as a failure besides, and when it is", async () => {
    const { scope, system, connectorId } = await given1(engine);
    const provider = { id: "small", access: { scopes: ["contacts"] } };
    const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };
    const grant = { connectorId, provider, granted, whose: null, by: "session" as const };
    await storeGrant(scope, grant);
    expect(await told(scope)).toEqual([]);
    system.trouble = () => {
      throw new GrantEnded("Small Ledger has to be connected again.");
    };
    await synced(scope, connectorId, system);
    const again = "“Small Ledger of Brandt” has to be connected again";
    expect(await told(scope)).toEqual([again]);
    await endAccess(scope, { connectorId, why: "Small Ledger says so.", action: "connector.grant-ended" });
    expect(await told(scope)).toEqual([again]);
    await storeGrant(scope, grant);
    expect(await told(scope)).toEqual([again, "“Small Ledger of Brandt” is connected again"]);
  });

  test("is not told when somebody here disconnects it", async () => {
    const { scope, connectorId } = await given1(engine);
    const provider = { id: "small", access: { scopes: ["contacts"] } };
    const granted = { accessToken: "a", refreshToken: "r", lastsSeconds: 60, scopes: ["contacts"], extras: {} };
    await storeGrant(scope, { connectorId, provider, granted, whose: null, by: "session" });
    await endAccess(scope, { connectorId, why: "Disconnected.", action: "connector.disconnected" });
    await storeGrant(scope, { connectorId, provider, granted, whose: null, by: "session" });
    expect(await told(scope)).toEqual([]);
  });
});

describe.each(databases)("a channel of the account's, on %s", (engine) => {
  /** Something is wrong, and waits to be told. */
  async function oneMessage(scope: Scope, connectorId: string, system: SmallSystem) {
    await saveAlertWebhook(scope, slack.webhook());
    fails(system, "Small Ledger sent a page of HTML.");
    await synced(scope, connectorId, system);
  }

  test("is told what kind of system it is and where to look, and no name that anybody gave", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await oneMessage(scope, connectorId, system);
    const [text = "", ...more] = await sent(scope);
    expect(more).toEqual([]);
    expect(text).toMatch(
      /^Reading from Small Ledger failed\.\nhttps:\/\/ledger\.brandt\.example\/[a-z0-9-]+\/imports\/[0-9a-f-]+$/,
    );
    for (const name of ["of Brandt", scope.account.name, scope.user?.name ?? "", scope.user?.email ?? ""]) {
      expect(text).not.toContain(name);
    }
    expect(await messagesOf(scope)).toMatchObject([{ state: "told", tries: 1 }]);
    expect(await sent(scope)).toEqual([]);
    expect(await findAlertWebhook(scope)).toMatchObject({ toldAt: scope.clock.now(), problem: null });
  });

  test("that says to wait is tried again after the time it says", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await oneMessage(scope, connectorId, system);
    slack.trouble = "B0BUSY";
    expect(await sent(scope)).toEqual([]);
    expect(await messagesOf(scope)).toMatchObject([{ state: "waiting", tries: 1 }]);
    slack.trouble = null;
    expect(await sent(scope)).toHaveLength(1);
    expect(await messagesOf(scope)).toMatchObject([{ state: "told", tries: 2 }]);
  });

  test("that is out of order is tried six times, and no more", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await oneMessage(scope, connectorId, system);
    slack.trouble = "B0BROKEN";
    const before = slack.asked;
    for (let n = 0; n < 9; n++) await sent(scope);
    expect(slack.asked - before).toBe(6);
    expect(await messagesOf(scope)).toMatchObject([{ state: "given-up", tries: 6 }]);
    expect((await findAlertWebhook(scope))?.problem?.words).toBe("Something went wrong over there.");
  });

  test.each([
    ["B0ARCHIVED", "The channel is archived. Take it out of the archive, or make a webhook for another."],
    ["B0PROHIBITED", "An administrator there does not allow it."],
  ] as const)("that refuses for good (%s) is not asked again, and says why in words", async (channel, words) => {
    const { scope, system, connectorId } = await given1(engine);
    await oneMessage(scope, connectorId, system);
    await saveAlertWebhook(scope, slack.webhook(channel));
    expect(await testWebhook(scope, sending)).toBe(words);
    expect((await findAlertWebhook(scope))?.problem?.words).toBe(words);
    await saveAlertWebhook(scope, slack.webhook());
    expect(await testWebhook(scope, sending)).toBeNull();
    expect((await findAlertWebhook(scope))?.problem).toBeNull();
  });

  test("that another took the place of, while it was told, says nothing of the other, and is told nothing more", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await oneMessage(scope, connectorId, system);
    const id = (await messagesOf(scope))[0]!.id;
    const replacing: Sending = {
      ...sending,
      fetch: async (...asked) => {
        const answer = await sending.fetch(...asked);
        await saveAlertWebhook(scope, slack.webhook());
        return answer;
      },
    };
    slack.trouble = "B0BROKEN";
    await sendMessage(scope, id, replacing);
    expect(await testWebhook(scope, replacing)).toBe("Something went wrong over there.");
    slack.trouble = null;
    expect(await findAlertWebhook(scope)).toMatchObject({ toldAt: null, problem: null });
    expect(await sent(scope)).toEqual([]);
    await sendMessage(scope, id, sending);
    expect(await findAlertWebhook(scope)).toMatchObject({ toldAt: null, problem: null });
  });

  test("that nobody can reach is one and the same whatever it is", async () => {
    const { scope } = await given1(engine);
    await saveAlertWebhook(scope, "https://10.0.0.8/services/T/B/X");
    expect(await testWebhook(scope, sending)).toBe("The address could not be reached.");
  });

  test("is told nothing of what happened before it was entered, nor after it was taken away", async () => {
    const { scope, system, connectorId } = await given1(engine);
    fails(system, "Small Ledger sent a page of HTML.");
    await synced(scope, connectorId, system);
    await saveAlertWebhook(scope, slack.webhook());
    expect(await messagesOf(scope)).toEqual([]);
    expect(await removeAlertWebhook(scope)).toBe(true);
    expect(await removeAlertWebhook(scope)).toBe(false);
    fails(system, null);
    await synced(scope, connectorId, system);
    expect(await messagesOf(scope)).toEqual([]);
  });

  test("keeps its address where nobody reads it, and its messages no longer than the account keeps such things", async () => {
    const { scope, system, connectorId } = await given1(engine);
    await oneMessage(scope, connectorId, system);
    const { address } = await scope.db
      .selectFrom("alert_webhooks")
      .select("address")
      .where("account_id", "=", scope.account.id)
      .executeTakeFirstOrThrow();
    expect(address).not.toContain("services");
    await sweepWebhookMessages(scope);
    expect(await messagesOf(scope)).toHaveLength(1);
    (scope.clock as TestClock).advance((scope.account.retentionDays + 1) * DAY_MS);
    await sweepWebhookMessages(scope);
    expect(await messagesOf(scope)).toEqual([]);
  });
});

test.each([
  ["https://hooks.slack.com/services/T012/B012/abc", null],
  ["http://hooks.slack.com/services/T012/B012/abc", "The address has to begin with https://."],
  ["hooks.slack.com", "Enter the whole address, such as https://hooks.slack.com/services/T…/B…/…."],
  ["https://127.0.0.1/x", "This address is not on the public internet, or has a port that no webhook has."],
  ["https://[::ffff:10.0.0.1]/x", "This address is not on the public internet, or has a port that no webhook has."],
  [
    "https://ann:secret@hooks.slack.com/x",
    "This address is not on the public internet, or has a port that no webhook has.",
  ],
  ["http://127.0.0.1:4811/services/T/B/x", null],
])("%s as an address: %s", (address, problem) => {
  expect(addressProblem(address, new Set(["http://127.0.0.1:4811"]))).toBe(problem);
});
