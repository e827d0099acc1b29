import "~/features/pipeline/tables";
import { say } from "~/features/pipeline/run/open-run.server";
import { listRules } from "~/features/pipeline/own-rules/own-rules.server";
import { readRunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type RunState } from "~/features/pipeline/run/run";
import { tellEnd } from "~/features/pipeline/run/tell-end.server";
import { recordEvent } from "~/features/audit/audit.server";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

export const RUN_TASK = "run_import";
/** Imports of an account run one after the other: each sees what the one before it has made. */
export const RUN_QUEUE = "import";
/** With the queue's back-off half an hour: by then an outage is over, or a person should look. */
export const RUN_ATTEMPTS = 8;

/** Starts a draft. Starting it twice starts it once. */
export function startRun(scope: Scope, runId: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    const started = await scope.db
      .updateTable("runs")
      .set({ state: "queued", started_by: scope.user?.id ?? null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "=", "draft")
      .returning(["subject", "settings"])
      .executeTakeFirst();
    if (!started) return { ok: false };
    await keepRules(scope, runId, started);
    await ask(scope, runId);
    return { ok: true };
  });
}

/** The account's own rules as they are now, whatever becomes of them while the run is at work. */
async function keepRules(
  scope: Scope,
  runId: string,
  { subject, settings }: { subject: string; settings: string },
): Promise<void> {
  const kept = { ...readRunSettings(settings), ownRules: await listRules(scope, subject) };
  await scope.db
    .updateTable("runs")
    .set({ settings: toJson(kept) })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .execute();
}

async function ask(scope: Scope, runId: string): Promise<void> {
  await enqueue(
    scope,
    RUN_TASK,
    { accountId: scope.account.id, runId },
    { jobKey: runId, queueName: RUN_QUEUE, maxAttempts: RUN_ATTEMPTS },
  );
}

/** Asks a run to stop after the batch it is at; what it has stored stays. One that has not begun stops at once. */
export function cancelRun(scope: Scope, runId: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    const wanted = { cancel_requested_at: scope.clock.now(), cancel_requested_by: scope.user?.id ?? null };
    const run = await scope.db
      .updateTable("runs")
      .set(wanted)
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "in", ["queued", "running"])
      .where("cancel_requested_at", "is", null)
      .returning(["id", "state", "started_at"])
      .executeTakeFirst();
    if (!run) return { ok: false };
    await say(scope, runId, `${scope.user?.name ?? "Tallybook"} asked to cancel.`);
    await recordEvent(scope, { action: "run.cancelled", subject: { runId } });
    if (run.started_at === null) {
      await say(scope, runId, "Cancelled. Nothing was stored.");
      await setState(scope, runId, "cancelled");
      await tellEnd(scope, runId);
    }
    return { ok: true };
  });
}

async function setState(scope: Scope, runId: string, state: RunState): Promise<void> {
  await scope.db
    .updateTable("runs")
    .set({ state, finished_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .execute();
}
