/** A link to connect, as whoever holds it finds it: they need no place here, and are shown nothing of what is here. */
import { data, redirect } from "@remix-run/node";
import { findConnectLink } from "~/features/connectors/access/connect-links.server";
import { askedOf } from "~/features/connectors/access/connect.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { type Providers } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { keepConnectLink } from "~/http/connect-cookie.server";
import { publicScope, unlisted } from "~/http/public-scope.server";
import { installationScope, type RouteArgs } from "~/http/scope.server";
import { sendOff } from "~/routes/connectors/connection/send-off.server";

type Closed = "unknown" | "spent" | "expired";

const statuses: Record<Closed, number> = { unknown: 404, spent: 410, expired: 410 };

/** What an open link is for; else why it is not. */
async function openLink({ context, params }: Pick<RouteArgs, "context" | "params">, providers: Providers) {
  const link = await findConnectLink(installationScope(context), params.token ?? "");
  if (link?.state !== "open") return closedBy(link);
  const scope = await publicScope(context, link.accountId);
  const connector = scope && (await findConnector(scope, link.connectorId));
  const provider = connector && providers.get(connector.provider);
  return provider && isOAuth(provider) ? { scope, connector, provider } : "unknown";
}

function closedBy(link: { state: "open" | "spent" | "expired" } | null): Closed {
  return !link || link.state === "open" ? "unknown" : link.state;
}

export interface LinkView {
  closed: Closed | null;
  open: { firm: string; system: string; reads: string; host: string; scopes: readonly string[] } | null;
}

export async function loadLink(args: RouteArgs, providers: Providers) {
  unlisted(args.context);
  const link = await openLink(args, providers);
  if (typeof link === "string") return data<LinkView>({ closed: link, open: null }, { status: statuses[link] });
  const { scope, connector, provider } = link;
  const asked = askedOf(args.context.env, provider, connector.settings);
  return data<LinkView>({ closed: null, open: { firm: scope.account.name, system: provider.name, ...asked } });
}

export async function leaveByLink(args: RouteArgs, providers: Providers) {
  const { token = "" } = args.params;
  const link = await openLink(args, providers);
  if (typeof link === "string") return redirect(`/connect/link/${encodeURIComponent(token)}`, 303);
  unlisted(args.context);
  await keepConnectLink(args.context, token);
  return sendOff(link.scope, args.context, { ...link, holder: { linkToken: token } });
}
