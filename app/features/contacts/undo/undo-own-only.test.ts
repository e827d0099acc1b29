/** Whoever sees only their own contacts takes back a large change of their own: of those that are theirs, then and now. */
import { describe, expect, test, vi } from "vitest";
import { undoing } from "~/composition.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { findUndo, listLeftAlone } from "~/features/changes/list-changes.server";
import { resumeUndo, stopUndo } from "~/features/changes/open-undo.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { readView } from "~/features/contacts/list/contact-list";
import { assignOwner } from "~/features/contacts/owners.server";
import { type DialectName } from "~/platform/db/database.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { bulk, crowd } from "~/testing/given-bulk";
import { howItEnded, importedRows, runUndoJob } from "~/testing/given-undo";

const COUNT = 650;

async function firm(engine: DialectName) {
  const clock = testClock();
  const ticking = { now: () => (clock.advance(1), clock.now()) };
  const installation = await given.installation(engine, { clock: ticking });
  const account = await given.account(installation);
  const admin = await given.member(installation, account, "admin");
  const member: Scope = { ...(await given.member(installation, account, "user")), ownOnly: true };
  const ids = await crowd(member, COUNT);
  return { admin, member, ids };
}

const all = { view: readView(new URLSearchParams("q=adebayo")) };
const companyOf = async (scope: Scope, id: string) => (await findContact(scope, id))?.values.company;

async function undone(scope: Scope, changeSetId: string) {
  const asked = await undoChangeSet(scope, changeSetId, undoing);
  if (!asked.ok || !("undoId" in asked)) throw new Error(JSON.stringify(asked));
  await runUndoJob({ ...scope, ownOnly: false }, asked.undoId);
  const { own_change_set_id: ownId } = await scope.database.unguarded
    .selectFrom("undos")
    .select("own_change_set_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", asked.undoId)
    .executeTakeFirstOrThrow();
  return { ownId, undoId: asked.undoId, ...(await findUndo(scope, ownId))! };
}

describe.each(databases)("a member who sees only their own contacts, on %s", (engine) => {
  test("undoes a large change of their own, and what has been handed to others since is left and said", async () => {
    const { admin, member, ids } = await firm(engine);
    const { done, changeSetId } = await bulk(member, all, { what: "field", field: "company", value: "Kiln Row Ltd" });
    expect(done).toMatchObject({ changed: COUNT });
    const [theirs = "", others = "", back = ""] = ids;
    await assignOwner(admin, [others], admin.user?.id ?? "");
    await assignOwner(admin, [back], admin.user?.id ?? "");
    await assignOwner(admin, [back], member.user?.id ?? "");

    const undo = await undone(member, changeSetId);
    expect(undo).toMatchObject({ state: "done", undone: COUNT - 1, left: 1, isOfOwn: true });
    expect(await listLeftAlone(member, undo.undoId, 9)).toMatchObject([
      { subjectId: others, why: "others look after it, or did when this was done" },
    ]);
    expect(await companyOf(admin, theirs)).toBe("Adebayo Ceramics");
    expect(await companyOf(admin, back)).toBe("Adebayo Ceramics");
    expect(await companyOf(admin, others)).toBe("Kiln Row Ltd");

    // They redo it, as it was done; an administrator takes back what was left.
    const redo = await undone(member, undo.ownId);
    expect(redo).toMatchObject({ undone: COUNT - 1, left: 0 });
    expect(await companyOf(admin, theirs)).toBe("Kiln Row Ltd");
    const again = await undone(member, redo.ownId);
    expect(again).toMatchObject({ undone: COUNT - 1, left: 0 });
  }, 60_000);

  test("leaves what an administrator then takes back, too", async () => {
    const { admin, member, ids } = await firm(engine);
    const { changeSetId } = await bulk(member, all, { what: "tag", tags: ["ceramics"] });
    await assignOwner(admin, [ids[0] ?? ""], null);
    const undo = await undone(member, changeSetId);
    expect(undo).toMatchObject({ undone: COUNT - 1, left: 1 });
    expect(await resumeUndo(admin, undo.ownId, undoing)).toBe(true);
    await runUndoJob(admin, undo.undoId);
    expect(await findUndo(admin, undo.ownId)).toMatchObject({ state: "done", undone: COUNT, left: 0, isOfOwn: false });
    expect((await findContact(admin, ids[0] ?? ""))?.values.tags).toEqual([]);
  }, 60_000);

  test("does not undo what a colleague did, nor what was of others then", async () => {
    const { admin, member, ids } = await firm(engine);
    const [first = ""] = ids;
    const theirs = await bulk(admin, all, { what: "tag", tags: ["ceramics"] });
    expect(await undoChangeSet(member, theirs.changeSetId, undoing)).toEqual({ ok: false, reason: "not-found" });
    await assignOwner(admin, [first], admin.user?.id ?? "");
    // When they still saw all of them.
    const whole: Scope = { ...member, ownOnly: false };
    const mine = await bulk(whole, all, { what: "field", field: "jobTitle", value: "Potter" });
    await assignOwner(admin, [first], member.user?.id ?? "");
    expect(await undone(member, mine.changeSetId)).toMatchObject({ undone: COUNT - 1, left: 1 });
    expect((await findContact(admin, first))?.values.jobTitle).toBe("Potter");
  }, 60_000);

  test("does not go on with the undo of an import that they began when they saw everybody's", async () => {
    const { admin, member } = await two(engine);
    const set = await importedRows(admin, [ann]);
    const asked = await undoChangeSet(member, set, undoing);
    if (!asked.ok || !("undoId" in asked)) throw new Error("It is not a job's");
    const own = (await howItEnded(member, asked.undoId)).changeSetId ?? "";
    await stopUndo(member, own);
    await runUndoJob(member, asked.undoId);
    expect(await resumeUndo({ ...member, ownOnly: true }, own, undoing)).toBe(false);
    expect(await howItEnded(admin, asked.undoId)).toMatchObject({ state: "failed", undone: 0 });
    expect(await resumeUndo(admin, own, undoing)).toBe(true);
    await runUndoJob(admin, asked.undoId);
    expect(await howItEnded(admin, asked.undoId)).toMatchObject({ state: "done", undone: 1 });
  });

  test("takes back nothing that no entry tells of: it is of everybody's", async () => {
    const { admin, member } = await two(engine);
    const asked = await undoChangeSet(member, await importedRows(admin, [ann]), undoing);
    if (!asked.ok || !("undoId" in asked)) throw new Error("It is not a job's");
    const limited = { own_only_at: member.clock.now() };
    await admin.database.unguarded.updateTable("undos").set(limited).where("id", "=", asked.undoId).execute();
    const restoreRest = vi.fn(() => Promise.reject(new Error("not theirs")));
    const ownWays = Object.fromEntries(
      Object.entries(undoing.ownWays).map(([action, way]) => [action, { ...way, restoreRest }]),
    );
    const { signal } = new AbortController();
    await continueUndo(member, asked.undoId, { undoing: { ...undoing, ownWays }, signal });
    expect(restoreRest).not.toHaveBeenCalled();
    expect(await howItEnded(admin, asked.undoId)).toMatchObject({ state: "done", undone: 0 });
  });
});

const ann = { "Given name": "Ann", "Family name": "Adebayo", Email: "ann@adebayo.example", Company: "Kiln Row Ltd" };

/** Who both see everybody's. */
async function two(engine: DialectName) {
  const clock = testClock();
  const ticking = { now: () => (clock.advance(1), clock.now()) };
  const installation = await given.installation(engine, { clock: ticking });
  const account = await given.account(installation);
  const admin = await given.member(installation, account, "admin");
  return { admin, member: await given.member(installation, account, "user") };
}
