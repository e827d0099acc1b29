/** What the page about a connector's access shows. */
import { findConnection, type ConnectionFacts } from "~/features/connectors/access/find-connection.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { type Provider, type Providers } from "~/features/connectors/connector";
import { type ShownState, shownState } from "~/features/connectors/connector-state";
import { notFound } from "~/http/answers.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { formatInstant, type Place } from "~/platform/time";
import { connectionPath, connectorId } from "~/routes/connectors/connection/connection-facts.server";
import { connectorPath } from "~/routes/connectors/paths";

export async function loadConnection(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "connectors.manage");
  const facts = (await findConnection(scope, connectorId(args))) ?? notFound();
  const { connector, test } = facts;
  const provider = providers.get(connector.provider) ?? null;
  const { place } = scope;
  return {
    firm: scope.account.name,
    page: connectionPath(scope.account.slug, connector.id),
    connector: connectorPath(scope.account.slug, connector.id),
    isSettingUp: connector.state === "setting-up",
    name: connector.name,
    system: provider?.name ?? connector.provider,
    reads: provider?.reads ?? null,
    way: wayOf(provider),
    standing: standingOf(facts, provider),
    hasKey: connector.sealedSecrets !== null,
    whose: connector.whose,
    isPaused: connector.state === "paused",
    ...grantView(facts, place),
    test: test && { at: formatInstant(place, test.at), problem: test.problem },
  };
}

export type ConnectionView = Awaited<ReturnType<typeof loadConnection>>;

interface GrantView {
  whoseBefore: string | null;
  since: string | null;
  scopes: readonly string[];
  ended: { at: string; why: string } | null;
}

/** What was agreed to, while it holds; else how it ended. */
function grantView({ grant, connector }: ConnectionFacts, place: Place): GrantView {
  const nothing = { whoseBefore: null, since: null, scopes: [], ended: null };
  const { disconnectedAt, disconnectedWhy } = connector;
  if (!grant) {
    const why = disconnectedWhy ?? "It was disconnected.";
    const ended = disconnectedAt && { at: formatInstant(place, disconnectedAt), why };
    return { ...nothing, ended: ended || null };
  }
  const { endedAt, endedWhy, grantedAt, grantedBy, scopes, whoseBefore } = grant;
  if (endedAt !== null) return { ...nothing, ended: { at: formatInstant(place, endedAt), why: endedWhy ?? "" } };
  const since = `${formatInstant(place, grantedAt)}, by ${grantedBy ?? "somebody with a link"}`;
  return { ...nothing, whoseBefore, since, scopes };
}

/** `gone`: the system is offered no longer. */
function wayOf(provider: Provider | null): "oauth" | "key" | "gone" {
  if (!provider) return "gone";
  return isOAuth(provider) ? "oauth" : "key";
}

/**
 * `never`: nobody has connected it yet. `refused`: what was entered did not get in. `again`: it was, and has to be once
 * more. `ended`: somebody here disconnected it.
 */
type Standing = "connected" | "never" | "refused" | "again" | "ended";

function standingOf({ connector, grant, test }: ConnectionFacts, provider: Provider | null): Standing {
  const state = shownState(connector);
  if (state === "disconnected") return "ended";
  if (provider && !isOAuth(provider)) return byKey(state, test?.problem ?? null);
  if (!grant) return "never";
  return grant.endedAt === null ? "connected" : "again";
}

/** Before anything is read of it a test is all that tells. */
function byKey(state: ShownState, problem: string | null): Standing {
  if (state === "needs-reconnecting") return "again";
  return state === "setting-up" && problem !== null ? "refused" : "connected";
}
