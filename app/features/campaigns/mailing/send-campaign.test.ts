import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import {
  beginSending,
  countAsDelivered,
  pauseSending,
  sendAgainTo,
} from "~/features/campaigns/mailing/begin-sending.server";
import { saveMailing } from "~/features/campaigns/mailing/save-mailing.server";
import { type SendingOptions, sendCampaign } from "~/features/campaigns/mailing/send-campaign.server";
import { usualMailing } from "~/features/campaigns/mailing/mailing";
import { setCampaignArchived } from "~/features/campaigns/save-campaign.server";
import { completeCampaign, resumeCampaign } from "~/features/campaigns/start-campaign.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { isSuppressed } from "~/features/contacts/suppression/suppressed.server";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { later, MINUTE_MS } from "~/platform/time";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock, type TestClock } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";
import { startMailServer, type TestMailServer } from "~/testing/mail-server";

const appOrigin = "https://ledger.brandt.example";

/** A campaign to these emails, each somebody's. */
async function planned(scope: Scope, emails: readonly string[], facts = {}) {
  const campaignId = await plan(scope, "email", facts);
  const ids: string[] = [];
  for (const [place, value] of emails.entries()) {
    const person = { givenName: "Folasade", familyName: `Adebayo ${place}`, emails: [{ label: null, value }] };
    ids.push((await given.contact(scope, person)).id);
  }
  await addContacts(scope, campaignId, ids);
  return { campaignId, ids };
}

async function standing(scope: Scope, campaignId: string) {
  const kept = await findCampaign(scope, campaignId);
  await inTransaction(scope, (scope) => countRecipients(scope, campaignId));
  expect(await findCampaign(scope, campaignId)).toEqual(kept);
  const rows = await scope.db
    .selectFrom("recipients")
    .select(["contact_id", "delivery", "delivery_note", "left_out", "next_at", "tries"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .execute();
  if (!kept) throw new Error("gone");
  return { ...kept, of: (id = "") => rows.find((row) => row.contact_id === id) };
}

const archive = (scope: Scope, campaignId: string) => setCampaignArchived(scope, campaignId, true);

describe.each(databases)("a campaign's email on %s", (engine) => {
  let server: TestMailServer;
  let scope: Scope;
  let clock: TestClock;
  beforeAll(async () => void (server = await startMailServer()));
  afterAll(() => server.close());
  beforeEach(async () => {
    // A Wednesday.
    clock = testClock("2026-05-20T10:00:00.000Z");
    scope = await given.scope(engine, "admin", { clock });
    server.taken.length = 0;
    server.delayMs = 0;
  });

  const run = (
    campaignId: string,
    options: Partial<SendingOptions> & { mail?: TestMailServer["settings"] | null } = {},
  ) => {
    const { mail = server.settings, ...more } = options;
    const { signal } = new AbortController();
    return sendCampaign(given.asRole(scope, "system"), campaignId, { env: { appOrigin, mail }, signal, ...more });
  };
  const begun = async (emails: readonly string[], facts = {}) => {
    const made = await planned(scope, emails, facts);
    expect(await beginSending(scope, made.campaignId)).toEqual({ ok: true });
    return made;
  };

  test("goes to each once, with how to be taken off by one press, and says when all are through", async () => {
    const { campaignId, ids } = await begun(["ann@orchard.example", "ben@orchard.example"]);
    await run(campaignId);
    await run(campaignId);
    expect(server.taken.map(({ to }) => to).sort()).toEqual(["ann@orchard.example", "ben@orchard.example"]);
    const now = await standing(scope, campaignId);
    expect(now).toMatchObject({ state: "running", reached: 2, failed: 0, unknown: 0, mailing: { state: "done" } });
    expect(now.of(ids[0])).toMatchObject({ delivery: "accepted", tries: 1 });
    const raw = server.taken.find(({ to }) => to.startsWith("ann"))?.raw ?? "";
    expect(raw).toMatch(new RegExp(`^Message-ID:\\s+<${campaignId}\\.${ids[0]}@ledger\\.brandt\\.example>`, "m"));
    expect(raw).toMatch(/^List-Unsubscribe:\s+<https:\/\/ledger\.brandt\.example\/r\/[\w-]{80}\/unsubscribe>/m);
    expect(raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(raw).toMatch(/^From: Brandt Holzbau GmbH <ledger@brandt\.example>/m);
    const told = await scope.db
      .selectFrom("notices")
      .select("kind")
      .where("account_id", "=", scope.account.id)
      .execute();
    expect(told).toEqual([{ kind: "mailing-ended" }]);
  });

  test("a name or subject with line breaks and signs in it stays in its line", async () => {
    const { campaignId } = await begun(["ann@orchard.example"], { subject: "Your review\r\nBcc: all@orchard.example" });
    await saveMailing(scope, campaignId, { ...usualMailing, senderName: "Brandt\r\nX-Evil: yes" });
    await run(campaignId);
    expect(server.taken[0]?.raw).not.toMatch(/^(Bcc|X-Evil):/im);
  });

  test("whoever is archived, erased, suppressed or not to be contacted since is left out", async () => {
    const emails = ["archived", "erased", "suppressed", "marked", "fine"].map((name) => `${name}@orchard.example`);
    const { campaignId, ids } = await begun(emails);
    const [archived = "", erased = "", , marked = ""] = ids;
    const set = (id: string, values: object) =>
      scope.db.updateTable("contacts").set(values).where("account_id", "=", scope.account.id).where("id", "=", id);
    await set(archived, { archived_at: clock.now() }).execute();
    await set(marked, { no_email_at: clock.now() }).execute();
    await scope.db
      .deleteFrom("contact_points")
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "=", erased)
      .execute();
    await suppress(scope, {
      channel: "email",
      value: "suppressed@orchard.example",
      reason: "unsubscribed",
      source: "person",
    });
    await run(campaignId);
    await run(campaignId);
    expect(server.taken.map(({ to }) => to)).toEqual(["fine@orchard.example"]);
    const now = await standing(scope, campaignId);
    expect(ids.map((id) => now.of(id)?.left_out)).toEqual([
      "archived",
      "no-address",
      "suppressed",
      "do-not-contact",
      null,
    ]);
    expect(now).toMatchObject({ leftOut: 4, reached: 1 });
  });

  test("refused for good is refused; only a bad address comes onto the suppression list", async () => {
    const { campaignId, ids } = await begun([
      "gone@orchard.example",
      "full@orchard.example",
      "spam@orchard.example",
      "fine@orchard.example",
    ]);
    await run(campaignId);
    const now = await standing(scope, campaignId);
    expect(ids.map((id) => now.of(id)?.delivery)).toEqual(["refused", "refused", "refused", "accepted"]);
    expect(now.of(ids[0])?.delivery_note).toContain("No such user here");
    expect(now).toMatchObject({ failed: 3, reached: 1 });
    expect(await isSuppressed(scope, "email", "gone@orchard.example")).toBe(true);
    expect(await isSuppressed(scope, "email", "full@orchard.example")).toBe(false);
  });

  test("refused for now is tried again later and later, and then refused", async () => {
    const { campaignId, ids } = await begun(["later@orchard.example", "fine@orchard.example"]);
    await run(campaignId);
    expect((await standing(scope, campaignId)).of(ids[0])).toMatchObject({
      ...{ delivery: "none", tries: 1, next_at: later(clock.now(), 5 * MINUTE_MS) },
    });
    for (let day = 0; day < 8; day += 1) {
      await run(campaignId);
      clock.advance(24 * 60 * MINUTE_MS);
    }
    const now = await standing(scope, campaignId);
    expect(now.of(ids[0])).toMatchObject({ delivery: "refused", tries: 6 });
    expect(now.mailing.state).toBe("done");
    expect(server.times("fine@orchard.example")).toBe(1);
  });

  test("cut off after the mail was given it is not known, and sent again only if a person says so", async () => {
    const { campaignId, ids } = await begun(["cut1@orchard.example", "cut2@orchard.example", "fine@orchard.example"]);
    await run(campaignId);
    await run(campaignId);
    const now = await standing(scope, campaignId);
    expect(ids.map((id) => now.of(id)?.delivery)).toEqual(["unknown", "unknown", "accepted"]);
    expect(now).toMatchObject({ unknown: 2, mailing: { state: "done" } });
    expect(server.times("cut1@orchard.example")).toBe(1);
    expect(await countAsDelivered(scope, { campaignId, contactIds: [ids[0] ?? ""] })).toMatchObject({ ok: true });
    expect(await sendAgainTo(scope, { campaignId, contactIds: [ids[1] ?? ""] })).toMatchObject({ ok: true });
    await run(campaignId);
    expect(server.times("cut2@orchard.example")).toBe(2);
    expect(await standing(scope, campaignId)).toMatchObject({ reached: 2, unknown: 1 });
  });

  test("while the server is down nothing is lost, and it is tried again", async () => {
    const closed = await startMailServer();
    await closed.close();
    const { campaignId, ids } = await begun(["ann@orchard.example"]);
    await run(campaignId, { mail: closed.settings });
    const down = await standing(scope, campaignId);
    expect(down.of(ids[0])).toMatchObject({ delivery: "none", tries: 0 });
    expect(down.mailing).toMatchObject({
      state: "sending",
      problem: expect.stringMatching(/cannot be reached/) as string,
    });
    clock.advance(MINUTE_MS);
    await run(campaignId);
    expect(await standing(scope, campaignId)).toMatchObject({ reached: 1, mailing: { problem: null } });
  });

  test("a slow server gets every mail once", async () => {
    server.delayMs = 300;
    const emails = Array.from({ length: 9 }, (_, n) => `slow${n}@orchard.example`);
    const { campaignId } = await begun(emails);
    await run(campaignId);
    expect(emails.map((email) => server.times(email))).toEqual(emails.map(() => 1));
    expect(await standing(scope, campaignId)).toMatchObject({ reached: 9 });
  });

  test("without a mail server it stops and says so", async () => {
    const { campaignId } = await begun(["ann@orchard.example"]);
    await run(campaignId, { mail: null });
    expect((await standing(scope, campaignId)).mailing).toMatchObject({
      state: "paused",
      problem: expect.stringMatching(/no mail server/) as string,
    });
  });

  test("no more go out than the rate allows, however often it is asked", async () => {
    const emails = Array.from({ length: 12 }, (_, n) => `person${n}@orchard.example`);
    const { campaignId } = await planned(scope, emails);
    await saveMailing(scope, campaignId, { ...usualMailing, mailsAMinute: 24 });
    await beginSending(scope, campaignId);
    await run(campaignId);
    await run(campaignId);
    expect(server.taken).toHaveLength(4);
    clock.advance(10_000);
    await run(campaignId);
    expect(server.taken).toHaveLength(8);
  });

  test("in working hours only, it waits for those of each recipient", async () => {
    const { campaignId, ids } = await planned(scope, ["london@orchard.example", "tokyo@orchard.example"]);
    await scope.db
      .updateTable("contacts")
      .set({ time_zone: "Asia/Tokyo" })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", ids[1] ?? "")
      .execute();
    await saveMailing(scope, campaignId, { ...usualMailing, sentWhen: "working-hours" });
    await beginSending(scope, campaignId);
    await run(campaignId);
    expect(server.taken.map(({ to }) => to)).toEqual(["london@orchard.example"]);
    expect((await standing(scope, campaignId)).of(ids[1])?.next_at).toBe("2026-05-21T00:00:00.000Z");
    clock.set("2026-05-21T00:00:00.000Z");
    await run(campaignId);
    expect(server.times("tokyo@orchard.example")).toBe(1);
  });

  test("paused, nothing goes out; gone on with, the rest does", async () => {
    const { campaignId } = await begun(["ann@orchard.example", "ben@orchard.example"]);
    expect(await pauseSending(scope, campaignId)).toEqual({ ok: true });
    await run(campaignId);
    expect(server.taken).toEqual([]);
    await beginSending(scope, campaignId);
    await run(campaignId);
    expect(server.taken).toHaveLength(2);
  });

  test.each([
    ["completed", completeCampaign, resumeCampaign],
    ["archived", archive, (scope: Scope, id: string) => setCampaignArchived(scope, id, false)],
  ])("%s in the middle, it stops there, is paused, and goes on when somebody wants it", async (_, end, takeUp) => {
    const { campaignId } = await begun(["ann@orchard.example", "ben@orchard.example"]);
    await saveMailing(scope, campaignId, { ...usualMailing, mailsAMinute: 6 });
    let ended: Promise<unknown> | undefined;
    await run(campaignId, { at: (point) => void (point === "claimed" && (ended ??= end(scope, campaignId))) });
    await ended;
    expect(await standing(scope, campaignId)).toMatchObject({ reached: 1, unknown: 0, mailing: { state: "paused" } });
    clock.advance(MINUTE_MS);
    await run(campaignId);
    expect(server.taken).toHaveLength(1);
    await takeUp(scope, campaignId);
    expect(await beginSending(scope, campaignId)).toEqual({ ok: true });
    await run(campaignId);
    expect(server.taken).toHaveLength(2);
  });

  test("a job that was taken for dead can claim nobody any more", async () => {
    const { campaignId } = await begun(Array.from({ length: 8 }, (_, n) => `two${n}@orchard.example`));
    await Promise.all([run(campaignId), run(campaignId)]);
    await run(campaignId);
    const now = await standing(scope, campaignId);
    expect(now.reached + now.unknown).toBe(8);
    for (let n = 0; n < 8; n += 1) expect(server.times(`two${n}@orchard.example`)).toBeLessThanOrEqual(1);
  });
});
