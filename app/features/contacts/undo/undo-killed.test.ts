/** A long undo whose worker dies at any point is gone on with by another, and ends as one that was not killed. */
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { resumeUndo, stopUndo } from "~/features/changes/open-undo.server";
import { type OwnWay, undoChangeSet, type Undoing } from "~/features/changes/undo.server";
import { editContact } from "~/features/contacts/edit-contact.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { howItEnded, importedRows, runUndoJob } from "~/testing/given-undo";

const PEOPLE = 420;
const person = (n: number, company: string) => ({
  ...{ "Given name": "Folasade", "Family name": `Adebayo ${n}`, Company: company, Email: `f.${n}@adebayo.example` },
});
const people = (company: (n: number) => string, count = PEOPLE) =>
  Array.from({ length: count }, (_, n) => person(n, company(n)));

/** 60 were there before; the import makes 360 and changes 40 of the 60; one that it made is edited since. */
async function givenImport(engine: (typeof databases)[number]) {
  const clock = testClock();
  const scope = await given.scope(engine, "admin", { clock });
  await importedRows(
    scope,
    people(() => "Hale & Partners", 60),
  );
  clock.advance(MINUTE_MS);
  const set = await importedRows(
    scope,
    people((n) => (n < 40 ? "Brandt Holzbau GmbH" : "Hale & Partners")),
  );
  clock.advance(MINUTE_MS);
  const edited = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("email", "=", "f.400@adebayo.example")
    .executeTakeFirstOrThrow();
  const { version, values } = (await findContact(scope, edited.id))!;
  await editContact(scope, edited.id, { version, values: { ...values, jobTitle: "Potter" } });
  return { scope, set, edited: edited.id };
}

/** What is there afterwards, without ids, so that two firms can be compared. */
async function whatIsThere(scope: Scope, ownId: string) {
  const own = (await scope.db
    .selectFrom("contacts")
    .select(["email", "company", "job_title", "deleted_at"])
    .where("account_id", "=", scope.account.id)
    .orderBy("email")
    .execute()) satisfies object[];
  const records = scope.db
    .selectFrom("contact_records")
    .select("withdrawn_at")
    .where("account_id", "=", scope.account.id);
  const entries = scope.db.selectFrom("change_entries").select("subject_id").where("account_id", "=", scope.account.id);
  const events = scope.db.selectFrom("audit_events").select("id").where("account_id", "=", scope.account.id);
  const notices = scope.db.selectFrom("notices").select("subject").where("account_id", "=", scope.account.id);
  const told = await notices.where("kind", "=", "undo-ended").execute();
  return {
    own: own.map(({ deleted_at, ...row }) => ({ ...row, isDeleted: deleted_at !== null })),
    withdrawn: (await records.execute()).filter(({ withdrawn_at }) => withdrawn_at !== null).length,
    entries: (await entries.where("change_set_id", "=", ownId).execute()).length,
    events: (await events.where("action", "=", "change.undone").execute()).length,
    told: told.map(({ subject }) => ({ ...(JSON.parse(subject) as object), changeSetId: null })),
  };
}

type Point = "restore" | "restoreRest" | "recordEvent" | "tellEnd";

/** Dies after what is done at a point, before that is written for good: with the nth call. */
function dyingAt(point: Point, nth: number): Undoing {
  let calls = 0;
  const dies = async <Result>(name: Point, result: Promise<Result>): Promise<Result> => {
    const done = await result;
    if (name === point && ++calls === nth) throw new Error("killed");
    return done;
  };
  const [[action, way] = ["", {} as OwnWay]] = Object.entries(undoing.ownWays);
  const dyingWay: OwnWay = {
    ...way,
    restore: (...given) => dies("restore", way.restore(...given)),
    restoreRest: (...given) => dies("restoreRest", way.restoreRest(...given)),
  };
  return {
    ...undoing,
    ownWays: { [action]: dyingWay },
    recordEvent: (...given) => dies("recordEvent", undoing.recordEvent(...given)),
    tellEnd: (...given) => dies("tellEnd", undoing.tellEnd(...given)),
  };
}

async function askedFor(scope: Scope, set: string): Promise<string> {
  const asked = await undoChangeSet(scope, set, undoing);
  if (!asked.ok || !("undoId" in asked)) throw new Error("It is not a job's");
  return asked.undoId;
}

const forever = () => new AbortController().signal;

describe.each(databases)("a long undo on %s", (engine) => {
  test("ends as one that was not killed, wherever its worker dies", async () => {
    const calm = await givenImport(engine);
    const undoId = await askedFor(calm.scope, calm.set);
    await runUndoJob(calm.scope, undoId);
    const calmEnd = await howItEnded(calm.scope, undoId);
    expect(calmEnd).toMatchObject({ state: "done", undone: 399, left: [{ subjectId: calm.edited }] });
    const wanted = await whatIsThere(calm.scope, calmEnd.changeSetId ?? "");
    expect(wanted).toMatchObject({ events: 1, entries: 399, withdrawn: 40 });
    expect(wanted.told).toMatchObject([{ state: "done", undone: 399, left: 1, redo: false }]);

    const killed = await givenImport(engine);
    const id = await askedFor(killed.scope, killed.set);
    const points: [Point, number][] = [
      ["restore", 1],
      ["restore", 2],
      ["restoreRest", 1],
      ["recordEvent", 1],
      ["tellEnd", 1],
    ];
    for (const [point, nth] of points) {
      const way = { undoing: dyingAt(point, nth), signal: forever() };
      await expect(continueUndo(killed.scope, id, way), `${point} ${nth}`).rejects.toThrow("killed");
    }
    // And two at once, as when the first was only thought to be dead.
    const two = [1, 2].map(() => continueUndo(killed.scope, id, { undoing, signal: forever() }));
    await Promise.all(two);
    const end = await howItEnded(killed.scope, id);
    expect(end).toMatchObject({ state: "done", undone: 399, left: [{ subjectId: killed.edited }] });
    expect(await whatIsThere(killed.scope, end.changeSetId ?? "")).toEqual(wanted);
  }, 120_000);

  test("is stopped where it stands, gone on with, and takes up what it left alone when that is chosen", async () => {
    const { scope, set, edited } = await givenImport(engine);
    const undoId = await askedFor(scope, set);
    const stopping = new AbortController();
    const first = continueUndo(scope, undoId, { undoing: dyingAt("restore", 2), signal: stopping.signal });
    await expect(first).rejects.toThrow("killed");
    const own = (await howItEnded(scope, undoId)).changeSetId ?? "";
    expect(await undoChangeSet(scope, own, undoing)).toEqual({ ok: false, reason: "at-work" });
    await stopUndo(scope, own);
    await runUndoJob(scope, undoId);
    const stopped = await howItEnded(scope, undoId);
    expect(stopped.state).toBe("failed");
    expect(stopped.undone).toBeGreaterThan(200);
    expect(stopped.undone).toBeLessThan(399);

    expect(await resumeUndo(scope, own, undoing)).toBe(true);
    await runUndoJob(scope, undoId);
    expect(await howItEnded(scope, undoId)).toMatchObject({
      state: "done",
      undone: 399,
      left: [{ subjectId: edited }],
    });
    expect(await findContact(scope, edited)).not.toBeNull();

    expect(await resumeUndo(scope, own, undoing)).toBe(true);
    await runUndoJob(scope, undoId);
    expect(await howItEnded(scope, undoId)).toMatchObject({ state: "done", undone: 400, left: [] });
    expect(await findContact(scope, edited)).toBeNull();
    expect(await resumeUndo(scope, own, undoing)).toBe(false);

    const redone = await askedFor(scope, own);
    await runUndoJob(scope, redone);
    expect(await howItEnded(scope, redone)).toMatchObject({ state: "done", undone: 400, left: [] });
    expect((await findContact(scope, edited))?.values.jobTitle).toBe("Potter");
  }, 120_000);
});
