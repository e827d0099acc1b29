import "~/features/connectors/tables";
import { type Settings } from "~/features/connectors/connector";
import { type ConnectorState } from "~/features/connectors/connector-state";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** What is needed of a connector to reach its system. */
export interface Connector {
  id: string;
  /** A provider's id. */
  provider: string;
  name: string;
  state: ConnectorState;
  settings: Settings;
  /** As they are kept: `openSecrets` opens them. */
  sealedSecrets: string | null;
  /** What the account at the provider is called. */
  whose: string | null;
}

/** Null: there is none (any more). */
export async function findConnector(scope: Scope, connectorId: string): Promise<Connector | null> {
  const row = await scope.db
    .selectFrom("connectors")
    .select(["id", "provider", "name", "state", "settings", "secrets", "whose"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const { settings, secrets, ...rest } = row;
  return { ...rest, settings: fromJson<Settings>(settings), sealedSecrets: secrets };
}
