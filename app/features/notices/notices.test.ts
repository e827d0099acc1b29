import { beforeAll, describe, expect, test } from "vitest";
import { subjects } from "~/composition.server";
import { setMembership } from "~/features/accounts/members.server";
import { noticeHref, noticeWords } from "~/features/notices/notice-kinds";
import { listNotices, markAllRead, markRead, sweepNotices } from "~/features/notices/notices.server";
import { type Event, notify } from "~/features/notices/notify.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { frameCounts } from "~/features/pipeline/run/frame-counts.server";
import { cancelRun, startRun } from "~/features/pipeline/run/start-run.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

const given12 = { kind: "contacts-given", subject: { count: 12, contactId: null } } as const;

describe.each(databases)("notices on %s", (engine) => {
  const clock = testClock();
  let admin: Scope;
  let colleague: Scope;
  let elsewhere: Scope;
  beforeAll(async () => {
    const { scope, other } = await given.twoAccounts(engine, { clock });
    admin = scope;
    elsewhere = other;
    colleague = await given.member(await given.installation(engine, { clock }), scope.account, "user");
  });

  const idOf = (scope: Scope) => scope.user?.id ?? "";
  const titles = async (scope: Scope) => (await listNotices(scope)).map(({ title }) => title);
  const clear = (scope: Scope) => markAllRead(scope, newId());
  async function tell(to: readonly Scope[], event: Partial<Event> = {}): Promise<string> {
    const eventKey = event.eventKey ?? newId();
    await notify(admin, { userIds: to.map(idOf), ...given12, ...event, eventKey } as Event);
    return eventKey;
  }
  const mailsTo = (scope: Scope) =>
    scope.database
      .forInstallation()
      .selectFrom("mails")
      .select(["subject", "purpose", "account"])
      .where("to_address", "=", scope.user?.email ?? "")
      .execute();

  test("are there for whom they are meant, and for nobody else in this account or another", async () => {
    await clear(colleague);
    await tell([colleague]);
    expect(await listNotices(colleague)).toMatchObject([
      { title: `${admin.user?.name} gave you 12 contacts to look after`, at: clock.now(), readAt: null },
    ]);
    expect(await frameCounts(colleague)).toEqual({ work: 0, unread: 1 });
    expect(await listNotices(admin)).toEqual([]);
    expect(await frameCounts(admin)).toEqual({ work: 0, unread: 0 });
    expect(await listNotices(elsewhere)).toEqual([]);
  });

  test("say one event once to each, however often it is told", async () => {
    await clear(colleague);
    const eventKey = await tell([colleague]);
    await tell([colleague, admin], { eventKey });
    expect(await frameCounts(colleague)).toMatchObject({ unread: 1 });
    expect(await listNotices(admin)).toHaveLength(1);
  });

  test("are not told when what they tell is rolled back", async () => {
    const before = await listNotices(colleague);
    const undone = inTransaction(admin, async (inside) => {
      await notify(inside, { userIds: [idOf(colleague)], ...given12, eventKey: newId() });
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    expect(await listNotices(colleague)).toEqual(before);
  });

  test("are read one by one or all, up to the newest that was seen; nobody reads another's", async () => {
    await clear(colleague);
    await tell([colleague]);
    await tell([colleague]);
    const [newest, older] = await listNotices(colleague);
    expect(await markRead(admin, newest?.id ?? "")).toEqual({ ok: false });
    expect(await markRead(elsewhere, newest?.id ?? "")).toEqual({ ok: false });
    expect(await markRead(colleague, older?.id ?? "")).toEqual({ ok: true });
    expect(await frameCounts(colleague)).toMatchObject({ unread: 1 });
    await tell([colleague]);
    expect(await markAllRead(colleague, newest?.id ?? "")).toEqual({ marked: 1 });
    expect(await frameCounts(colleague)).toMatchObject({ unread: 1 });
  });

  test("reading again keeps the time of the first reading", async () => {
    await tell([colleague]);
    const [notice] = await listNotices(colleague);
    await markRead(colleague, notice?.id ?? "");
    const readAt = clock.now();
    clock.advance(1_000);
    await markRead(colleague, notice?.id ?? "");
    expect((await listNotices(colleague))[0]?.readAt).toBe(readAt);
  });

  test("come in pages, the newest first", async () => {
    for (let count = 0; count < 3; count++) await tell([colleague]);
    const all = await listNotices(colleague);
    const first = await listNotices(colleague, { limit: 2 });
    expect(first).toEqual(all.slice(0, 2));
    expect(await listNotices(colleague, { limit: 2, before: first[1]?.id })).toEqual(all.slice(2, 4));
  });

  test.each(["is switched off", "is switched off here", "is no member"])("tell nothing to who %s", async (what) => {
    const installation = await given.installation(engine, { clock });
    const gone = await given.member(installation, admin.account, "user");
    const { unguarded } = admin.database;
    const off = { disabled_at: clock.now() };
    if (what === "is switched off")
      await unguarded.updateTable("users").set(off).where("id", "=", idOf(gone)).execute();
    else if (what === "is switched off here")
      await unguarded.updateTable("memberships").set(off).where("user_id", "=", idOf(gone)).execute();
    else await unguarded.deleteFrom("memberships").where("user_id", "=", idOf(gone)).execute();
    await tell([gone]);
    expect(await listNotices(gone)).toEqual([]);
    expect(await mailsTo(gone)).toEqual([]);
  });

  test("go with the membership", async () => {
    const gone = await given.member(await given.installation(engine, { clock }), admin.account, "user");
    await tell([gone]);
    await admin.db
      .deleteFrom("memberships")
      .where("account_id", "=", admin.account.id)
      .where("user_id", "=", idOf(gone))
      .execute();
    expect(await listNotices(gone)).toEqual([]);
  });

  test("for all admins reach those who are admins now", async () => {
    const second = await given.member(await given.installation(engine, { clock }), admin.account, "admin");
    await notify(colleague, {
      userIds: "admins",
      kind: "member-joined",
      eventKey: newId(),
      subject: { userId: idOf(colleague) },
    });
    expect((await titles(admin))[0]).toBe(`${colleague.user?.name} has joined`);
    expect(await titles(second)).toEqual([`${colleague.user?.name} has joined`]);
    await setMembership(admin, { userId: idOf(second), role: "user" });
    await notify(colleague, { userIds: "admins", ...given12, eventKey: newId() });
    expect(await titles(second)).toHaveLength(1);
  });

  test("are mailed once to whoever wants that, and to nobody else", async () => {
    const wants = await given.member(await given.installation(engine, { clock }), admin.account, "user");
    const { unguarded } = admin.database;
    const since = { notices_mailed_at: clock.now() };
    await unguarded.updateTable("users").set(since).where("id", "=", idOf(wants)).execute();
    const eventKey = await tell([wants, colleague]);
    await tell([wants], { eventKey });
    const subject = `${admin.user?.name} gave you 12 contacts to look after`;
    expect(await mailsTo(wants)).toEqual([{ subject, purpose: "notice", account: admin.account.id }]);
    expect(await mailsTo(colleague)).toEqual([]);
  });

  test("are told without a mail to who has an address that no mail can be sent to", async () => {
    const installation = await given.installation(engine, { clock });
    const user = await given.user(installation, { email: `"folasade, adebayo".${newId()}@brandt.example` });
    await setMembership(admin, { userId: user.id, role: "user" });
    const since = { notices_mailed_at: clock.now() };
    await admin.database.unguarded.updateTable("users").set(since).where("id", "=", user.id).execute();
    const told: Scope = { ...admin, user: { ...user, locale: null }, role: "user" };
    await tell([told]);
    expect([(await listNotices(told)).length, await mailsTo(told)]).toEqual([1, []]);
  });

  test("are kept as long as the account keeps such things", async () => {
    await tell([colleague]);
    const before = (await listNotices(colleague)).length;
    await sweepNotices(admin);
    expect(await listNotices(colleague)).toHaveLength(before);
    clock.advance(admin.account.retentionDays * DAY_MS + 1);
    await sweepNotices(admin);
    expect(await listNotices(colleague)).toEqual([]);
  });

  describe("of an import", () => {
    const never = new AbortController().signal;
    async function started(scope: Scope): Promise<string> {
      const runId = await upload(scope);
      await startRun(scope, runId);
      return runId;
    }

    test("tell whoever started it how it ended, once", async () => {
      await clear(colleague);
      const runId = await started(colleague);
      expect(await frameCounts(colleague)).toEqual({ work: 1, unread: 0 });
      await continueRun(colleague, subjects, runId, { signal: never });
      await continueRun(colleague, subjects, runId, { signal: never });
      expect((await listNotices(colleague))[0]).toMatchObject({
        title: "The import of “zymurgy-clients.csv” is done, 1 row was refused",
        href: `/${colleague.account.slug}/imports/${runId}`,
      });
      expect(await frameCounts(colleague)).toEqual({ work: 0, unread: 1 });
    });

    test("say who cancelled it, unless one did so oneself", async () => {
      await clear(colleague);
      await cancelRun(colleague, await started(colleague));
      expect(await frameCounts(colleague)).toMatchObject({ unread: 0 });
      await cancelRun(admin, await started(colleague));
      const title = `The import of “zymurgy-clients.csv” was cancelled by ${admin.user?.name}`;
      expect((await titles(colleague))[0]).toBe(title);
    });
  });
});

test("every kind has words, and a page of ours that they lead to", () => {
  const run = { runId: newId(), fileName: "Kundenliste März.csv", refused: 0 };
  const all = [
    noticeWords("import-ended", { ...run, state: "failed" }, "Folasade Adebayo", "en-GB"),
    noticeWords("import-ended", { ...run, state: "attention", refused: 9 }, null, "en-GB"),
    noticeWords("member-joined", { userId: newId() }, "Ngozi Okafor", "en-GB"),
    noticeWords("contacts-given", { count: 1, contactId: newId() }, "Ngozi Okafor", "en-GB"),
    noticeWords("contacts-given", { count: 1_200, contactId: null }, null, "en-GB"),
  ];
  expect(all.map(({ title }) => title)).toEqual([
    "The import of “Kundenliste März.csv” failed",
    "The import of “Kundenliste März.csv” ended, but no row could be stored",
    "Ngozi Okafor has joined",
    "Ngozi Okafor gave you a contact to look after",
    "Tallybook gave you 1,200 contacts to look after",
  ]);
  for (const words of all) expect(noticeHref("brandt", words)).toMatch(/^\/brandt\/[a-z]/);
});
