import "~/features/connectors/tables";
import { type Settings, type Stream } from "~/features/connectors/connector";
import { type ConnectorState } from "~/features/connectors/connector-state";
import { storedStreams } from "~/features/connectors/streams-of";
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
  /** What it was found to have to read; null: what its provider says. `streamsOf` tells which. */
  streams: readonly Stream[] | null;
}

export interface FoundConnector extends Connector {
  /** Since when somebody here wants it so that it cannot be read; null: nobody does. */
  disconnectedAt: string | null;
  /** Who does, in a sentence. */
  disconnectedWhy: string | null;
}

/** Null: there is none (any more). */
export async function findConnector(scope: Scope, connectorId: string): Promise<FoundConnector | null> {
  const row = await scope.db
    .selectFrom("connectors")
    .select(["id", "provider", "name", "state", "settings", "secrets", "whose", "streams"])
    .select(["disconnected_at as disconnectedAt", "disconnected_why as disconnectedWhy"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const { settings, secrets, streams, ...rest } = row;
  return {
    ...rest,
    settings: fromJson<Settings>(settings),
    sealedSecrets: secrets,
    streams: storedStreams(streams),
  };
}
