/** Giving back what was agreed to: taken back at the provider, and forgotten here. What was read is another matter. */
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { voidConnectLinks } from "~/features/connectors/access/connect-links.server";
import { findAgreedAt } from "~/features/connectors/access/access-used.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { isOAuth, type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { type Revocation, takeBack } from "~/features/connectors/access/take-back.server";
import { type Provider } from "~/features/connectors/connector";
import { type Connector } from "~/features/connectors/find-connector.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

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
  { id: connectorId, sealedSecrets, state }: Connector,
  { access }: Pick<Provider, "access">,
): Promise<void> {
  // There are systems that are connected by their address alone.
  const isThere = sealedSecrets !== null || access.kind === "key" || (await findAgreedAt(scope, connectorId)) !== null;
  if (!isThere && state !== "needs-reconnecting") return;
  const why = `${scope.user?.name ?? "Tallybook"} disconnected it.`;
  await endAccess(scope, { connectorId, why, action: "connector.disconnected" });
}

async function revoke(
  scope: InstallationScope,
  within: Scope,
  { connector, provider, env }: Disconnecting & { provider: OAuthProvider },
): Promise<Revocation> {
  const grant = await readGrant(within, connector.id);
  if (!grant) return "none";
  const own = { accountId: within.account.id, connectorId: connector.id };
  return takeBack(scope, { connector, provider, env, tokens: grant, sharedKey: grant.sharedKey, own });
}
