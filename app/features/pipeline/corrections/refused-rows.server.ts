import { expressionBuilder } from "kysely";
import { type RowOutcome } from "~/features/pipeline/corrections/claim-rows.server";
import { keepNamed } from "~/features/pipeline/corrections/named-in-refusals.server";
import { firstPosition, rowKeys } from "~/features/pipeline/corrections/row-key.server";
import { type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type RawRow } from "~/features/pipeline/stages/prepare-rows.server";
import { toRaw } from "~/features/pipeline/stages/raw.server";
import "~/features/pipeline/tables";
import { quoted } from "~/features/pipeline/stages/validate";
import { type FittingRecord } from "~/features/pipeline/subject";
import { rowChunks } from "~/platform/db/chunks.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** A bad row costs only itself: it is kept with its line, column, value and reason, to be mended and sent again. */

export interface RefusedLine {
  position: number;
  ordinal: number;
  column: string | null;
  value: string | null;
  reason: string;
  /** The contacts that the reason names. */
  fits: readonly FittingRecord[];
}

/** Of a connector. */
export interface RefusedRecord extends RefusedLine {
  /** As its source calls it. */
  remoteId: string | null;
  /** What it is, where the run reads several kinds: two may go by one name there. */
  kind: string | null;
  /** Whom it is about, as far as it says. */
  name: string | null;
}

export function readFits(fits: string | null): readonly FittingRecord[] {
  return fits === null ? [] : fromJson<FittingRecord[]>(fits);
}

function writtenFits(fits: readonly FittingRecord[]): string {
  return toJson(fits.map(({ id, name }) => ({ id, name })));
}

export async function keepRefusals(
  scope: Scope,
  { id: runId, settings: { correction } }: { id: string; settings: Pick<RunSettings, "correction"> },
  rows: readonly { raw: RawRow; outcome: RowOutcome; sourceRecordId?: string }[],
): Promise<void> {
  const keys = rowKeys(scope.keys, scope.account.id);
  const lines = rows.flatMap(({ raw, outcome, sourceRecordId = null }) =>
    outcome.kind !== "refused"
      ? []
      : outcome.refusals.map((refusal, ordinal) => ({
          account_id: scope.account.id,
          run_id: runId,
          first_position: correction ? firstPosition(keys, correction, raw.cells) : null,
          position: raw.position,
          ordinal,
          column_name: refusal.column,
          value: refusal.value === null ? null : quoted(refusal.value),
          reason: refusal.reason,
          rule: refusal.rule,
          source_record_id: sourceRecordId,
          fits: refusal.fits ?? null,
        })),
  );
  const stored = lines.map(({ fits, ...line }) => ({ ...line, fits: fits && writtenFits(fits) }));
  for (const some of rowChunks(stored)) await scope.db.insertInto("refused_rows").values(some).execute();
  await keepNamed(
    scope,
    lines.map(({ position, ordinal, fits }) => ({
      ...{ run_id: runId, position, ordinal },
      subjectIds: (fits ?? []).map(({ id }) => id),
    })),
  );
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
  /** Without rows that came in corrected since: where they were refused first. */
  open?: RefusedFirst;
}

/** Under which run and position a run's refused rows are known to those who correct them. */
export interface RefusedFirst {
  runId: string;
  by: "position" | "first_position";
}

/** `continuesId`: the run whose refused rows this one brings in corrected. */
export function refusedFirst({ id, continuesId }: { id: string; continuesId: string | null }): RefusedFirst {
  return continuesId === null ? { runId: id, by: "position" } : { runId: continuesId, by: "first_position" };
}

/** Refusals in the order of the file, after a place in it. */
export async function listRefusals(
  scope: Scope,
  runId: string,
  { after, limit, open }: Listed,
): Promise<RefusedLine[]> {
  const rows = await scope.db
    .selectFrom("refused_rows")
    .select(["position", "ordinal", "column_name", "value", "reason", "fits"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("position", ">", after)
    .$if(open !== undefined, (query) => query.where((eb) => eb.not(eb.exists(corrected(scope, open as RefusedFirst)))))
    .orderBy("position")
    .orderBy("ordinal")
    .limit(limit)
    .execute();
  return rows.map(({ column_name: column, fits, ...row }) => ({ ...row, column, fits: readFits(fits) }));
}

/** Of corrections, by their ids: how many of the rows that they refused again nobody has corrected since. One statement. */
export async function countOpen(scope: Scope, runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (runIds.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("refused_rows")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "refused_rows.account_id").onRef("runs.id", "=", "refused_rows.run_id"),
    )
    .select("refused_rows.run_id")
    .select((eb) => eb.fn.count<number>("refused_rows.position").distinct().as("open"))
    .where("refused_rows.account_id", "=", scope.account.id)
    .where("refused_rows.run_id", "in", runIds)
    .where((eb) =>
      eb.not(
        eb.exists(
          standing(scope)
            .whereRef("taken.run_id", "=", "runs.continues_run_id")
            .whereRef("taken.position", "=", "refused_rows.first_position"),
        ),
      ),
    )
    .groupBy("refused_rows.run_id")
    .execute();
  return new Map(rows.map(({ run_id, open }) => [run_id, Number(open)]));
}

function corrected(scope: Scope, { runId, by }: RefusedFirst) {
  return standing(scope).where("taken.run_id", "=", runId).whereRef("taken.position", "=", `refused_rows.${by}`);
}

/** Rows that were taken by a run that was not undone. */
function standing(scope: Scope) {
  return expressionBuilder<Tables, "refused_rows" | "runs">()
    .selectFrom("row_corrections as taken")
    .innerJoin("runs as taker", (join) =>
      join.onRef("taker.account_id", "=", "taken.account_id").onRef("taker.id", "=", "taken.corrected_run_id"),
    )
    .leftJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "taker.account_id").onRef("change.id", "=", "taker.change_set_id"),
    )
    .select("taken.position")
    .where("taken.account_id", "=", scope.account.id)
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
