/** How many of the rows that runs refused are still to be looked at: neither corrected nor left as they are. */
import { recordEvent } from "~/features/audit/audit.server";
import { countOpen } from "~/features/pipeline/corrections/refused-rows.server";
import { isOver, type RunState, runStates } from "~/features/pipeline/run/run";
import "~/features/pipeline/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

const overStates = runStates.filter(isOver);

interface Counted {
  id: string;
  counts: { refused: number };
  /** How many of them came in corrected, and stand. */
  corrected: number;
  continuesId: string | null;
}

interface Refusing extends Counted {
  state: RunState;
  undone: object | null;
  refusedLeft: object | null;
  connector: object | null;
}

/** By the run's id; runs that need no attention are left out. One statement, where there are corrections among them. */
export async function rowsLeft(scope: Scope, runs: readonly Refusing[]): Promise<ReadonlyMap<string, number>> {
  const asking = runs.filter(
    ({ state, counts, undone, refusedLeft }) => isOver(state) && counts.refused > 0 && !undone && !refusedLeft,
  );
  const again = asking.filter(({ continuesId }) => continuesId !== null);
  const open = await countOpen(
    scope,
    again.map(({ id }) => id),
  );
  const left = asking.map((run): [string, number] => [run.id, leftOf(run, open)]);
  return new Map(left.filter(([, count]) => count > 0));
}

/** How many of a run's refused rows nobody has corrected yet. */
export async function leftToCorrect(scope: Scope, run: Counted): Promise<number> {
  return leftOf(run, run.continuesId === null ? new Map() : await countOpen(scope, [run.id]));
}

/** Who took a row of a first run is counted with it; what a correction refused again is known by the first run's rows. */
function leftOf({ id, counts, corrected, continuesId }: Counted, open: ReadonlyMap<string, number>): number {
  return continuesId === null ? counts.refused - corrected : (open.get(id) ?? 0);
}

/** Of imports whose refused rows are all seen to nothing needs attention any more: they are shown as done. */
export function settled<Run extends Refusing>(runs: readonly Run[], left: ReadonlyMap<string, number>): Run[] {
  return runs.map((run) => {
    const isSettled = run.state === "attention" && run.connector === null && !left.has(run.id);
    return isSettled ? { ...run, state: "done" as const } : run;
  });
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
