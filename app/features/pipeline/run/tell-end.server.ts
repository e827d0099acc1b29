import { notify } from "~/features/notices/notify.server";
import { type RunState } from "~/features/pipeline/run/run";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * Tells whoever started an import how it ended, in the transaction of its end. Who cancelled their own knows.
 */
export async function tellEnd(scope: Scope, runId: string): Promise<void> {
  const run = await scope.db
    .selectFrom("runs")
    .leftJoin("users as cancellers", "cancellers.id", "runs.cancel_requested_by")
    .select(["runs.state", "runs.file_name", "runs.started_by", "runs.refused_count", "runs.source"])
    .select(["cancellers.id", "cancellers.name", "cancellers.email"])
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.id", "=", runId)
    .executeTakeFirst();
  if (!run?.started_by || run.source !== "file" || !isEnd(run.state)) return;
  const canceller = run.state === "cancelled" ? cancellerOf(run) : null;
  if (canceller?.id === run.started_by) return;
  const event = { userIds: [run.started_by], kind: "import-ended", eventKey: `run:${runId}:ended` } as const;
  const subject = { runId, fileName: run.file_name ?? "", state: run.state, refused: run.refused_count };
  await notify({ ...scope, user: canceller ?? scope.user }, { ...event, subject });
}

function cancellerOf({ id, name, email }: { id: string | null; name: string | null; email: string | null }) {
  return id && name && email ? { id, name, email } : null;
}

type End = Extract<RunState, "done" | "attention" | "failed" | "cancelled">;

function isEnd(state: RunState): state is End {
  return ["done", "attention", "failed", "cancelled"].includes(state);
}
