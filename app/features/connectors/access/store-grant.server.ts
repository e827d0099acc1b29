/** Keeping what was agreed to at the provider, and going on where the connector stood. */
import "~/features/connectors/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { type Json, type OAuthAccess } from "~/features/connectors/connector";
import { sharedKeyOf, tokenPlace } from "~/features/connectors/access/grant-row.server";
import { type Granted } from "~/features/connectors/access/granted";
import { factColumns, type KeptFacts } from "~/features/connectors/access/system-facts.server";
import { tellConnector } from "~/features/connectors/alerts/tell-connector.server";
import { cancelAnyRun } from "~/features/connectors/runs/cancel-sync.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import { forgetOffers } from "~/features/connectors/set-up/look-up-offers.server";
import { reachedAgain, type Standing } from "~/features/connectors/where-it-stood";
import { dropQuestion } from "~/features/pipeline/run/questions.server";
import "~/features/pipeline/tables";
import { toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { seal } from "~/platform/encryption.server";
import { type Scope } from "~/platform/scope.server";
import { later, SECOND_MS } from "~/platform/time";

/** What of a provider is needed to keep what it granted. */
export interface GrantingProvider {
  id: string;
  access: Pick<OAuthAccess, "scopes" | "tokenSeconds">;
}

export interface NewGrant {
  connectorId: string;
  provider: GrantingProvider;
  granted: Granted;
  /** What the account at the provider is called; null: it does not say. */
  whose: string | null;
  /** What it says of itself; null, or absent: nothing. */
  facts?: KeptFacts | null;
  /** How it came: an administrator agreed, or somebody with a link. */
  by: "session" | "link";
}

/** When an access token ends, by what the answer says, else by what is known of the provider. Null: it does not end. */
export function endOfToken(now: string, { lastsSeconds }: Granted, tokenSeconds: number | undefined): string | null {
  const seconds = lastsSeconds ?? tokenSeconds;
  return seconds === undefined ? null : later(now, seconds * SECOND_MS);
}

/** The columns that hold an answer of the token endpoint, all but the refresh token, which may stay as it was. */
export function tokenColumns(scope: Scope, connectorId: string, provider: GrantingProvider, granted: Granted) {
  const place = tokenPlace(scope.account.id, connectorId, "access_token");
  return {
    access_token: seal(scope.keys, place, granted.accessToken),
    expires_at: endOfToken(scope.clock.now(), granted, provider.access.tokenSeconds),
    claim: null,
    claimed_until: null,
  };
}

export function sealedRefreshToken(scope: Scope, connectorId: string, token: string): string {
  return seal(scope.keys, tokenPlace(scope.account.id, connectorId, "refresh_token"), token);
}

export type GrantStored = { ok: true; anotherAccount: boolean } | { ok: false; reason: "not-found" };

/**
 * Keeps the agreement in the place of an earlier one, and puts a connector that needed it back to where it stood. If it
 * is another account at the provider than before, it is paused instead: what was read so far is not its.
 */
export function storeGrant(scope: Scope, grant: NewGrant): Promise<GrantStored> {
  const { connectorId, provider, whose, by } = grant;
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId, provider.id);
    if (!connector) return { ok: false, reason: "not-found" } as const;
    const isAnother = connector.whose !== null && whose !== null && connector.whose !== whose;
    await writeGrant(scope, grant, isAnother ? connector.whose : null);
    await scope.db
      .updateTable("connectors")
      .set({
        ...saidOfItself(grant, connector, isAnother),
        ...(isAnother ? pausedFrom(connector) : reachedAgain(connector)),
        ...{ disconnected_at: null, disconnected_why: null, changed_at: scope.clock.now() },
        ...readingOn(scope, connector, { whose, isAnother }),
      })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    if (isAnother) {
      await cancelOpenRun(scope, connectorId);
      await dropQuestion(scope, connectorId);
      await forgetOffers(scope, connectorId);
    }
    await planNext(scope, connectorId);
    await tellConnector(scope, connectorId, { what: "recovered", runId: null, from: "needs-reconnecting" });
    await recordEvent(scope, {
      action: isAnother ? "connector.connected-elsewhere" : "connector.connected",
      subject: { connectorId, provider: provider.id, by },
    });
    return { ok: true, anotherAccount: isAnother } as const;
  });
}

/** Where it says nothing now, what it said before holds, unless another said it. */
function saidOfItself({ whose, facts }: NewGrant, before: { whose: string | null }, isAnother: boolean) {
  const kept = isAnother ? { facts: null } : {};
  return { whose: whose ?? before.whose, ...(facts ? factColumns(facts) : kept) };
}

/**
 * A cursor counts in the account that gave it out, and a question is about its records. Where it is not told that it is
 * the same account, everything is read once more: what another has not got, a brake asks about.
 */
function readingOn(
  scope: Scope,
  connector: Locked,
  { whose, isAnother }: { whose: string | null; isAnother: boolean },
) {
  const nothing = toJson({});
  const wholeNext = { whole_next: scope.clock.now() };
  if (isAnother) return { ...wholeNext, cursors: nothing, asking: null };
  const isSame = whose !== null && whose === connector.whose;
  return isSame || connector.cursors === nothing ? {} : wholeNext;
}

/** What it still had to read, the other account does not have. Its connector is held before it, see `holdConnector`. */
async function cancelOpenRun(scope: Scope, connectorId: string): Promise<void> {
  const run = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("state", "in", ["queued", "running"])
    .executeTakeFirst();
  if (run) await cancelAnyRun(scope, run.id);
}

interface Locked extends Standing {
  whose: string | null;
  cursors: string;
}

function lockConnector(scope: Scope, connectorId: string, provider: string): Promise<Locked | undefined> {
  return scope.db
    .selectFrom("connectors")
    .select(["state", "stood", "whose", "asking", "cursors"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("provider", "=", provider)
    .where("deleted_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

/** What was never switched on has nothing to pause. */
function pausedFrom(standing: Standing): Pick<Standing, "state" | "stood"> {
  const { state } = reachedAgain(standing);
  return { state: state === "setting-up" ? state : "paused", stood: null };
}

async function writeGrant(
  scope: Scope,
  { connectorId, provider, granted, whose }: NewGrant,
  whoseBefore: string | null,
) {
  const { refreshToken, scopes, extras } = granted;
  const columns = {
    ...tokenColumns(scope, connectorId, provider, granted),
    refresh_token: refreshToken === null ? null : sealedRefreshToken(scope, connectorId, refreshToken),
    scopes: (scopes ?? provider.access.scopes).join(" "),
    extras: toJson(extras as Record<string, Json>),
    granted_at: scope.clock.now(),
    granted_by: scope.user?.id ?? null,
    ...{ renewed_at: null, ended_at: null, ended_why: null },
    shared_key: sharedKeyOf(scope.keys, provider.id, { whose, refreshToken }),
    whose_before: whoseBefore,
  };
  await scope.db
    .insertInto("connector_grants")
    .values({ account_id: scope.account.id, connector_id: connectorId, ...columns })
    .onConflict((conflict) =>
      conflict.columns(["account_id", "connector_id"]).doUpdateSet((eb) => ({
        ...columns,
        renewals: eb("connector_grants.renewals", "+", 1),
      })),
    )
    .execute();
}
