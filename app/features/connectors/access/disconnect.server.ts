/** Giving back what was agreed to: taken back at the provider, and forgotten here. What was read is another matter. */
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { voidConnectLinks } from "~/features/connectors/access/connect-links.server";
import { findAgreedAt } from "~/features/connectors/access/access-used.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { type Grant, readGrant } from "~/features/connectors/access/grant-row.server";
import { isOAuth, type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { endpointsOf } from "~/features/connectors/access/provider-addresses";
import { clientOf, tokenCall } from "~/features/connectors/access/token-call.server";
import { revokeToken } from "~/features/connectors/access/token-endpoint.server";
import { type Provider } from "~/features/connectors/connector";
import { type Connector } from "~/features/connectors/find-connector.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

/**
 * What became of the agreement at the provider.
 * - `revoked`: taken back there
 * - `shared`: left there, since another connector lives by it
 * - `not-offered`: the provider takes nothing back by itself: people do so there
 * - `failed`: it did not say to have done so: people look there
 * - `none`: there was none
 */
export type Revocation = "revoked" | "shared" | "not-offered" | "failed" | "none";

export interface Disconnecting {
  connector: Connector;
  provider: Provider;
  env: AccessWorld;
}

/**
 * Takes it back at the provider first: killed in between, a token is left here that is good for nothing. Then tokens,
 * secrets and links are erased. The connector stays, to be connected again or deleted.
 */
export async function disconnect(
  scope: InstallationScope,
  within: Scope,
  disconnecting: Disconnecting,
): Promise<Revocation> {
  const { connector, provider } = disconnecting;
  const revocation = isOAuth(provider)
    ? await revoke(scope, within, { ...disconnecting, provider })
    : ("none" as const);
  await inTransaction(scope, async (scope) => {
    await voidConnectLinks(scope, within.account.id, connector.id);
    await enterAccount(scope, within, (scope) => forget(scope, connector, provider));
  });
  return revocation;
}

async function forget(
  scope: Scope,
  { id: connectorId, sealedSecrets }: Connector,
  { access }: Pick<Provider, "access">,
): Promise<void> {
  // There are systems that are connected by their address alone.
  const isThere = sealedSecrets !== null || access.kind === "key" || (await findAgreedAt(scope, connectorId)) !== null;
  if (!isThere) return;
  const why = `${scope.user?.name ?? "Tallybook"} disconnected it.`;
  await endAccess(scope, { connectorId, why, action: "connector.disconnected" });
}

async function revoke(
  scope: InstallationScope,
  within: Scope,
  { connector, provider, env }: Disconnecting & { provider: OAuthProvider },
): Promise<Revocation> {
  const grant = await readGrant(within, connector.id);
  const [token, hint] = grant?.refreshToken
    ? ([grant.refreshToken, "refresh_token"] as const)
    : ([grant?.accessToken, "access_token"] as const);
  if (!grant || !token) return "none";
  const endpoint = endpointsOf(env.providers, provider, connector.settings).revoke;
  if (endpoint === null) return "not-offered";
  if (await isShared(scope, grant, { accountId: within.account.id, connectorId: connector.id })) return "shared";
  if (!clientOf(env, provider)) return "failed";
  const call = { ...tokenCall(env, provider, connector.settings), endpoint };
  return (await revokeToken(call, token, hint)) ? "revoked" : "failed";
}

/** Whether another connector, of whichever account of this installation, would lose its access, too. */
async function isShared(
  scope: InstallationScope,
  { sharedKey }: Grant,
  own: { accountId: string; connectorId: string },
): Promise<boolean> {
  if (sharedKey === null) return false;
  const other = await scope.db
    .selectFrom("connector_grants")
    .select("connector_id")
    .where("shared_key", "=", sharedKey)
    .where("ended_at", "is", null)
    .where((eb) => eb.or([eb("account_id", "<>", own.accountId), eb("connector_id", "<>", own.connectorId)]))
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
