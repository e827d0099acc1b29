import { data } from "@remix-run/node";
import { beginConnecting } from "~/features/connectors/access/connect.server";
import { type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { type Holder } from "~/features/connectors/access/oauth-requests.server";
import { type Connector } from "~/features/connectors/find-connector.server";
import { type RequestContext } from "~/http/request-context.server";
import { type Scope } from "~/platform/scope.server";

interface Leaving {
  connector: Connector;
  provider: OAuthProvider;
  holder: Holder;
}

/** A page that leads to the provider; or one that says what whoever runs Tallybook has to do first. */
export async function sendOff(scope: Scope, context: RequestContext, { connector, provider, holder }: Leaving) {
  const begun = await beginConnecting(scope, { connector, provider, env: context.env, holder });
  if (!begun.ok) {
    const error = `${provider.name} cannot be connected here yet: whoever runs Tallybook has to set ${begun.variables.join(" and ")}.`;
    return data({ address: null, error }, { status: 422 });
  }
  context.responseHeaders.set("Refresh", `0; url=${begun.address}`);
  return data({ address: begun.address, error: null });
}
