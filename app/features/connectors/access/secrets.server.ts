/** The secret ones among a connector's settings: sealed for its row, and never shown again. */
import { type Settings } from "~/features/connectors/connector";
import { fromJson, toJson } from "~/platform/db/json.server";
import { seal, type SealedPlace, unseal } from "~/platform/encryption.server";
import { type Scope } from "~/platform/scope.server";

export function secretsPlace(accountId: string, connectorId: string): SealedPlace {
  return { ownerId: accountId, rowId: connectorId, field: "connectors.secrets" };
}

/** For `connectors.secrets` of this connector. Null where there are none. */
export function sealSecrets(scope: Scope, connectorId: string, secrets: Settings): string | null {
  if (Object.keys(secrets).length === 0) return null;
  return seal(scope.keys, secretsPlace(scope.account.id, connectorId), toJson(secrets));
}

export function openSecrets(scope: Scope, connector: { id: string; sealedSecrets: string | null }): Settings {
  if (connector.sealedSecrets === null) return {};
  return fromJson<Settings>(unseal(scope.keys, secretsPlace(scope.account.id, connector.id), connector.sealedSecrets));
}
