/** Telling administrators what has become of a connector: once for each trouble, however often it is met, and once of its end. */
import "~/features/connectors/tables";
import { type ConnectorTrouble } from "~/features/connectors/alerts/connector-trouble";
import { notify } from "~/features/notices/notify.server";
import { tellWebhook } from "~/features/connectors/alerts/tell-webhook.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Telling {
  what: ConnectorTrouble | "recovered";
  /** In which run it came about; null: in none. */
  runId: string | null;
  /** What tells it from other trouble of its kind: the same once more is not told again. */
  why?: string | null;
  /** Recovery only from this. */
  from?: ConnectorTrouble;
}

/** In the caller's transaction, which is that of what it tells of. */
export function tellConnector(scope: Scope, connectorId: string, telling: Telling): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const connector = await scope.db
      .selectFrom("connectors")
      .select(["name", "provider", "trouble", "trouble_why"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .where("deleted_at", "is", null)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!connector || !isNews(connector, telling)) return;
    const { what, runId, why = null } = telling;
    const isOver = what === "recovered";
    await scope.db
      .updateTable("connectors")
      .set({ trouble: isOver ? null : what, trouble_why: isOver ? null : why })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    const { name, provider } = connector;
    const event = { kind: "connector-told" as const, eventKey: `connector:${connectorId}:${what}:${newId()}` };
    const subject = { connectorId, name, provider, what, runId };
    // Nobody's doing, whoever started the run.
    await notify({ ...scope, user: null }, { ...event, userIds: "admins", subject });
    await tellWebhook(scope, { ...event, subject });
  });
}

function isNews(
  connector: { trouble: ConnectorTrouble | null; trouble_why: string | null },
  { what, why = null, from }: Telling,
): boolean {
  if (what === "recovered") return connector.trouble !== null && (from ?? connector.trouble) === connector.trouble;
  return connector.trouble !== what || connector.trouble_why !== why;
}
