/** The trial of an import, from the asking to the start of the import it was made for. */
import { describe, expect, test } from "vitest";
import tryImport from "../../../../jobs/try-import";
import sweep from "../../../../jobs/sweep";
import { sql } from "kysely";
import { subjects } from "~/composition.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { discardDraft, findDraft, saveDraft } from "~/features/pipeline/draft/draft-run.server";
import { findRun, logTail } from "~/features/pipeline/run/runs.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { cameBefore } from "~/features/pipeline/trial/came-before.server";
import { beginTrial, continueTrial } from "~/features/pipeline/trial/continue-trial.server";
import { startChecked } from "~/features/pipeline/trial/start-checked.server";
import { toldNumbers } from "~/features/pipeline/trial/trial";
import { askForTrial, findTrial } from "~/features/pipeline/trial/trials.server";
import { openScratch } from "~/platform/db/scratch.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

const never = new AbortController().signal;
const heading = "Given name,Family name,Company,Email,Phone,Tags\n";

const people = (count: number, company = "") =>
  Array.from({ length: count }, (_, n) => `Ann,Okafor ${n},${company},a${n}@okafor.example,,\n`).join("");

function soon(scope: Scope): Scope {
  return { ...scope, clock: testClock(later(scope.clock.now(), 60_000)) };
}

async function checked(scope: Scope, content: string): Promise<string> {
  const runId = await upload(scope, content);
  const draft = await findDraft(scope, runId);
  if (!draft) throw new Error("There is no draft");
  await beginTrial(scope, contactSubject, draft);
  return runId;
}

async function imported(scope: Scope, content: string): Promise<string> {
  const runId = await upload(scope, content);
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: never });
  return runId;
}

/** Carries a trial on until it has come so far, and dies. */
async function killedAfter(scope: Scope, runId: string, batches: number): Promise<void> {
  const stop = new AbortController();
  let left = batches;
  stop.signal.throwIfAborted = () => {
    if (left-- <= 0) throw new Error("killed");
  };
  await expect(continueTrial(scope, subjects, runId, { signal: stop.signal })).rejects.toThrow("killed");
}

describe.each(databases)("the trial of an import on %s", (engine) => {
  test("is made at once for a short file, and by a job for a long one", async () => {
    const { scope } = await given.twoAccounts(engine);
    const short = await checked(scope, heading + people(300));
    expect(await findTrial(scope, short)).toMatchObject({ state: "done", read: 300, total: 300 });
    const long = await checked(scope, heading + people(301));
    expect(await findTrial(scope, long)).toMatchObject({ state: "queued", result: null });
    const context = given.job(await given.installation(engine, { database: scope.database }), {});
    await tryImport({ accountId: scope.account.id, runId: long }, context);
    expect(await findTrial(scope, long)).toMatchObject({
      state: "done",
      read: 301,
      total: 301,
      result: { counts: { created: 301 } },
    });
  });

  test("killed in the middle is begun anew, and comes to the same; given up it says so", async () => {
    const { scope } = await given.twoAccounts(engine);
    const runId = await upload(scope, heading + people(2_000));
    await askForTrial(scope, runId);
    await killedAfter(scope, runId, 5);
    expect(await findTrial(scope, runId)).toMatchObject({ state: "running", read: 1_500, total: 2_000 });
    await continueTrial(scope, subjects, runId, { signal: never });
    expect(await findTrial(scope, runId)).toMatchObject({ state: "done", result: { counts: { created: 2_000 } } });

    await askForTrial(scope, runId);
    const context = given.job(await given.installation(engine, { database: scope.database }), {});
    await sweep({}, context);
    expect(await findTrial(scope, runId)).toMatchObject({ state: "queued" });
    const jobs = engine === "sqlite" ? sql`jobs` : sql`graphile_worker._private_jobs`;
    await sql`update ${jobs} set attempts = max_attempts`.execute(scope.database.unguarded);
    await sweep({}, context);
    expect(await findTrial(scope, runId)).toMatchObject({ state: "failed", problemReference: context.requestId });
    expect(await startChecked(scope, runId, { confirmed: null })).toEqual({ ok: false, reason: "not-checked" });
  });

  test("is forgotten when the settings are saved anew or the upload is thrown away, also on the way", async () => {
    const { scope } = await given.twoAccounts(engine);
    const runId = await checked(scope, heading + people(3));
    const draft = await findDraft(scope, runId);
    if (!draft) throw new Error("There is no draft");
    const mapping = ["givenName", "familyName", "", "email", "", ""];
    await saveDraft(scope, contactSubject, { draft, choices: { ...draft.settings, mapping } });
    expect(await findTrial(scope, runId)).toBeNull();
    expect(await startChecked(scope, runId, { confirmed: null })).toEqual({ ok: false, reason: "not-checked" });

    const long = await upload(scope, heading + people(2_000));
    await askForTrial(scope, long);
    await killedAfter(scope, long, 2);
    await discardDraft(scope, long);
    await continueTrial(scope, subjects, long, { signal: never });
    expect(await findTrial(scope, long)).toBeNull();
  });

  test("whose file goes while it is read says nothing, and breaks nothing", async () => {
    const { scope } = await given.twoAccounts(engine);
    const runId = await upload(scope, heading + people(4_000));
    await askForTrial(scope, runId);
    let batches = 0;
    const stop = new AbortController();
    stop.signal.throwIfAborted = () => {
      if (++batches === 3) void discardDraft(scope, runId);
    };
    await continueTrial(scope, subjects, runId, { signal: stop.signal });
    expect(await findTrial(scope, runId)).toBeNull();
    expect(await findDraft(scope, runId)).toBeNull();
  });

  test("of a file that is broken somewhere says where, and nothing can be started", async () => {
    const { scope } = await given.twoAccounts(engine);
    // Further down than anybody has read when it was sent.
    const runId = await checked(scope, `${heading}${people(1_040)}"Ben,Okafor,,,,\n`);
    await continueTrial(scope, subjects, runId, { signal: never });
    expect(await findTrial(scope, runId)).toMatchObject({
      state: "failed",
      problem: expect.stringMatching(/line 1.?042 is never closed/) as string,
    });
    expect(await startChecked(scope, runId, { confirmed: null })).toEqual({ ok: false, reason: "not-checked" });
  });

  test("that would change more than a third of what it is about has to be confirmed, number for number", async () => {
    const { scope } = await given.twoAccounts(engine);
    await imported(scope, heading + people(60));
    const few = await checked(soon(scope), heading + people(19, "Okafor Ltd"));
    expect(await startChecked(scope, few, { confirmed: null })).toEqual({ ok: true });

    const runId = await checked(soon(scope), heading + people(30, "Okafor Ltd") + people(60));
    const result = (await findTrial(scope, runId))?.result;
    expect(result).toMatchObject({ met: 60, changed: 30 });
    expect(await startChecked(scope, runId, { confirmed: null })).toEqual({ ok: false, reason: "unconfirmed" });
    expect(await startChecked(scope, runId, { confirmed: "29-60-0" })).toEqual({ ok: false, reason: "unconfirmed" });
    const half = { ...scope, account: { ...scope.account, importAskPercent: 50 } };
    expect(await startChecked(half, runId, { confirmed: result ? toldNumbers(result) : "" })).toEqual({ ok: true });
    expect(await startChecked(scope, runId, { confirmed: null })).toEqual({ ok: false, reason: "not-a-draft" });
  });

  test("is not what counts: where contacts changed between the two, the run says so", async () => {
    const { scope } = await given.twoAccounts(engine);
    const content = heading + people(5);
    const runId = await checked(scope, content);
    await imported(scope, content);
    const then = soon(scope);
    expect(await startChecked(then, runId, { confirmed: null })).toEqual({ ok: true });
    await continueRun(then, subjects, runId, { signal: never });
    expect(await findRun(scope, runId)).toMatchObject({ counts: { created: 0, same: 5 } });
    const log = (await logTail(scope, runId)).map(({ text }) => text);
    expect(log).toContain("Checked before the start: 5 new, 0 changed, 0 the same, 0 refused.");
    expect(log.join("\n")).toMatch(/The check before it had said 5 new, .* Contacts were changed between the two/);
  });

  test("knows the same rows again, in another order or saved anew, with when and by whom they came", async () => {
    const { scope } = await given.twoAccounts(engine);
    const rows = people(4).trimEnd().split("\n");
    const first = await checked(scope, `${heading}${rows.join("\n")}\n`);
    await startChecked(scope, first, { confirmed: null });
    await continueRun(scope, subjects, first, { signal: never });
    const then = soon(scope);
    const before = async (content: string) => {
      const runId = await checked(then, content);
      const trial = await findTrial(then, runId);
      const draft = await findDraft(then, runId);
      return draft && trial && { ...trial.result?.counts, ...(await cameBefore(then, draft, trial)) };
    };
    const by = { run: { id: first, by: scope.user?.name } };
    expect(await before(`${heading}${rows.join("\n")}\n`)).toMatchObject({ how: "file", ...by });
    const shuffled = `${heading}${[...rows].reverse().join("\r\n")}`;
    expect(await before(shuffled)).toMatchObject({ created: 0, changed: 0, same: 4, how: "rows", ...by });
    const most = `${heading}${rows.slice(1).join("\n")}\nBen,Brandt,,ben@brandt.example,,\n`;
    expect(await before(most)).toMatchObject({ created: 1, same: 3, how: "some", rows: 3, ...by });
  });
});

test("a full disk ends the work in an error, and closing the store frees it", () => {
  const scratch = openScratch({ mostPages: 20 });
  scratch.exec("create table rows (id integer primary key, text text)");
  const insert = scratch.prepare("insert into rows (text) values (?)");
  expect(() => {
    for (let n = 0; n < 1_000; n++) scratch.together(() => insert.run("x".repeat(1_000)));
  }).toThrow(/full/);
  scratch.close();
});
