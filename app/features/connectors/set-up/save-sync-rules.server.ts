import { isDeepStrictEqual } from "node:util";
import { recordEvent } from "~/features/audit/audit.server";
import { type SyncRules, syncRules } from "~/features/connectors/connector-settings";
import { lockConnector } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type SaveRulesResult = { ok: true } | { ok: false; reason: "not-found" | "changed" };

/**
 * Keeps how runs write and when they ask. With other rules of writing everything is taken in anew at the next run; other
 * brakes hold from the next run on.
 */
export function saveSyncRules(
  scope: Scope,
  connectorId: string,
  { rules, version }: { rules: SyncRules; version: number },
): Promise<SaveRulesResult> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    if (!connector) return { ok: false, reason: "not-found" };
    if (connector.version !== version) return { ok: false, reason: "changed" };
    const before = syncRules.parse(fromJson(connector.rules));
    // What is usual, saved for the first time, is a choice, too.
    if (isDeepStrictEqual(before, rules) && connector.rules !== "{}") return { ok: true };
    const now = scope.clock.now();
    const isOtherwise = !isDeepStrictEqual(before.writing, rules.writing);
    await scope.db
      .updateTable("connectors")
      .set((eb) => ({
        ...{ rules: toJson(rules), changed_at: now, version: eb("version", "+", 1) },
        ...(isOtherwise ? { whole_next: now } : {}),
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await recordEvent(scope, { action: "connector.rules-changed", subject: { connectorId } });
    return { ok: true };
  });
}
