import "~/features/pipeline/tables";
import { isAuditOrigin } from "~/features/reconciliation/records/audit-origin";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Whether a run that brings these in is at work, or has ended since: what was read may be half of the one and half of the other. */
export async function wereReadSince(scope: Scope, origins: readonly string[], since: string): Promise<boolean> {
  const connectorIds = origins.filter(isId);
  const files = origins.filter((origin) => !isId(origin) && !isAuditOrigin(origin));
  if (connectorIds.length + files.length === 0) return false;
  const run = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where((eb) => eb.or([eb("state", "=", "running"), eb("finished_at", ">=", since)]))
    .where((eb) =>
      eb.or([
        ...(connectorIds.length > 0 ? [eb("connector_id", "in", connectorIds)] : []),
        ...(files.length > 0
          ? [eb.and([eb("source", "=", "file"), eb("subject", "in", ["orders", "transactions"])])]
          : []),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return run !== undefined;
}
