/** Somebody comes back from a provider: with an agreement, with a refusal, or with something that nobody here began. */
import { data } from "@remix-run/node";
import { can } from "~/features/accounts/rights";
import { accountScope } from "~/features/accounts/account-scope.server";
import { finishConnecting, type Connected } from "~/features/connectors/access/connect.server";
import { connectProblemWords } from "~/features/connectors/access/connect-problem";
import { isOAuth, type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { type KeptRequest, spendRequest } from "~/features/connectors/access/oauth-requests.server";
import { testConnection } from "~/features/connectors/access/test-connection.server";
import { type Providers } from "~/features/connectors/connector";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { notFound } from "~/http/answers.server";
import { dropConnectLink, readConnectLink } from "~/http/connect-cookie.server";
import { flash, warning } from "~/http/flash.server";
import { publicScope, unlisted } from "~/http/public-scope.server";
import { redirectTo } from "~/http/redirect.server";
import { findPerson, installationScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { type CallbackView } from "~/routes/connect/callback-page";
import { connectionPath } from "~/routes/connectors/connection/connection-facts.server";
import { connectorPath } from "~/routes/connectors/paths";

const BAD = { status: 400 };

/** Also what somebody gets who comes with an answer that was meant for another browser. */
const notBegun: CallbackView = {
  title: "This was not begun here",
  line: "The answer belongs to nothing that was begun in this browser in the last fifteen minutes, or it was used already. Nothing was changed. Begin again at the connector, or open your link once more.",
  next: { href: "/", label: "Go to Tallybook" },
};

export async function answerCallback(args: RouteArgs, providers: Providers) {
  const { context, params } = args;
  const provider = providers.get(params.provider ?? "");
  if (!provider || !isOAuth(provider)) return notFound();
  unlisted(context);
  const back = await findBegun(args, provider);
  if (!back) return data(notBegun, BAD);
  return back.begun.by === "link" ? answerHolder(args, back) : answerMember(args, back);
}

/** What was begun, spent by now. Null: nothing was, or whoever began may no more, or what it was for is gone. */
async function findBegun(args: RouteArgs, provider: OAuthProvider): Promise<Back | null> {
  const { request, context } = args;
  const callback = addressOf(request);
  const [state, ...more] = callback.searchParams.getAll("state");
  if (!state || more.length > 0) return null;
  const linkToken = await readConnectLink(request, context);
  const sessionId = (await findPerson(args))?.sessionId ?? null;
  const begun = await spendRequest(installationScope(context), { provider: provider.id, state, sessionId, linkToken });
  const scope = begun && (await scopeOf(args, begun));
  if (!begun || !scope) return null;
  const connector = await findConnector(scope, begun.connectorId);
  return connector?.provider === provider.id ? { scope, connector, provider, begun, callback, linkToken } : null;
}

/** Single fetch asks for the same by another path. */
function addressOf(request: Request): URL {
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/\.data$/, "");
  return url;
}

/** Whoever began must still be who may: their place is read anew. Who came by a link is nobody here. */
async function scopeOf(args: RouteArgs, { accountId, by }: KeptRequest): Promise<Scope | null> {
  if (by === "link") return publicScope(args.context, accountId);
  const visitor = await findPerson(args);
  const place = visitor?.places.find(({ account }) => account.id === accountId);
  if (!visitor || !place) return null;
  const { id, name, email, locale } = visitor.user;
  const actor = { user: { id, name, email, locale }, role: place.role };
  const scope = accountScope(installationScope(args.context), place.account, actor);
  return can(scope, "connectors.manage") ? scope : null;
}

interface Back {
  scope: Scope;
  connector: Connector;
  provider: OAuthProvider;
  begun: KeptRequest;
  callback: URL;
  linkToken: string | null;
}

/** What came of it, and whether the system can be read now. */
async function finish({ context, request }: RouteArgs, { scope, begun, ...back }: Back) {
  const { signal } = request;
  const { env } = context;
  const returned = { ...back, request: begun, env, signal };
  const connected = await finishConnecting(installationScope(context), scope, returned);
  const problem = connected.ok ? await testConnection(scope, { ...back, env, signal }) : null;
  return { connected, problem };
}

async function answerMember(args: RouteArgs, back: Back) {
  const { scope, connector, provider } = back;
  const { connected, problem } = await finish(args, back);
  const page = connectionPath(scope.account.slug, connector.id);
  if (!connected.ok)
    return redirectTo(args, page, warning(shortened(connectProblemWords(provider.name, connected.problem))));
  if (problem !== null)
    return redirectTo(args, page, warning(shortened(`Connected, but it cannot be read. ${problem}`)));
  // Who is setting it up goes on to the next step.
  const next = connector.state === "setting-up" ? `${connectorPath(scope.account.slug, connector.id)}/fields` : page;
  return redirectTo(args, next, flash(connectedWords(provider, connected)));
}

/** A message holds so many characters; what is missing is what nobody needs to the letter. */
function shortened(text: string): string {
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}

function connectedWords({ name }: OAuthProvider, { whose }: Extract<Connected, { ok: true }>): string {
  return whose === null ? `Connected to ${name}.` : `Connected to ${name} as ${whose}.`;
}

async function answerHolder(args: RouteArgs, back: Back) {
  const { scope, provider, linkToken } = back;
  const { connected } = await finish(args, back);
  if (!connected.ok) {
    const view: CallbackView = {
      title: "Nothing was connected",
      line: connectProblemWords(provider.name, connected.problem),
      next: linkToken ? { href: `/connect/link/${encodeURIComponent(linkToken)}`, label: "Try again" } : null,
    };
    return data(view, BAD);
  }
  await dropConnectLink(args.context);
  const view: CallbackView = {
    title: "Thank you",
    line: `${connectedWords(provider, connected)} ${scope.account.name} can now read what you agreed to. You can close this page, and take it back at ${provider.name} at any time.`,
    next: null,
  };
  return data(view);
}
