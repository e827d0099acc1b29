/** Connecting by OAuth: off to the provider, and back from there with what was agreed to. */
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { spendConnectLink, voidConnectLinks } from "~/features/connectors/access/connect-links.server";
import { type ConnectProblem } from "~/features/connectors/access/connect-problem";
import { ConnectStrategy, NotGrantedError } from "~/features/connectors/access/connect-strategy.server";
import { connectionWith } from "~/features/connectors/access/connection.server";
import { type Granted, isLasting, missingScopes } from "~/features/connectors/access/granted";
import { type Holder, keepRequest, type KeptRequest } from "~/features/connectors/access/oauth-requests.server";
import { callbackAddress, clientVariables, type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { endpointsOf } from "~/features/connectors/access/provider-addresses";
import { storeGrant } from "~/features/connectors/access/store-grant.server";
import { askFacts, type KeptFacts } from "~/features/connectors/access/system-facts.server";
import { turnDown } from "~/features/connectors/access/take-back.server";
import { clientOf, tokenCall } from "~/features/connectors/access/token-call.server";
import { type Settings, Trouble } from "~/features/connectors/connector";
import { type Connector } from "~/features/connectors/find-connector.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { SECOND_MS } from "~/platform/time";
import { timeLimit } from "~/platform/time-limit.server";

/** Somebody waits before a page for it. */
const WHOSE_MS = 10 * SECOND_MS;

interface Connecting {
  connector: Connector;
  provider: OAuthProvider;
  env: AccessWorld;
}

function strategyFor({ connector, provider, env }: Connecting): ConnectStrategy {
  return new ConnectStrategy({
    provider,
    authorize: endpointsOf(env.providers, provider, connector.settings).authorize,
    callback: callbackAddress(env.appOrigin, provider.id),
    call: tokenCall(env, provider, connector.settings),
  });
}

export type ConnectingBegun =
  /** Where to go. */
  | { ok: true; address: string }
  /** The operator has to set these variables first. */
  | { ok: false; reason: "no-client"; variables: readonly string[] };

/** Makes the address at the provider to send somebody to. Only who holds `holder` can come back from there. */
export async function beginConnecting(
  scope: Scope,
  connecting: Connecting & { holder: Holder },
): Promise<ConnectingBegun> {
  const { connector, provider, env, holder } = connecting;
  if (!clientOf(env, provider)) {
    return { ok: false, reason: "no-client", variables: clientVariables(provider.access) };
  }
  const { state, verifier, address } = strategyFor(connecting).begin();
  await keepRequest(scope, { connectorId: connector.id, provider: provider.id, state, verifier, holder });
  return { ok: true, address };
}

export interface Return extends Connecting {
  /** What was begun, spent by now. */
  request: KeptRequest;
  /** The address that the provider sent the person back to. */
  callback: URL;
  /** The link that the browser holds, where it was begun with one. */
  linkToken: string | null;
  signal: AbortSignal;
}

export type Connected =
  { ok: true; whose: string | null; anotherAccount: boolean } | { ok: false; problem: ConnectProblem };

/**
 * Keeps what was agreed to. The provider is asked before anything is written; then all of it is, together. What is not kept
 * is not left there, either.
 */
export async function finishConnecting(scope: InstallationScope, within: Scope, back: Return): Promise<Connected> {
  const granted = await grantedBy(back);
  if ("kind" in granted) return { ok: false, problem: granted };
  const { whose, facts } = await askedAbout(within, back, granted);
  const problem = lackOf(granted, back.provider);
  const came = { back, granted, whose, facts };
  const connected: Connected = problem ? { ok: false, problem } : await keep(scope, within, came);
  if (!connected.ok) await turnDown(scope, { ...back, granted, whose });
  return connected;
}

/** What is too little of it to be kept. */
function lackOf(granted: Granted, { access }: OAuthProvider): ConnectProblem | null {
  const missing = missingScopes(access.scopes, granted.scopes);
  if (missing.length > 0) return { kind: "less-than-asked", missing };
  return isLasting(granted, access) ? null : { kind: "not-lasting" };
}

/** Null: the provider does not say, or could not just now; that is no reason to turn the agreement down. */
interface About {
  whose: string | null;
  facts: KeptFacts | null;
}

interface Came extends About {
  back: Return;
  granted: Granted;
}

function keep(scope: InstallationScope, within: Scope, { back, granted, whose, facts }: Came): Promise<Connected> {
  const { connector, provider, request, linkToken } = back;
  return inTransaction(scope, async (scope): Promise<Connected> => {
    if (request.by === "link" && !(linkToken && (await spendConnectLink(scope, linkToken)))) {
      return { ok: false, problem: { kind: "link-spent" } };
    }
    await voidConnectLinks(scope, request.accountId, connector.id);
    const stored = await enterAccount(scope, within, (scope) =>
      storeGrant(scope, { connectorId: connector.id, provider, granted, whose, facts, by: request.by }),
    );
    return stored.ok
      ? { ok: true, whose, anotherAccount: stored.anotherAccount }
      : { ok: false, problem: { kind: "gone" } };
  });
}

async function grantedBy(back: Return): Promise<Granted | ConnectProblem> {
  if (!isFromThere(back)) return { kind: "other-issuer" };
  try {
    return await strategyFor(back).finish(back.callback, back.request);
  } catch (error) {
    if (!(error instanceof NotGrantedError)) throw error;
    const { why } = error;
    return why.by === "person"
      ? { kind: "sent-back", code: why.code }
      : { kind: "not-exchanged", refusal: why.refusal };
  }
}

/** Where an answer names who gives it (RFC 9207), it has to be who was asked; where it is signed, by them. */
function isFromThere({ provider, callback, connector, env }: Return): boolean {
  const { authorize } = endpointsOf(env.providers, provider, connector.settings);
  const issuers = callback.searchParams.getAll("iss");
  const isAsked = (issuer: string) => URL.canParse(issuer) && new URL(issuer).origin === new URL(authorize).origin;
  const client = clientOf(env, provider);
  const isSigned = !client || (provider.access.isSigned?.(callback.searchParams, client) ?? true);
  return isSigned && issuers.every(isAsked);
}

async function askedAbout(scope: Scope, back: Return, granted: Granted): Promise<About> {
  const { connector, provider, env } = back;
  const { signal, end } = timeLimit(back.signal, WHOSE_MS);
  const token = async () => granted.accessToken;
  const connection = connectionWith(scope, { connector, provider, env, signal }, { extras: granted.extras, token });
  try {
    return { whose: await provider.whose(connection), facts: await askFacts(provider, connection) };
  } catch (error) {
    if (error instanceof Trouble || signal.aborted) return { whose: null, facts: null };
    throw error;
  } finally {
    end();
  }
}

/** For pages: what a provider is asked for, and where. */
export function askedOf(env: AccessWorld, provider: OAuthProvider, settings: Settings) {
  const { authorize } = endpointsOf(env.providers, provider, settings);
  return { reads: provider.reads, host: new URL(authorize).host, scopes: provider.access.scopes };
}
