/** Who is at a provider's to agree: begun by somebody, found again by the state that comes back, spent by being found. */
import "~/features/connectors/tables";
import { linkHash } from "~/features/connectors/access/connect-links.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Keys, seal, type SealedPlace, sha256, unseal } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS } from "~/platform/time";

/** Signing in at the provider, its second factor and its consent page take their time. */
const REQUEST_MS = 15 * MINUTE_MS;

/** Who may come back: the session it was begun from, or the browser that holds the link. */
export type Holder = { sessionId: string } | { linkToken: string };

export function verifierPlace(accountId: string, id: string): SealedPlace {
  return { ownerId: accountId, rowId: id, field: "oauth_requests.verifier" };
}

function stateHash(state: string): string {
  return sha256(state).toString("base64url");
}

function heldBy(holder: Holder) {
  return "sessionId" in holder
    ? { session_id: holder.sessionId, link_hash: null }
    : { session_id: null, link_hash: linkHash(holder.linkToken) };
}

export interface NewRequest {
  connectorId: string;
  provider: string;
  state: string;
  verifier: string;
  holder: Holder;
}

/** An earlier one of the same holder for the same connector is void; those whose time is over go along. */
export function keepRequest(scope: Scope, request: NewRequest): Promise<void> {
  const { connectorId, provider, state, verifier, holder } = request;
  const held = heldBy(holder);
  const accountId = scope.account.id;
  const now = scope.clock.now();
  return inTransaction(scope, async (scope) => {
    await scope.db
      .deleteFrom("oauth_requests")
      .where("account_id", "=", accountId)
      .where((eb) =>
        eb.or([
          eb("expires_at", "<=", now),
          eb.and([
            eb("connector_id", "=", connectorId),
            held.session_id === null ? eb("link_hash", "=", held.link_hash) : eb("session_id", "=", held.session_id),
          ]),
        ]),
      )
      .execute();
    const id = newId();
    await scope.db
      .insertInto("oauth_requests")
      .values({
        ...{ account_id: accountId, id, connector_id: connectorId, provider },
        ...{ state_hash: stateHash(state), verifier: seal(scope.keys, verifierPlace(accountId, id), verifier) },
        ...held,
        ...{ created_at: now, expires_at: later(now, REQUEST_MS) },
      })
      .execute();
  });
}

export interface KeptRequest {
  accountId: string;
  connectorId: string;
  state: string;
  verifier: string;
  by: "session" | "link";
}

/** What may stand in the browser of whoever comes back. */
export interface Returning {
  provider: string;
  state: string;
  sessionId: string | null;
  linkToken: string | null;
}

/**
 * Finds what was begun, and spends it. Null: nothing was begun with this state at this provider from this session or with
 * this link, or too long ago, or it was spent already.
 */
export async function spendRequest(scope: InstallationScope, returning: Returning): Promise<KeptRequest | null> {
  const { provider, state, sessionId, linkToken } = returning;
  if (sessionId === null && linkToken === null) return null;
  const row = await scope.db
    .deleteFrom("oauth_requests")
    .where("state_hash", "=", stateHash(state))
    .where("provider", "=", provider)
    .where("expires_at", ">", scope.clock.now())
    .where((eb) =>
      eb.or([
        ...(sessionId === null ? [] : [eb("session_id", "=", sessionId)]),
        ...(linkToken === null ? [] : [eb("link_hash", "=", linkHash(linkToken))]),
      ]),
    )
    .returning(["account_id", "id", "connector_id", "verifier", "session_id"])
    .executeTakeFirst();
  return row ? { ...opened(scope.keys, row), state, by: row.session_id === null ? "link" : "session" } : null;
}

/** Those that nobody came back for. */
export async function removeExpiredRequests({ db, clock }: InstallationScope): Promise<void> {
  await db.deleteFrom("oauth_requests").where("expires_at", "<=", clock.now()).execute();
}

function opened(keys: Keys, row: { account_id: string; id: string; connector_id: string; verifier: string }) {
  const verifier = unseal(keys, verifierPlace(row.account_id, row.id), row.verifier);
  return { accountId: row.account_id, connectorId: row.connector_id, verifier };
}
