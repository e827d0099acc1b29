/** What a page says of undoing a change is what becomes of it when it is undone. */
import { describe, expect, test } from "vitest";
import { undoing } from "~/composition.server";
import { howToUndo } from "~/features/changes/how-to-undo.server";
import { findChange } from "~/features/changes/list-changes.server";
import { MOST_AT_ONCE, UNDO_MS } from "~/features/changes/undo-window";
import { lookAt, undoChangeSet } from "~/features/changes/undo.server";
import { recordChange } from "~/features/contacts/record-change.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";

/** A change of one contact that is told in so many entries. */
async function changed(scope: Scope, entries: number, counts: Record<string, number>): Promise<string> {
  const { id } = await given.contact(scope);
  const entry = { subjectKind: "contact", subjectId: id, before: { archivedAt: null }, after: { archivedAt: null } };
  const change = { action: "contacts.edited", counts, entries: Array.from({ length: entries }, () => entry) };
  return inTransaction(scope, (scope) => recordChange(scope, change));
}

async function told(scope: Scope, changeSetId: string) {
  const change = await findChange(scope, changeSetId);
  if (!change) throw new Error("The change is gone");
  return howToUndo(scope, change, undoing);
}

describe.each(databases)("what can be undone, on %s", (engine) => {
  test("asks first exactly where a job will do it, whatever else was counted", async () => {
    const scope = await given.scope(engine);
    for (const [entries, counts, isLong] of [
      [MOST_AT_ONCE, { contacts: 9_000 }, false],
      [MOST_AT_ONCE + 1, { contacts: 2 }, true],
    ] as const) {
      const id = await changed(scope, entries, counts);
      expect(await told(scope, id)).toMatchObject({ whyNot: null, asks: isLong, label: "Undo", target: id });
      expect(await inTransaction(scope, (scope) => lookAt(scope, id, undoing))).toMatchObject({ ok: true, isLong });
    }
  });

  test("can be undone to the last moment of the thirty days, and no longer", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    const id = await changed(scope, 1, { contacts: 1 });
    clock.advance(UNDO_MS);
    expect((await told(scope, id)).whyNot).toBeNull();
    clock.advance(1);
    expect((await told(scope, id)).whyNot).toBe("More than 30 days ago");
    expect(await undoChangeSet(scope, id, undoing)).toEqual({ ok: false, reason: "too-late" });
  });
});
