import { type RunState } from "~/features/pipeline/run/run";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** How runs hang together: one refused rows, others brought them in corrected. */

export interface CorrectingRun {
  id: string;
  fileName: string;
  state: RunState;
  at: string;
  by: string | null;
  changeSetId: string | null;
  /** How many of the refused rows it took. */
  took: number;
  undoneAt: string | null;
  /** It was undone, and that was taken back. */
  wasRedone: boolean;
}

/** The runs that brought in a run's refused rows, the oldest first; drafts are left out. One statement. */
export async function listCorrections(scope: Scope, runId: string): Promise<CorrectingRun[]> {
  return toCorrecting(await correctingQuery(scope).where("runs.continues_run_id", "=", runId).execute());
}

function correctingQuery(scope: Scope) {
  return scope.db
    .selectFrom("runs")
    .leftJoin("users", "users.id", "runs.started_by")
    .leftJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "runs.account_id").onRef("change.id", "=", "runs.change_set_id"),
    )
    .leftJoin("row_corrections as taken", (join) =>
      join.onRef("taken.account_id", "=", "runs.account_id").onRef("taken.corrected_run_id", "=", "runs.id"),
    )
    .select(["runs.id", "runs.file_name", "runs.state", "runs.created_at", "runs.started_at", "runs.change_set_id"])
    .select(["users.name as by", "change.undone_at", "change.revived_at"])
    .select((eb) => eb.fn.count<number>("taken.position").as("took"))
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.state", "!=", "draft")
    .groupBy(["runs.id", "runs.file_name", "runs.state", "runs.created_at", "runs.started_at", "runs.change_set_id"])
    .groupBy(["users.name", "change.undone_at", "change.revived_at"])
    .orderBy("runs.id");
}

function toCorrecting(rows: Awaited<ReturnType<ReturnType<typeof correctingQuery>["execute"]>>): CorrectingRun[] {
  return rows.map((row) => ({
    ...{ id: row.id, fileName: row.file_name ?? "", state: row.state, at: row.started_at ?? row.created_at },
    ...{ by: row.by, changeSetId: row.change_set_id, took: Number(row.took) },
    // Redone, it holds again.
    undoneAt: row.revived_at === null ? row.undone_at : null,
    wasRedone: row.revived_at !== null,
  }));
}

export interface ContinuedRun {
  id: string;
  fileName: string;
  at: string;
  refused: number;
}

/** The run whose refused rows this one corrects; null for any other. Also of a draft. */
export async function findContinued(scope: Scope, runId: string): Promise<ContinuedRun | null> {
  const row = await scope.db
    .selectFrom("runs")
    .innerJoin("runs as first", (join) =>
      join.onRef("first.account_id", "=", "runs.account_id").onRef("first.id", "=", "runs.continues_run_id"),
    )
    .select(["first.id", "first.file_name", "first.started_at", "first.created_at", "first.refused_count"])
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.id", "=", runId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    fileName: row.file_name ?? "",
    at: row.started_at ?? row.created_at,
    refused: row.refused_count,
  };
}

export interface CorrectionOfChange {
  changeSetId: string;
  fileName: string;
  at: string;
  took: number;
  /** It was undone, and that was taken back: what is undone of it now is the redo. */
  wasRedone: boolean;
}

/** Corrections of a change's import that came in by changes of their own and stand: whoever undoes it may mean them, too. */
export async function correctionsOfChange(scope: Scope, changeSetId: string): Promise<CorrectionOfChange[]> {
  const rows = await correctingQuery(scope)
    .where("runs.continues_run_id", "in", (eb) =>
      eb
        .selectFrom("runs as first")
        .select("first.id")
        .where("first.account_id", "=", scope.account.id)
        .where("first.change_set_id", "=", changeSetId),
    )
    .execute();
  return toCorrecting(rows).flatMap(({ changeSetId: own, undoneAt, fileName, at, took, wasRedone }) =>
    own === null || undoneAt !== null || took === 0 ? [] : [{ changeSetId: own, fileName, at, took, wasRedone }],
  );
}
