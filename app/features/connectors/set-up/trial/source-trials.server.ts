import { findSetUp, type Reach } from "~/features/connectors/set-up/find-set-up.server";
import { type Missing, missingIn } from "~/features/connectors/set-up/switch-on.server";
import "~/features/connectors/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

/** The trial of a connector: asked for, found, cancelled, thrown away. It holds for the settings that it was made with. */

export const TRY_TASK = "try_connector";
/** Beside the queue of runs: a trial need not wait for one. */
const QUEUE = "connector-trial";
/** With the queue's back-off some three minutes: somebody is waiting for it. */
const TRY_ATTEMPTS = 5;
/** There are examples in it. */
const RESULT_KEPT_MS = DAY_MS;

export type AskResult =
  { ok: true } | { ok: false; reason: "not-found" } | { ok: false; reason: "missing"; missing: Missing };

/** Asks for the trial of a connector as it is set up now; one that is there is forgotten. */
export function askForSourceTrial(
  scope: Scope,
  connectorId: string,
  { providers }: Pick<Reach, "providers">,
): Promise<AskResult> {
  return inTransaction(scope, async (scope) => {
    const setUp = await findSetUp(scope, connectorId);
    const provider = setUp && providers.get(setUp.connector.provider);
    if (!setUp || !provider) return { ok: false, reason: "not-found" };
    const missing = missingIn(setUp, provider);
    if (missing) return { ok: false, reason: "missing", missing };
    const fresh = {
      ...{
        settings_hash: setUp.settingsHash,
        state: "queued" as const,
        waits: 0,
        waiting_until: null,
        waiting_why: null,
      },
      ...{ read_count: 0, asked_at: scope.clock.now(), asked_by: scope.user?.id ?? null, started_at: null },
      ...{ finished_at: null, result: null, problem: null, problem_reference: null },
    };
    await scope.db
      .insertInto("connector_trials")
      .values({ account_id: scope.account.id, connector_id: connectorId, ...fresh })
      .onConflict((conflict) =>
        conflict
          .columns(["account_id", "connector_id"])
          .doUpdateSet((eb) => ({ ...fresh, lease_epoch: eb("connector_trials.lease_epoch", "+", 1) })),
      )
      .execute();
    await enqueueTrial(scope, connectorId);
    return { ok: true };
  });
}

export async function enqueueTrial(scope: Scope, connectorId: string, at?: string): Promise<void> {
  await enqueue(
    scope,
    TRY_TASK,
    { accountId: scope.account.id, connectorId },
    { jobKey: connectorId, queueName: QUEUE, maxAttempts: TRY_ATTEMPTS, ...(at ? { runAt: at } : {}) },
  );
}

/** Whoever is at work on it notices at its next page. */
export async function cancelSourceTrial(scope: Scope, connectorId: string): Promise<{ ok: boolean }> {
  const cancelled = await scope.db
    .updateTable("connector_trials")
    .set({ state: "cancelled", finished_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("state", "in", ["queued", "running"])
    .returning("connector_id")
    .executeTakeFirst();
  return { ok: cancelled !== undefined };
}

/** What a trial found is somebody's data, and no longer than a day of any use. */
export async function sweepSourceTrials(scope: Scope): Promise<void> {
  await scope.db
    .deleteFrom("connector_trials")
    .where("account_id", "=", scope.account.id)
    .where("finished_at", "<", later(scope.clock.now(), -RESULT_KEPT_MS))
    .execute();
}
