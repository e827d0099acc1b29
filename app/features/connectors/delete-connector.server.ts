import { recordEvent } from "~/features/audit/audit.server";
import { eraseGrant } from "~/features/connectors/access/end-access.server";
import { dropQuestion } from "~/features/pipeline/run/questions.server";
import { type Provider } from "~/features/connectors/connector";
import { isRunning, lockConnector } from "~/features/connectors/runs/start-sync.server";
import { takeAway } from "~/features/connectors/runs/take-away.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/mapping-help/tables";
import "~/features/connectors/tables";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type DeletedConnector = { ok: true; runId: string | null } | { ok: false; reason: "not-found" | "at-work" };

/**
 * Deletes a connector that was disconnected before. What it brought stays as it is, or is taken away by a run of its own
 * (`runId`), for which its provider is needed. Its runs keep what they went by, with their own settings; what else was
 * chosen of it goes with it: nothing leads back from here. One that is being read is not deleted: what it brings could not
 * be counted.
 */
export function deleteConnector(
  scope: Scope,
  connectorId: string,
  { takesAway }: { takesAway: Provider | null },
): Promise<DeletedConnector> {
  return inTransaction(scope, async (scope): Promise<DeletedConnector> => {
    const connector = await lockConnector(scope, connectorId);
    if (!connector) return { ok: false, reason: "not-found" };
    if (await isRunning(scope, connectorId)) return { ok: false, reason: "at-work" };
    const taken = takesAway ? await takeAway(scope, connectorId, takesAway) : { ok: true as const, runId: null };
    if (!taken.ok) return taken;
    await eraseGrant(scope, connectorId, `${scope.user?.name ?? "Tallybook"} deleted it.`);
    const now = scope.clock.now();
    await scope.db
      .updateTable("connectors")
      .set({
        ...{ secrets: null, stood: null, asking: null, settings: toJson({}), whose: null, schedule: toJson({}) },
        ...{ cursors: toJson({}), streams: null, whole_next: null, changed_at: now },
        ...{ selection: toJson({}), mapping: toJson({}), rules: toJson({}) },
        ...{ deleted_at: now, deleted_by: scope.user?.id ?? null },
      })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await dropQuestion(scope, connectorId);
    await forgetWhatIsBeside(scope, connectorId);
    await planNext(scope, connectorId);
    await recordEvent(scope, { action: "connector.deleted", subject: { connectorId } });
    return taken;
  });
}

const beside = [
  "connector_offers",
  "connector_drafts",
  "connector_trials",
  "mapping_proposals",
  "oauth_requests",
] as const;

async function forgetWhatIsBeside(scope: Scope, connectorId: string): Promise<void> {
  for (const table of beside) {
    await scope.db
      .deleteFrom(table)
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connectorId)
      .execute();
  }
}
