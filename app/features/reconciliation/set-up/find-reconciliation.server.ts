import { type KeptSettings, type OrderSource } from "~/features/reconciliation/set-up/kept-settings";
import "~/features/reconciliation/tables";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Reconciliation {
  id: string;
  name: string;
  orderSources: OrderSource[];
  analyticsOrigin: string;
  settings: KeptSettings;
  version: number;
  /** False: it is still at a step of its set-up. */
  isSetUp: boolean;
}

/** Null: there is none, or whoever asks sees only their own contacts. One statement. */
export async function findReconciliation(scope: Scope, id: string): Promise<Reconciliation | null> {
  if (scope.ownOnly || !isId(id)) return null;
  const row = await scope.db
    .selectFrom("reconciliations")
    .select(["id", "name", "order_sources", "analytics_origin", "settings", "version", "set_up_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...{ id: row.id, name: row.name, analyticsOrigin: row.analytics_origin, version: row.version },
    isSetUp: row.set_up_at !== null,
    orderSources: fromJson<OrderSource[]>(row.order_sources),
    settings: fromJson<KeptSettings>(row.settings),
  };
}
