/** A connector as its pages about access need it. */
import { isOAuth, type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { type Provider, type Providers } from "~/features/connectors/connector";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { notFound } from "~/http/answers.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { connectorPath } from "~/routes/connectors/paths";

export interface ConnectorPage {
  scope: Scope;
  connector: Connector;
  /** Null: nobody offers its system any more. */
  provider: Provider | null;
  /** The path of the page about its access. */
  page: string;
}

export function connectorId({ params }: Pick<RouteArgs, "params">): string {
  const { connectorId = "" } = params;
  return isId(connectorId) ? connectorId : notFound();
}

export function connectionPath(slug: string, connectorId: string): string {
  return `${connectorPath(slug, connectorId)}/connection`;
}

export async function requireConnector(args: RouteArgs, providers: Providers): Promise<ConnectorPage> {
  const scope = await requireScope(args, "connectors.manage");
  const connector = (await findConnector(scope, connectorId(args))) ?? notFound();
  const provider = providers.get(connector.provider) ?? null;
  return { scope, connector, provider, page: connectionPath(scope.account.slug, connector.id) };
}

/** One that people agree to at the provider. Else there is no such page. */
export async function requireOAuth(
  args: RouteArgs,
  providers: Providers,
): Promise<ConnectorPage & { provider: OAuthProvider }> {
  const { provider, ...rest } = await requireConnector(args, providers);
  return provider && isOAuth(provider) ? { provider, ...rest } : notFound();
}
