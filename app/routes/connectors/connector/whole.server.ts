/** A connector with all that was chosen of it, for the pages below its own address. */
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { type Provider, type Providers } from "~/features/connectors/connector";
import { findWholeConnector, type WholeConnector } from "~/features/connectors/find-whole-connector.server";
import { notFound } from "~/http/answers.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { connectorId } from "~/routes/connectors/connection/connection-facts.server";
import { connectorPath } from "~/routes/connectors/paths";

export interface Whole {
  scope: Scope;
  connector: WholeConnector;
  /** Null: nobody offers its system any more. */
  provider: Provider | null;
  /** What its system is called. */
  system: string;
  /** The path of its page. */
  page: string;
}

export async function requireWhole(args: RouteArgs, providers: Providers): Promise<Whole> {
  const scope = await requireScope(args, "connectors.manage");
  const connector = (await findWholeConnector(scope, connectorId(args))) ?? notFound();
  const provider = providers.get(connector.provider) ?? null;
  const page = connectorPath(scope.account.slug, connector.id);
  return { scope, connector, provider, system: provider?.name ?? connector.provider, page };
}

/** Whether somebody has agreed, or given a key, and that holds: before anything is read, a test tells of a key. */
export function isConnected({ grant, state, test }: WholeConnector, provider: Provider): boolean {
  if (isOAuth(provider)) return grant !== null && grant.endedAt === null;
  return state !== "needs-reconnecting" && !(state === "setting-up" && (test?.problem ?? null) !== null);
}
