import { sql } from "kysely";
import { type RowOutcome } from "~/features/pipeline/corrections/claim-rows.server";
import { type RawRow } from "~/features/pipeline/stages/prepare-rows.server";
import "~/features/pipeline/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** The raw zone: every record as it was received, with what became of it. */

export async function keepRaw(
  scope: Scope,
  runId: string,
  rows: readonly { raw: RawRow; outcome: RowOutcome }[],
): Promise<void> {
  if (rows.length === 0) return;
  await scope.db
    .insertInto("raw_records")
    .values(
      rows.map(({ raw, outcome }) => ({
        account_id: scope.account.id,
        id: raw.rawRecordId,
        run_id: runId,
        position: raw.position,
        payload: toJson(raw.cells),
        ...told(outcome),
      })),
    )
    .execute();
}

/**
 * What was kept out by the rules, or taken by another run already, is of nobody: no later row takes it up, and no import
 * has said it again.
 */
function told(outcome: RowOutcome) {
  if (outcome.kind === "left" || outcome.kind === "before") return { outcome: "same" as const, subject_id: null };
  return { outcome: outcome.kind, subject_id: outcome.kind === "refused" ? null : outcome.subjectId };
}

/** Says anew what became of a record that is kept already. */
export async function markRaw(scope: Scope, rawRecordId: string, outcome: RowOutcome): Promise<void> {
  await scope.db
    .updateTable("raw_records")
    .set(told(outcome))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", rawRecordId)
    .execute();
}

/** Records that had come out the same have been stored after all. */
export async function markTakenUp(scope: Scope, rawRecordIds: readonly string[]): Promise<void> {
  if (rawRecordIds.length === 0) return;
  await scope.db
    .updateTable("raw_records")
    .set({ outcome: "kept" })
    .where("account_id", "=", scope.account.id)
    .where("id", "in", rawRecordIds)
    .execute();
}

/**
 * The run's records that came out the same for these subjects. The outcome is written out, since a partial index is about
 * it, and they are put in order here: asked to, SQLite would rather go through all records of the run.
 */
export async function listSame(scope: Scope, runId: string, subjectIds: readonly string[]) {
  if (subjectIds.length === 0) return [];
  const rows = await scope.db
    .selectFrom("raw_records")
    .select(["id", "position", "payload", "subject_id"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("outcome", "=", sql.lit("same"))
    .where("subject_id", "in", subjectIds)
    .execute();
  rows.sort((a, b) => a.position - b.position);
  return rows.map((row) => ({ subjectId: row.subject_id ?? "", raw: toRaw(row) }));
}

export function toRaw({ id, position, payload }: { id: string; position: number; payload: string }): RawRow {
  return { rawRecordId: id, position, cells: fromJson<string[]>(payload) };
}
