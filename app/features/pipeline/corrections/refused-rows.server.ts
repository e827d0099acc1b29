import { expressionBuilder } from "kysely";
import { type RowOutcome } from "~/features/pipeline/corrections/claim-rows.server";
import { type RawRow } from "~/features/pipeline/stages/prepare-rows.server";
import { toRaw } from "~/features/pipeline/stages/raw.server";
import "~/features/pipeline/tables";
import { quoted } from "~/features/pipeline/stages/validate";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** A bad row costs only itself: it is kept with its line, column, value and reason, to be mended and sent again. */

export interface RefusedLine {
  position: number;
  ordinal: number;
  column: string | null;
  value: string | null;
  reason: string;
}

export async function keepRefusals(
  scope: Scope,
  runId: string,
  rows: readonly { raw: RawRow; outcome: RowOutcome }[],
): Promise<void> {
  const lines = rows.flatMap(({ raw, outcome }) =>
    outcome.kind !== "refused"
      ? []
      : outcome.refusals.map((refusal, ordinal) => ({
          account_id: scope.account.id,
          run_id: runId,
          position: raw.position,
          ordinal,
          column_name: refusal.column,
          value: refusal.value === null ? null : quoted(refusal.value),
          reason: refusal.reason,
          rule: refusal.rule,
        })),
  );
  for (const some of rowChunks(lines)) await scope.db.insertInto("refused_rows").values(some).execute();
}

export async function dropRefusals(scope: Scope, runId: string, positions: readonly number[]): Promise<void> {
  if (positions.length === 0) return;
  await scope.db
    .deleteFrom("refused_rows")
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("position", "in", positions)
    .execute();
}

interface Listed {
  after: number;
  limit: number;
  /** Without rows that came in corrected since. */
  open?: boolean;
}

/** Refusals in the order of the file, after a place in it. */
export async function listRefusals(
  scope: Scope,
  runId: string,
  { after, limit, open = false }: Listed,
): Promise<RefusedLine[]> {
  const rows = await scope.db
    .selectFrom("refused_rows")
    .select(["position", "ordinal", "column_name", "value", "reason"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("position", ">", after)
    .$if(open, (query) => query.where((eb) => eb.not(eb.exists(corrected(scope, runId)))))
    .orderBy("position")
    .orderBy("ordinal")
    .limit(limit)
    .execute();
  return rows.map(({ column_name: column, ...row }) => ({ ...row, column }));
}

/** By a run that was not undone. */
function corrected(scope: Scope, runId: string) {
  return expressionBuilder<Tables, "refused_rows">()
    .selectFrom("row_corrections as taken")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "taken.account_id").onRef("runs.id", "=", "taken.corrected_run_id"),
    )
    .leftJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
    )
    .select("taken.position")
    .where("taken.account_id", "=", scope.account.id)
    .where("taken.run_id", "=", runId)
    .whereRef("taken.position", "=", "refused_rows.position")
    .where((eb) => eb.or([eb("change.undone_at", "is", null), eb("change.revived_at", "is not", null)]));
}

/** Rows refused by one rule, as they were received, in the order of the file. */
export async function listRefusedBy(
  scope: Scope,
  runId: string,
  { rule, after, limit }: { rule: string; after: number; limit: number },
): Promise<RawRow[]> {
  const rows = await scope.db
    .selectFrom("refused_rows")
    .innerJoin("raw_records", (join) =>
      join
        .onRef("raw_records.account_id", "=", "refused_rows.account_id")
        .onRef("raw_records.run_id", "=", "refused_rows.run_id")
        .onRef("raw_records.position", "=", "refused_rows.position"),
    )
    .select(["raw_records.id", "raw_records.position", "raw_records.payload"])
    .where("refused_rows.account_id", "=", scope.account.id)
    .where("refused_rows.run_id", "=", runId)
    .where("refused_rows.rule", "=", rule)
    .where("refused_rows.position", ">", after)
    .orderBy("refused_rows.position")
    .limit(limit)
    .execute();
  return rows.map(toRaw);
}

/** The received cells of these lines. */
export async function readCells(scope: Scope, runId: string, positions: readonly number[]) {
  if (positions.length === 0) return new Map<number, readonly string[]>();
  const rows = await scope.db
    .selectFrom("raw_records")
    .select(["id", "position", "payload"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("position", "in", positions)
    .execute();
  return new Map(rows.map((row) => [row.position, toRaw(row).cells]));
}
