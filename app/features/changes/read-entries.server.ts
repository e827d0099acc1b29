import "~/features/changes/tables";
import { MOST_AT_ONCE } from "~/features/changes/undo-window";
import { type WrittenEntry } from "~/features/changes/undo.server";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

export async function countEntries(scope: Scope, changeSetId: string): Promise<number> {
  const { count } = await scope.db
    .selectFrom("change_entries")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .executeTakeFirstOrThrow();
  return count;
}

export interface EntryBatch {
  entries: (WrittenEntry & { position: number })[];
  /** The position of the last that was looked at, erased or not; null: there was none. */
  lowest: number | null;
  read: number;
}

/** The last first: those below a position, or all of some subjects. Erasure empties entries: what is erased is not put back. */
export async function readEntries(
  scope: Scope,
  changeSetId: string,
  { below = null, of, limit = MOST_AT_ONCE }: { below?: number | null; of?: readonly string[]; limit?: number } = {},
): Promise<EntryBatch> {
  const rows = await scope.db
    .selectFrom("change_entries")
    .select(["position", "subject_kind", "subject_id", "before", "after"])
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .$if(below !== null, (query) => query.where("position", "<", below ?? 0))
    .$if(of !== undefined, (query) => query.where("subject_id", "in", of ?? []))
    .orderBy("position", "desc")
    .$if(of === undefined, (query) => query.limit(limit))
    .execute();
  const entries = rows
    .filter(({ before, after }) => before !== null || after !== null)
    .map((row) => ({
      position: row.position,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      before: row.before === null ? null : fromJson<Record<string, unknown>>(row.before),
      after: row.after === null ? null : fromJson<Record<string, unknown>>(row.after),
    }));
  return { entries, lowest: rows.at(-1)?.position ?? null, read: rows.length };
}
