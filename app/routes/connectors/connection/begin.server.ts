import { askedOf } from "~/features/connectors/access/connect.server";
import { type Providers } from "~/features/connectors/connector";
import { requirePerson, type RouteArgs } from "~/http/scope.server";
import { requireOAuth } from "~/routes/connectors/connection/connection-facts.server";
import { connectorPath } from "~/routes/connectors/paths";
import { sendOff } from "~/routes/connectors/connection/send-off.server";

export async function loadBegin(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider, page } = await requireOAuth(args, providers);
  const asked = askedOf(args.context.env, provider, connector.settings);
  return {
    ...{ firm: scope.account.name, name: connector.name, system: provider.name, page, ...asked },
    connector: connectorPath(scope.account.slug, connector.id),
    isSettingUp: connector.state === "setting-up",
  };
}

export type BeginView = Awaited<ReturnType<typeof loadBegin>>;

export async function leaveForProvider(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider } = await requireOAuth(args, providers);
  const { sessionId } = await requirePerson(args);
  return sendOff(scope, args.context, { connector, provider, holder: { sessionId } });
}
