import { type Ledger } from "~/features/pipeline/corrections/claim-rows.server";
import { type OpenRun } from "~/features/pipeline/run/open-run.server";
import "~/features/pipeline/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/** Which refused rows were taken up corrected, and by which run: the ledger that lets each be taken once. */

/** As a run keeps it. */
export function ledgerOf(scope: Scope, run: OpenRun, runId: string): Ledger {
  return {
    take: (wanted) => take(scope, run, { runId, wanted }),
    takenHere: (positions) => takenByRun(scope, run, { runId, positions }),
    giveBack: (positions) => giveBack(scope, run, { runId, positions }),
  };
}

/** Those of the positions that the first run has refused. */
export async function stillRefused(scope: Scope, runId: string, positions: readonly number[]): Promise<Set<number>> {
  if (positions.length === 0) return new Set();
  const rows = await scope.db
    .selectFrom("refused_rows")
    .select("position")
    .distinct()
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("position", "in", positions)
    .execute();
  return new Set(rows.map(({ position }) => position));
}

/** Who took these rows, and whether that was undone: then they can be taken again. */
export async function takenBy(scope: Scope, runId: string, positions: readonly number[]) {
  if (positions.length === 0) return [];
  const rows = await scope.db
    .selectFrom("row_corrections as taken")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "taken.account_id").onRef("runs.id", "=", "taken.corrected_run_id"),
    )
    .leftJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
    )
    .select(["taken.position", "taken.corrected_run_id", "change.undone_at", "change.revived_at"])
    .where("taken.account_id", "=", scope.account.id)
    .where("taken.run_id", "=", runId)
    .where("taken.position", "in", positions)
    .execute();
  return rows.map(({ position, corrected_run_id: byRunId, undone_at: undoneAt, revived_at: revivedAt }) => ({
    position,
    byRunId,
    isUndone: undoneAt !== null && revivedAt === null,
  }));
}

export async function takenByRun(
  scope: Scope,
  { id }: OpenRun,
  { runId, positions }: { runId: string; positions: readonly number[] },
): Promise<Set<number>> {
  const taken = await takenBy(scope, runId, positions);
  return new Set(taken.filter(({ byRunId }) => byRunId === id).map(({ position }) => position));
}

/** Takes what nobody has taken, or what was given free again by an undo. The primary key lets only one do so. */
export async function take(
  scope: Scope,
  { id }: OpenRun,
  { runId, wanted }: { runId: string; wanted: ReadonlyMap<number, number> },
): Promise<Set<number>> {
  if (wanted.size === 0) return new Set();
  const positions = [...wanted.keys()].sort((a, b) => a - b);
  await holdChanges(scope, runId, positions);
  const undone = (await takenBy(scope, runId, positions)).filter(({ isUndone, byRunId }) => isUndone && byRunId !== id);
  for (const { position, byRunId } of undone) {
    await scope.db
      .deleteFrom("row_corrections")
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .where("position", "=", position)
      .where("corrected_run_id", "=", byRunId)
      .execute();
  }
  const rows = await scope.db
    .insertInto("row_corrections")
    .values(
      positions.map((position) => ({
        ...{ account_id: scope.account.id, run_id: runId, position },
        ...{ corrected_run_id: id, corrected_position: wanted.get(position) ?? 0 },
      })),
    )
    .onConflict((conflict) => conflict.columns(["account_id", "run_id", "position"]).doNothing())
    .returning("position")
    .execute();
  return new Set(rows.map(({ position }) => position));
}

/** Holds the changes of whoever took these rows, so that none is redone while its rows are taken. */
async function holdChanges(scope: Scope, runId: string, positions: readonly number[]): Promise<void> {
  if (scope.database.dialect !== "postgres") return;
  await scope.db
    .selectFrom("change_sets as change")
    .select("change.id")
    .where("change.account_id", "=", scope.account.id)
    .where("change.id", "in", (eb) =>
      eb
        .selectFrom("row_corrections as taken")
        .innerJoin("runs", (join) =>
          join.onRef("runs.account_id", "=", "taken.account_id").onRef("runs.id", "=", "taken.corrected_run_id"),
        )
        .select((eb) => eb.ref("runs.change_set_id").$notNull().as("id"))
        .where("taken.account_id", "=", scope.account.id)
        .where("taken.run_id", "=", runId)
        .where("taken.position", "in", positions)
        .where("runs.change_set_id", "is not", null),
    )
    .orderBy("change.id")
    .$call(lockRows(scope, { how: "share" }))
    .execute();
}

export async function giveBack(
  scope: Scope,
  { id }: OpenRun,
  { runId, positions }: { runId: string; positions: readonly number[] },
): Promise<void> {
  if (positions.length === 0) return;
  await scope.db
    .deleteFrom("row_corrections")
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("position", "in", positions)
    .where("corrected_run_id", "=", id)
    .execute();
}

/** Those of a run's refused rows that are still to be corrected. */
export async function openPositions(scope: Scope, runId: string, positions: readonly number[]): Promise<Set<number>> {
  const taken = await takenBy(scope, runId, positions);
  const done = new Set(taken.filter(({ isUndone }) => !isUndone).map(({ position }) => position));
  return new Set(positions.filter((position) => !done.has(position)));
}
