/**
 * An access token that is good, renewed when it has to be: by one at a time, since a refresh token that was replaced and
 * is used once more may end the whole agreement (Salesforce). Whoever renews leaves a claim in the row, asks the provider
 * outside any transaction, and keeps the new tokens before anybody uses them.
 *
 * Killed before the provider was asked: the claim runs out, and the next one asks. Killed after it has answered and
 * before that was kept: where it gives out a new refresh token and takes the old one back, the agreement is lost, which
 * the next one is told; everywhere else nothing is. Killed after that: nothing is lost.
 */
import { setTimeout as wait } from "node:timers/promises";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { endAccess } from "~/features/connectors/access/end-access.server";
import { type Grant, readGrant, sharedKeyOf } from "~/features/connectors/access/grant-row.server";
import { type Granted } from "~/features/connectors/access/granted";
import { type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { sealedRefreshToken, tokenColumns } from "~/features/connectors/access/store-grant.server";
import { tokenCall } from "~/features/connectors/access/token-call.server";
import { troubleOfRefusal } from "~/features/connectors/access/token-trouble";
import { askForTokens, type TokenCall, type TokenOutcome } from "~/features/connectors/access/token-endpoint.server";
import { GrantEnded, OutOfOrder, Trouble } from "~/features/connectors/connector";
import { type Connector } from "~/features/connectors/find-connector.server";
import { holdConnector } from "~/features/connectors/hold-connector.server";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS, SECOND_MS } from "~/platform/time";

/** A token that ends so soon might end on its way. */
const MARGIN_MS = MINUTE_MS;
/** Three times as long as the provider has for its answer. */
const CLAIM_MS = 30 * SECOND_MS;
const LOOK_AGAIN_MS = 200;
const MOST_WAIT_MS = CLAIM_MS + 5 * SECOND_MS;
/** So long it is tried to keep what is new, where the database does not take it: the claim lasts longer. */
const KEEPING_MS = 15 * SECOND_MS;
const KEEP_AGAIN_MS = SECOND_MS;

export interface Renewing {
  connector: Connector;
  provider: OAuthProvider;
  env: AccessWorld;
  /** Ends the waiting for others; what was begun at the provider is seen through. */
  signal: AbortSignal;
  /** A token that the provider did not take. */
  refused?: string;
}

/** `known`: the agreement, where it was read a moment ago. @throws GrantEnded, Throttled, OutOfOrder, Trouble */
export async function freshToken(scope: Scope, renewing: Renewing, known: Grant | null = null): Promise<string> {
  const grant = known ?? (await readGrant(scope, renewing.connector.id));
  return goodToken(scope, grant, renewing.refused) ?? renew(scope, renewing);
}

function endedAt(provider: OAuthProvider): GrantEnded {
  return new GrantEnded(`${provider.name} has to be connected again.`);
}

function goodToken(scope: Scope, grant: Grant | null, refused: string | undefined): string | null {
  if (!grant?.accessToken || grant.accessToken === refused) return null;
  const isGood = grant.expiresAt === null || grant.expiresAt > later(scope.clock.now(), MARGIN_MS);
  return isGood ? grant.accessToken : null;
}

async function renew(scope: Scope, renewing: Renewing): Promise<string> {
  const { connector, provider, env, signal } = renewing;
  // First of all: where nobody could be asked, nothing is claimed.
  const call = tokenCall(env, provider, connector.settings);
  for (let waited = 0; waited <= MOST_WAIT_MS; waited += LOOK_AGAIN_MS) {
    const turn = await takeTurn(scope, renewing);
    if (turn.kind === "fresh") return turn.token;
    if (turn.kind === "mine") return renewAs(scope, renewing, { ...turn, call });
    if (turn.kind === "over") {
      await endOf(scope, renewing, turn.agreedAt);
      throw endedAt(provider);
    }
    await wait(LOOK_AGAIN_MS, undefined, { signal });
  }
  throw takesLong(provider);
}

function takesLong({ name }: OAuthProvider): OutOfOrder {
  return new OutOfOrder(`${name} takes too long to renew its access. It is tried again.`);
}

/** Of that agreement alone: somebody may have connected anew since it was looked at. */
function endOf(scope: Scope, { connector, provider }: Renewing, agreedAt: string | null): Promise<boolean> {
  const end = { connectorId: connector.id, why: wordsOfEnd(provider), action: "connector.grant-ended" } as const;
  return endAccess(scope, { ...end, of: { agreedAt } });
}

function wordsOfEnd({ name }: OAuthProvider): string {
  return `${name} no longer accepts what was agreed to: it was taken back there, was not used for too long, or a password was changed.`;
}

interface MyTurn {
  kind: "mine";
  claim: string;
  refreshToken: string;
}

type Turn = { kind: "fresh"; token: string } | MyTurn | { kind: "theirs" } | { kind: "over"; agreedAt: string | null };

/** Looks under the lock whether somebody was faster, is at it, or whether it is ours to renew. */
function takeTurn(scope: Scope, { connector, refused }: Renewing): Promise<Turn> {
  return inTransaction(scope, async (scope): Promise<Turn> => {
    const grant = await readGrant(scope, connector.id, { lock: true });
    const token = goodToken(scope, grant, refused);
    if (token !== null) return { kind: "fresh", token };
    if (!grant?.refreshToken) return { kind: "over", agreedAt: grant?.agreedAt ?? null };
    const now = scope.clock.now();
    if (grant.claimedUntil !== null && grant.claimedUntil > now) return { kind: "theirs" };
    const claim = newId();
    await grantRow(scope, connector.id)
      .set({ claim, claimed_until: later(now, CLAIM_MS) })
      .execute();
    return { kind: "mine", claim, refreshToken: grant.refreshToken };
  });
}

function grantRow(scope: Scope, connectorId: string) {
  return scope.db
    .updateTable("connector_grants")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId);
}

async function renewAs(scope: Scope, renewing: Renewing, turn: MyTurn & { call: TokenCall }): Promise<string> {
  const { connector } = renewing;
  const parameters = { grant_type: "refresh_token", refresh_token: turn.refreshToken };
  const outcome = await askForTokens(turn.call, parameters).catch(async (error: unknown) => {
    await letGo(scope, connector.id, turn.claim);
    throw error;
  });
  if (outcome.ok) return keepAtAll(scope, renewing, turn, outcome.granted);
  return refuse(scope, renewing, turn, outcome.refusal);
}

/** The claim was lost: whoever has it now, or has connected anew, is right. @throws GrantEnded, OutOfOrder */
function tokenOfOthers(scope: Scope, provider: OAuthProvider, grant: Grant | null): string {
  const token = goodToken(scope, grant, undefined);
  if (token !== null) return token;
  throw grant && grant.endedAt === null ? takesLong(provider) : endedAt(provider);
}

/** What the provider has given out is nowhere else: a database that is away for a moment must not cost the agreement. */
async function keepAtAll(scope: Scope, renewing: Renewing, turn: MyTurn, granted: Granted): Promise<string> {
  const until = performance.now() + KEEPING_MS;
  for (;;) {
    try {
      return await keep(scope, renewing, turn, granted);
    } catch (error) {
      if (error instanceof Trouble || performance.now() > until) throw error;
      await wait(KEEP_AGAIN_MS);
    }
  }
}

/** Keeps what was renewed, unless the claim was lost. */
function keep(scope: Scope, { connector, provider }: Renewing, turn: MyTurn, granted: Granted): Promise<string> {
  return inTransaction(scope, async (scope) => {
    const grant = await readGrant(scope, connector.id, { lock: true });
    if (grant?.claim !== turn.claim) return tokenOfOthers(scope, provider, grant);
    const { refreshToken } = granted;
    await grantRow(scope, connector.id)
      .set((eb) => ({
        ...tokenColumns(scope, connector.id, provider, granted),
        renewals: eb("renewals", "+", 1),
        renewed_at: scope.clock.now(),
        extras: toJson({ ...grant.extras, ...granted.extras }),
        ...(granted.scopes === null ? {} : { scopes: granted.scopes.join(" ") }),
        ...(refreshToken === null ? {} : newRefreshToken(scope, connector, provider, refreshToken)),
      }))
      .execute();
    return granted.accessToken;
  });
}

function newRefreshToken(scope: Scope, { id, whose }: Connector, provider: OAuthProvider, refreshToken: string) {
  return {
    refresh_token: sealedRefreshToken(scope, id, refreshToken),
    shared_key: sharedKeyOf(scope.keys, provider.id, { whose, refreshToken }),
  };
}

type Refusal = Extract<TokenOutcome, { ok: false }>["refusal"];

/** Ends the agreement when the provider says that it has ended; else somebody may try again. */
async function refuse(scope: Scope, renewing: Renewing, turn: MyTurn, refusal: Refusal): Promise<string> {
  const { connector, provider } = renewing;
  if (refusal.kind !== "ended") {
    await letGo(scope, connector.id, turn.claim);
    throw troubleOfRefusal(provider, refusal);
  }
  const token = await inTransaction(scope, async (scope) => {
    await holdConnector(scope, connector.id);
    const grant = await readGrant(scope, connector.id, { lock: true });
    // Somebody has connected it anew meanwhile: what has ended is not what stands there.
    if (grant?.claim !== turn.claim) return tokenOfOthers(scope, provider, grant);
    await endOf(scope, renewing, grant.agreedAt);
    return null;
  });
  if (token === null) throw endedAt(provider);
  return token;
}

async function letGo(scope: Scope, connectorId: string, claim: string): Promise<void> {
  await grantRow(scope, connectorId).where("claim", "=", claim).set({ claim: null, claimed_until: null }).execute();
}
