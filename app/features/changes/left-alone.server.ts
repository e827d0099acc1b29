/** What a long undo has left alone, and why. Names are read when they are shown, so that none is kept here. */
import "~/features/changes/tables";
import { type LeftAlone } from "~/features/changes/undo.server";
import { rowChunks, valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

export async function keepLeftAlone(
  scope: Scope,
  undoId: string,
  { leftAlone, first }: { leftAlone: readonly LeftAlone[]; first: number },
): Promise<void> {
  const rows = leftAlone.map(({ subjectId, what, why }, index) => ({
    ...{ account_id: scope.account.id, undo_id: undoId, ordinal: first + index, subject_id: subjectId },
    ...{ what, why: why ?? null },
  }));
  for (const some of rowChunks(rows)) await scope.db.insertInto("undo_left").values(some).execute();
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
