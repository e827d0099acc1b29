import {
  type Connection,
  GrantEnded,
  type Provider,
  type SourceField,
  type Stream,
  Trouble,
} from "~/features/connectors/connector";
import { findStreams } from "~/features/connectors/find-streams.server";
import { type Reach, type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { type Offers } from "~/features/connectors/set-up/offers";
import "~/features/connectors/tables";
import { type Json, toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS, SECOND_MS } from "~/platform/time";
import { timeLimit } from "~/platform/time-limit.server";

/** What a system offers hardly changes; somebody who goes on with their choice need not wait for it again. */
const KNOWN_FOR_MS = 10 * MINUTE_MS;
/** Somebody waits before a page for it. */
const PATIENCE_MS = 20 * SECOND_MS;

/** What keeps a system from being asked, in a sentence that says what to do. */
export interface SourceProblem {
  words: string;
  /** Somebody has to connect it again. */
  isAccess: boolean;
}

export interface LookedUp {
  /** With the streams that it turned out to have. */
  provider: Provider;
  /** Null: it has never been looked up. */
  offers: Offers | null;
  /** Why it is not as of now. */
  problem: SourceProblem | null;
}

export interface Looking {
  setUp: SetUp;
  provider: Provider;
  reach: Reach;
  signal: AbortSignal;
}

/** What can be read, as the system says now or said a few minutes ago; where it cannot be asked, as it said last. */
export async function lookUpOffers(scope: Scope, looking: Looking): Promise<LookedUp> {
  const { setUp, provider } = looking;
  const { offers, connector } = setUp;
  const isFresh = offers && offers.seenAt > later(scope.clock.now(), -KNOWN_FOR_MS);
  if (isFresh) return { provider, offers: offers.of, problem: null };
  const found = await atSource(scope, looking, async (connection) => {
    const streams = await findStreams(scope, connector.id, { provider, connection });
    return { streams, offers: await discoverAll(connection, provider, streams) };
  });
  if (!found.ok) return { provider, offers: offers?.of ?? null, problem: found.problem };
  await keepOffers(scope, connector.id, found.value.offers);
  return { provider: { ...provider, streams: found.value.streams }, offers: found.value.offers, problem: null };
}

async function discoverAll(connection: Connection, provider: Provider, streams: readonly Stream[]): Promise<Offers> {
  const offers: Record<string, readonly SourceField[]> = {};
  for (const { id } of streams) offers[id] = await provider.discover(connection, id);
  return offers;
}

export type AtSource<Value> = { ok: true; value: Value } | { ok: false; problem: SourceProblem };

/** Asks a connector's system something while a person waits. Trouble there is told in words. */
export async function atSource<Value>(
  scope: Scope,
  { setUp, provider, reach, signal }: Looking,
  ask: (connection: Connection, provider: Provider) => Promise<Value>,
): Promise<AtSource<Value>> {
  const limit = timeLimit(signal, PATIENCE_MS);
  try {
    const connection = await reach.open(scope, { connector: setUp.connector, provider, signal: limit.signal });
    return { ok: true, value: await ask(connection, provider) };
  } catch (error) {
    if (error instanceof Trouble) {
      return { ok: false, problem: { words: error.message, isAccess: error instanceof GrantEnded } };
    }
    if (!limit.signal.aborted || signal.aborted) throw error;
    const words = `${provider.name} did not answer within twenty seconds. Try again in a minute.`;
    return { ok: false, problem: { words, isAccess: false } };
  } finally {
    limit.end();
  }
}

/** It is another system by now, or another account there: what that one offered is nothing to choose from. */
export async function forgetOffers(scope: Scope, connectorId: string): Promise<void> {
  await scope.db
    .deleteFrom("connector_offers")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .execute();
}

async function keepOffers(scope: Scope, connectorId: string, offers: Offers): Promise<void> {
  const said = { fields: toJson(offers as unknown as Json), seen_at: scope.clock.now() };
  await scope.db
    .insertInto("connector_offers")
    .values({ account_id: scope.account.id, connector_id: connectorId, ...said })
    .onConflict((conflict) => conflict.columns(["account_id", "connector_id"]).doUpdateSet(said))
    .execute();
}
