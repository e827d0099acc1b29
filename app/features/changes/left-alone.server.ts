/** What a long undo has left alone, and why. Names are read when they are shown, so that none is kept here. */
import "~/features/changes/tables";
import { type LeftAlone } from "~/features/changes/undo.server";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/** How many of those that were chosen since are gone through at a time. */
const CHOSEN_AT_ONCE = 100;

export async function keepLeftAlone(scope: Scope, undoId: string, leftAlone: readonly LeftAlone[]): Promise<void> {
  if (leftAlone.length === 0) return;
  const first = (await lastOrdinal(scope, undoId)) + 1;
  const rows = leftAlone.map(({ subjectId, what, why }, index) => ({
    ...{ account_id: scope.account.id, undo_id: undoId, ordinal: first + index, subject_id: subjectId },
    ...{ what, why: why ?? null },
  }));
  for (const some of rowChunks(rows)) await scope.db.insertInto("undo_left").values(some).execute();
}

/** -1 when nothing was left alone. */
export async function lastOrdinal(scope: Scope, undoId: string): Promise<number> {
  const row = await scope.db
    .selectFrom("undo_left")
    .select((eb) => eb.fn.max<number | null>("ordinal").as("last"))
    .where("account_id", "=", scope.account.id)
    .where("undo_id", "=", undoId)
    .executeTakeFirst();
  return row?.last ?? -1;
}

/** What was left alone and is to be gone through again, in its order: all of a subject together. */
export async function listToChoose(scope: Scope, undo: { id: string; again_below: number | null }) {
  const rows = () =>
    scope.db
      .selectFrom("undo_left")
      .where("account_id", "=", scope.account.id)
      .where("undo_id", "=", undo.id)
      .where("ordinal", "<", undo.again_below ?? 0);
  const some = await rows().select("subject_id").orderBy("ordinal").limit(CHOSEN_AT_ONCE).execute();
  if (some.length === 0) return [];
  const ids = [...new Set(some.map((row) => row.subject_id))];
  return rows().select(["ordinal", "subject_id as subjectId"]).where("subject_id", "in", ids).execute();
}

export async function dropLeftAlone(scope: Scope, undoId: string, ordinals: readonly number[]): Promise<void> {
  if (ordinals.length === 0) return;
  await scope.db
    .deleteFrom("undo_left")
    .where("account_id", "=", scope.account.id)
    .where("undo_id", "=", undoId)
    .where("ordinal", "in", ordinals)
    .execute();
}

/** Which of these an undo has left alone. */
export async function leftAloneOf(
  scope: Scope,
  undoId: string,
  subjectIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const ids of valueChunks(subjectIds)) {
    const rows = await scope.db
      .selectFrom("undo_left")
      .select("subject_id")
      .where("account_id", "=", scope.account.id)
      .where("undo_id", "=", undoId)
      .where("subject_id", "in", ids)
      .execute();
    for (const row of rows) found.add(row.subject_id);
  }
  return found;
}
