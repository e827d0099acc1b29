import { notify } from "~/features/notices/notify.server";
import "~/features/reconciliation/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * Tells administrators, and whoever set it up, that comparing does not work, and that it works again; in the transaction of
 * the run's end. What failed before for the same reason was told then.
 */
export async function tellComparison(
  scope: Scope,
  { id, reconciliationId }: { id: string; reconciliationId: string },
  state: "done" | "failed",
): Promise<void> {
  const [last, before] = await lastEnds(scope, { id, reconciliationId });
  if (!last || !isNews(state, last, before)) return;
  const what = state === "failed" ? ("failed" as const) : ("recovered" as const);
  const event = {
    ...{ kind: "comparison-told" as const, eventKey: `comparison:${id}:${what}` },
    subject: { reconciliationId, name: last.name, runId: id, what },
  };
  // Nobody's doing, whoever asked for it.
  const nobody = { ...scope, user: null };
  await notify(nobody, { ...event, userIds: "admins" });
  if (last.madeBy !== null) await notify(nobody, { ...event, userIds: [last.madeBy] });
}

interface End {
  problem: string | null;
  state: string;
}

function isNews(state: "done" | "failed", last: End, before: End | undefined): boolean {
  if (state === "done") return before?.state === "failed";
  return before?.state !== "failed" || before.problem !== last.problem;
}

/** This one, and the one before it that came to an end by itself. */
function lastEnds(scope: Scope, { id, reconciliationId }: { id: string; reconciliationId: string }) {
  return scope.db
    .selectFrom("comparison_runs as run")
    .innerJoin("reconciliations as of", (join) =>
      join.onRef("of.account_id", "=", "run.account_id").onRef("of.id", "=", "run.reconciliation_id"),
    )
    .select(["run.state", "run.problem", "of.name", "of.created_by as madeBy"])
    .where("run.account_id", "=", scope.account.id)
    .where("run.reconciliation_id", "=", reconciliationId)
    .where("run.state", "in", ["done", "failed"])
    .where("run.id", "<=", id)
    .orderBy("run.id", "desc")
    .limit(2)
    .execute();
}
