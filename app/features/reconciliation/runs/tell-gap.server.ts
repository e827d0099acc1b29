import { notify } from "~/features/notices/notify.server";
import { type Trend } from "~/features/reconciliation/figures/trend";
import { gapNow, settledDays } from "~/features/reconciliation/gaps/gap-now";
import { type RunSettings } from "~/features/reconciliation/runs/run-settings";
import "~/features/reconciliation/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * Tells administrators, and whoever set it up, that the gap of the latest settled day has left its own normal band; in the
 * transaction of the run's end. Once for each day, however often it is compared again.
 */
export async function tellGap(
  scope: Scope,
  { reconciliationId, startedAt, settings }: { reconciliationId: string; startedAt: string; settings: RunSettings },
  trend: Trend,
): Promise<void> {
  const now = gapNow(settledDays(trend, startedAt, settings.kept));
  if (!now?.band || now.leaves === null) return;
  const { latest, band, leaves } = now;
  const { name, created_by: madeBy } = await scope.db
    .selectFrom("reconciliations")
    .select(["name", "created_by"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", reconciliationId)
    .executeTakeFirstOrThrow();
  const event = {
    ...{ kind: "gap-unusual" as const, eventKey: `gap:${reconciliationId}:${latest.day}:${leaves}` },
    subject: {
      ...{ reconciliationId, name, day: latest.day, leaves },
      ...{ share: latest.missing / latest.of, low: band.low, high: band.high },
    },
  };
  // Nobody's doing, whoever asked for it.
  const nobody = { ...scope, user: null };
  await notify(nobody, { ...event, userIds: "admins" });
  if (madeBy !== null) await notify(nobody, { ...event, userIds: [madeBy] });
}
