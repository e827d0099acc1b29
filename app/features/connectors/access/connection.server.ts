/** What a provider is given to reach its system with: addresses, secrets, and a fetch that has a token and an end. */
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { guardedFetchOf } from "~/features/connectors/access/guarded-fetch-of.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { baseOf } from "~/features/connectors/access/provider-addresses";
import { freshToken } from "~/features/connectors/access/renew-grant.server";
import { keepSecrets } from "~/features/connectors/access/keep-secrets.server";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import {
  type Connection,
  GrantEnded,
  type Json,
  OutOfOrder,
  type Provider,
  type Providers,
  type Settings,
  Trouble,
} from "~/features/connectors/connector";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { type Limits, UnreachableError } from "~/platform/guarded-fetch/guarded-fetch.server";
import { type Scope } from "~/platform/scope.server";
import { SECOND_MS } from "~/platform/time";

export interface Reaching {
  connector: Connector;
  provider: Provider;
  env: AccessWorld;
  signal: AbortSignal;
}

/** A provider's own servers may take their time over a large page; an address that people type in has ten seconds. */
const ofProviders: Limits = { timeoutMs: 30 * SECOND_MS };

/**
 * The way to the system of a connector, for as long as a run or a page needs it.
 * @throws GrantEnded when nobody has agreed, or it has ended.
 */
export async function connectionFor(scope: Scope, reaching: Reaching): Promise<Connection> {
  const { connector, provider, env, signal } = reaching;
  if (!isOAuth(provider)) return connectionWith(scope, reaching, { secrets: openSecrets(scope, connector) });
  const grant = await readGrant(scope, connector.id);
  if (!grant || grant.endedAt !== null) throw new GrantEnded(`${provider.name} has to be connected again.`);
  let known: typeof grant | null = grant;
  const token = (refused?: string) => {
    const first = known;
    // Later it may have been renewed by somebody else.
    known = null;
    return freshToken(scope, { connector, provider, env, signal, refused }, first);
  };
  return connectionWith(scope, reaching, { extras: grant.extras, token });
}

/** The same for who knows the connector by its id only. @throws Trouble where it, or its provider, is not there. */
export async function connectionOf(
  scope: Scope,
  connectorId: string,
  { providers, env, signal }: { providers: Providers; env: AccessWorld; signal: AbortSignal },
): Promise<Connection> {
  const connector = await findConnector(scope, connectorId);
  const provider = connector && providers.get(connector.provider);
  if (!provider) throw new Trouble("There is no such connector any more, or nobody offers its system.");
  return connectionFor(scope, { connector, provider, env, signal });
}

export interface Means {
  secrets?: Settings;
  extras?: Readonly<Record<string, Json>>;
  /** Absent: no token is sent. */
  token?: (refused?: string) => Promise<string>;
}

/** The same with a token that is known already. */
export function connectionWith(scope: Scope, reaching: Reaching, means: Means): Connection {
  const { connector, provider, env, signal } = reaching;
  const { extras = {}, token } = means;
  const secrets = { ...means.secrets };
  const base = (name: string) => baseOf(env.providers, provider, name);
  const send = sender(reaching);
  const keep = async (changed: Settings) => {
    await keepSecrets(scope, connector, { secrets, changed });
    Object.assign(secrets, changed);
  };
  const connection = {
    ...{ settings: connector.settings, secrets, extras, base, keep, signal },
    fetchElsewhere: send,
    now: () => scope.clock.now(),
  };
  if (!token) {
    const noToken = () => Promise.reject(new Error(`The provider ${provider.id} has no tokens`));
    return { ...connection, fetch: send, token: noToken };
  }
  const known = knownOrigins(reaching, extras);
  return { ...connection, token, fetch: withToken(provider, { send, token, known }) };
}

type Send = (address: string, init?: RequestInit) => Promise<Response>;

function sender({ provider, env, signal }: Reaching): Send {
  const guarded = guardedFetchOf(env.providers);
  const limits = hasOwnServers(provider) ? ofProviders : {};
  return async (address, init = {}) => {
    const both = init.signal ? AbortSignal.any([signal, init.signal]) : signal;
    try {
      return await guarded(address, { ...init, signal: both }, limits);
    } catch (error) {
      throw error instanceof UnreachableError ? new OutOfOrder(unreachable(provider)) : error;
    }
  };
}

/** Whoever is connected, it is the provider's own servers that answer. */
function hasOwnServers(provider: Provider): boolean {
  return isOAuth(provider) || provider.addresses !== undefined;
}

function unreachable(provider: Provider): string {
  const { name } = provider;
  if (hasOwnServers(provider)) return `${name} could not be reached. It is tried again later.`;
  return `${name} could not be reached. Its address has to begin with https:// and to be open to the internet, and it has to answer within ten seconds.`;
}

/** Where a token may be sent: to the provider's addresses, and to those that its own token answer named. */
function knownOrigins({ provider, env, connector }: Reaching, extras: Means["extras"] = {}): ReadonlySet<string> {
  const bases = Object.keys(provider.addresses ?? {}).map((name) => baseOf(env.providers, provider, name));
  const typed = (provider.settings?.fields ?? [])
    .filter(({ type }) => type === "address")
    .map(({ name }) => connector.settings[name]);
  const all = [...bases, ...typed, ...Object.values(extras)];
  return new Set(all.flatMap((one) => (typeof one === "string" && URL.canParse(one) ? [new URL(one).origin] : [])));
}

interface Sending {
  send: Send;
  token(refused?: string): Promise<string>;
  known: ReadonlySet<string>;
}

/** With the token, and with a renewed one when it is refused: once, as some refusals have other reasons. */
function withToken({ name, access }: Provider, { send, token, known }: Sending): Send {
  let renewedInVain = false;
  const tokenHeader = access.kind === "oauth" ? access.tokenHeader : undefined;
  const sendWith = (address: string, init: RequestInit, bearer: string) => {
    const headers = new Headers(init.headers);
    if (tokenHeader === undefined) headers.set("authorization", `Bearer ${bearer}`);
    else headers.set(tokenHeader, bearer);
    return send(address, { ...init, headers });
  };
  return async (address, init = {}) => {
    // A next page's address comes out of an answer: what it says must not decide who gets the token.
    if (!URL.canParse(address) || !known.has(new URL(address).origin)) {
      throw new Trouble(`${name} named an address for its next page that is not its own. Nothing was sent there.`);
    }
    const used = await token();
    const answer = await sendWith(address, init, used);
    if (answer.status !== 401 || renewedInVain || !(await isOfTheToken(access, answer))) return answer;
    const second = await sendWith(address, init, await token(used));
    renewedInVain = second.status === 401;
    return second;
  };
}

async function isOfTheToken(access: Provider["access"], answer: Response): Promise<boolean> {
  if (access.kind !== "oauth" || !access.isOfTheToken) return true;
  return access.isOfTheToken(await answer.clone().text());
}
