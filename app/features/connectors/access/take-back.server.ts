/** Taking an agreement back at the provider: what somebody gives up here, and what came about and is not kept. */
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { sharedKeyOf } from "~/features/connectors/access/grant-row.server";
import { type Granted } from "~/features/connectors/access/granted";
import { type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { endpointsOf } from "~/features/connectors/access/provider-addresses";
import { clientOf, tokenCall } from "~/features/connectors/access/token-call.server";
import { revokeToken } from "~/features/connectors/access/token-endpoint.server";
import { type Connector } from "~/features/connectors/find-connector.server";
import "~/features/connectors/tables";
import { type InstallationScope } from "~/platform/scope.server";

/**
 * What became of the agreement at the provider.
 * - `revoked`: taken back there
 * - `shared`: left there, since another connector lives by it
 * - `not-offered`: the provider takes nothing back by itself: people do so there
 * - `failed`: it did not say to have done so: people look there
 * - `none`: there was none
 */
export type Revocation = "revoked" | "shared" | "not-offered" | "failed" | "none";

export interface ToTakeBack {
  connector: Connector;
  provider: OAuthProvider;
  env: AccessWorld;
  tokens: { accessToken: string | null; refreshToken: string | null };
  sharedKey: string | null;
  /** The connector that lives by it itself; null: none does. */
  own: { accountId: string; connectorId: string } | null;
}

export async function takeBack(scope: InstallationScope, taking: ToTakeBack): Promise<Revocation> {
  const { connector, provider, env, sharedKey, own } = taking;
  const { accessToken, refreshToken } = taking.tokens;
  const token = refreshToken ?? accessToken;
  if (!token) return "none";
  const endpoint = endpointsOf(env.providers, provider, connector.settings).revoke;
  if (endpoint === null) return "not-offered";
  if (await isShared(scope, sharedKey, own)) return "shared";
  if (!clientOf(env, provider)) return "failed";
  const call = { ...tokenCall(env, provider, connector.settings), endpoint };
  return (await revokeToken(call, token, refreshToken ? "refresh_token" : "access_token")) ? "revoked" : "failed";
}

/**
 * Takes back what was agreed to a moment ago and is not kept. Where the provider does not say whose it is, it is left
 * there: others might lose theirs with it. Nobody is told what became of it, as nothing was connected either way.
 */
export async function turnDown(
  scope: InstallationScope,
  {
    granted,
    whose,
    ...at
  }: Pick<ToTakeBack, "connector" | "provider" | "env"> & { granted: Granted; whose: string | null },
): Promise<void> {
  if (whose === null) return;
  const sharedKey = sharedKeyOf(scope.keys, at.provider.id, { whose, refreshToken: granted.refreshToken });
  const revocation = await takeBack(scope, { ...at, tokens: granted, sharedKey, own: null });
  scope.log.info({ status: revocation }, "Turned an agreement down");
}

/** Whether another connector, of whichever account of this installation, would lose its access, too. */
async function isShared(scope: InstallationScope, sharedKey: string | null, own: ToTakeBack["own"]): Promise<boolean> {
  if (sharedKey === null) return false;
  const other = await scope.db
    .selectFrom("connector_grants")
    .select("connector_id")
    .where("shared_key", "=", sharedKey)
    .where("ended_at", "is", null)
    .$if(own !== null, (query) =>
      query.where((eb) => eb.or([eb("account_id", "<>", own!.accountId), eb("connector_id", "<>", own!.connectorId)])),
    )
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
