/** How many of the rows that runs refused are still to be looked at: neither corrected nor left as they are. */
import { recordEvent } from "~/features/audit/audit.server";
import { listToCorrect } from "~/features/pipeline/corrections/refused-lines.server";
import { isOver, type RunState, runStates } from "~/features/pipeline/run/run";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Of a correction's own rows more are not counted. */
const MOST_COUNTED = 50;

const overStates = runStates.filter(isOver);

interface Refusing {
  id: string;
  state: RunState;
  counts: { refused: number };
  /** How many of them came in corrected, and stand. */
  corrected: number;
  undone: object | null;
  continuesId: string | null;
  refusedLeft: object | null;
}

/** By the run's id; runs that need no attention are left out. Some statements for each correction among them. */
export async function rowsLeft(scope: Scope, runs: readonly Refusing[]): Promise<ReadonlyMap<string, number>> {
  const asking = runs.filter(
    ({ state, counts, undone, refusedLeft }) => isOver(state) && counts.refused > 0 && !undone && !refusedLeft,
  );
  const firsts = asking.filter(({ continuesId }) => continuesId === null);
  const left = new Map(firsts.map(({ id, counts, corrected }) => [id, counts.refused - corrected]));
  for (const { id, continuesId } of asking) {
    if (continuesId !== null) left.set(id, await leftOfCorrection(scope, id));
  }
  return new Map([...left].filter(([, count]) => count > 0));
}

/** Rows that were refused again: those that were not corrected since, up to fifty. */
async function leftOfCorrection(scope: Scope, runId: string): Promise<number> {
  const lines = await listToCorrect(scope, runId, MOST_COUNTED);
  return new Set(lines.map(({ position }) => position)).size;
}

/** Of runs whose refused rows are all seen to nothing needs attention any more: they are shown as done. */
export function settled<Run extends Refusing>(runs: readonly Run[], left: ReadonlyMap<string, number>): Run[] {
  return runs.map((run) => (run.state === "attention" && !left.has(run.id) ? { ...run, state: "done" as const } : run));
}

/** Leaves the rest of a run's refused rows as they are, or (`isLeft` false) takes that back. False: there is no such run. */
export function leaveRefused(scope: Scope, runId: string, isLeft: boolean): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    const now = scope.clock.now();
    const { numUpdatedRows } = await scope.db
      .updateTable("runs")
      .set({ refused_left_at: isLeft ? now : null, refused_left_by: isLeft ? (scope.user?.id ?? null) : null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "in", overStates)
      .where("refused_count", ">", 0)
      .where("refused_left_at", isLeft ? "is" : "is not", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return isRefusing(scope, runId);
    await recordEvent(scope, { action: isLeft ? "run.refused-left" : "run.refused-taken-up", subject: { runId } });
    return true;
  });
}

/** Pressed twice it is as it should be. */
async function isRefusing(scope: Scope, runId: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "in", overStates)
    .where("refused_count", ">", 0)
    .executeTakeFirst();
  return row !== undefined;
}
