/** Sets a reconciliation up, and changes it. */
import { recordEvent } from "~/features/audit/audit.server";
import "~/features/connectors/tables";
import {
  type KeptSettings,
  keptSettings,
  type OrderSource,
  withOrigins,
} from "~/features/reconciliation/set-up/kept-settings";
import "~/features/reconciliation/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface ReconciliationFacts {
  name: string;
  /** At least one: connectors by their ids, files as `originOfFile` says. */
  orderOrigins: readonly string[];
  analyticsOrigin: string;
  settings: KeptSettings;
}

/** `no-source`: one of its connectors is not there, or no longer. */
export type Created = { ok: true; id: string } | { ok: false; reason: "no-source" };

/** `id`: where something is named after it. `expiresAt`: unless somebody saves it before. */
export function createReconciliation(
  scope: Scope,
  facts: ReconciliationFacts,
  { id = newId(), expiresAt = null }: { id?: string; expiresAt?: string | null } = {},
): Promise<Created> {
  return inTransaction(scope, async (scope): Promise<Created> => {
    if (!(await areThere(scope, facts))) return { ok: false, reason: "no-source" };
    const now = scope.clock.now();
    await scope.db
      .insertInto("reconciliations")
      .values({
        ...{ account_id: scope.account.id, id, name: facts.name, analytics_origin: facts.analyticsOrigin },
        order_sources: toJson(withOrigins([], facts.orderOrigins)),
        settings: toJson(keptSettings.parse(facts.settings)),
        ...{ created_at: now, created_by: scope.user?.id ?? null, changed_at: now },
        expires_at: expiresAt,
      })
      .execute();
    await recordEvent(scope, { action: "reconciliation.created", subject: { reconciliationId: id } });
    return { ok: true, id };
  });
}

/** `changed`: somebody else was faster. */
export type Saved = { ok: true } | { ok: false; reason: "not-found" | "no-source" | "changed" };

/** What ran before stays as it was: a run keeps what it went by. */
export function saveReconciliation(
  scope: Scope,
  id: string,
  { version, ...facts }: ReconciliationFacts & { version: number },
): Promise<Saved> {
  return inTransaction(scope, async (scope): Promise<Saved> => {
    const before = isId(id) ? await lockReconciliation(scope, id) : undefined;
    if (!before) return { ok: false, reason: "not-found" };
    if (before.version !== version) return { ok: false, reason: "changed" };
    if (!(await areThere(scope, facts))) return { ok: false, reason: "no-source" };
    const sources = fromJson<OrderSource[]>(before.order_sources);
    const after = {
      ...{ name: facts.name, analytics_origin: facts.analyticsOrigin },
      order_sources: toJson(withOrigins(sources, facts.orderOrigins)),
      settings: toJson(keptSettings.parse(facts.settings)),
    };
    const fields = Object.entries(after).filter(([column, value]) => before[column as keyof typeof after] !== value);
    if (fields.length === 0) return { ok: true };
    await scope.db
      .updateTable("reconciliations")
      .set((eb) => ({ ...after, changed_at: scope.clock.now(), version: eb("version", "+", 1) }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
    await recordEvent(scope, {
      ...{ action: "reconciliation.edited", subject: { reconciliationId: id } },
      fields: fields.map(([column]) => column),
    });
    return { ok: true };
  });
}

/** In the caller's transaction, to its end: for what is one at a time in a reconciliation. */
export function lockReconciliation(scope: Scope, id: string) {
  return scope.db
    .selectFrom("reconciliations")
    .select(["name", "order_sources", "analytics_origin", "settings", "version"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

/** What has been compared, or is to be at its times, is set up. In the caller's transaction. */
export async function endSetUp(scope: Scope, id: string): Promise<void> {
  await scope.db
    .updateTable("reconciliations")
    .set({ set_up_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .where("set_up_at", "is", null)
    .execute();
}

/** What is no connector's id is that of files, of which there may be some later. */
async function areThere(scope: Scope, { orderOrigins, analyticsOrigin }: ReconciliationFacts): Promise<boolean> {
  const connectorIds = [...new Set([...orderOrigins, analyticsOrigin].filter(isId))];
  if (orderOrigins.length === 0) return false;
  if (connectorIds.length === 0) return true;
  const found = await scope.db
    .selectFrom("connectors")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", connectorIds)
    .where("deleted_at", "is", null)
    .execute();
  return found.length === connectorIds.length;
}
