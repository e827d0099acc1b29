/** An agreement as it is kept: its tokens sealed for their column and connector. */
import { createHmac } from "node:crypto";
import "~/features/connectors/tables";
import { type Json } from "~/features/connectors/connector";
import { fromJson } from "~/platform/db/json.server";
import { type Keys, purposeKey, type SealedPlace, unseal } from "~/platform/encryption.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

export type TokenColumn = "access_token" | "refresh_token";

export function tokenPlace(accountId: string, connectorId: string, column: TokenColumn): SealedPlace {
  return { ownerId: accountId, rowId: connectorId, field: `connector_grants.${column}` };
}

export interface Grant {
  accessToken: string | null;
  refreshToken: string | null;
  /** Of the access token; null: it lasts until it is refused. */
  expiresAt: string | null;
  extras: Readonly<Record<string, Json>>;
  scopes: string;
  sharedKey: string | null;
  claim: string | null;
  claimedUntil: string | null;
  agreedAt: string;
  endedAt: string | null;
}

/** Null: nobody has ever agreed. `lock`: to the end of the transaction. */
export async function readGrant(scope: Scope, connectorId: string, { lock = false } = {}): Promise<Grant | null> {
  const row = await scope.db
    .selectFrom("connector_grants")
    .select(["access_token", "refresh_token", "expires_at as expiresAt", "extras", "scopes"])
    .select(["shared_key as sharedKey", "claim", "claimed_until as claimedUntil"])
    .select(["granted_at as agreedAt", "ended_at as endedAt"])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .$if(lock, lockRows(scope))
    .executeTakeFirst();
  if (!row) return null;
  const { access_token, refresh_token, extras, ...rest } = row;
  const opened = (column: TokenColumn, sealed: string | null) =>
    sealed === null ? null : unseal(scope.keys, tokenPlace(scope.account.id, connectorId, column), sealed);
  return {
    ...rest,
    accessToken: opened("access_token", access_token),
    refreshToken: opened("refresh_token", refresh_token),
    extras: fromJson<Record<string, Json>>(extras),
  };
}

/**
 * What connectors have in common that lose their access together: the same account at the same provider, or, where that
 * is not told, the same refresh token.
 */
export function sharedKeyOf(keys: Keys, provider: string, of: { whose: string | null; refreshToken: string | null }) {
  const [kind, text] = of.whose === null ? ["token", of.refreshToken] : ["whose", of.whose];
  if (text === null) return null;
  const said = JSON.stringify([provider, kind, text]);
  return createHmac("sha256", purposeKey(keys, "shared-grants")).update(said).digest("base64url");
}
