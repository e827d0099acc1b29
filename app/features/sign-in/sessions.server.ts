/**
 * Sessions live in the database; the cookie holds a random token of which only the hash is stored. A session exists
 * only after both factors (or, as long as nobody asks the person for a second one, the password), ends 60 minutes after its last use and 24 hours after its start, and is revoked by deleting
 * its row: nothing ever makes one again but `startSession`.
 */
import "~/features/sign-in/tables";
import { accountColumns, type AccountRow, toAccountFacts } from "~/features/accounts/account-scope.server";
import { type Place } from "~/features/accounts/members.server";
import { mustHaveSecondFactor } from "~/features/accounts/second-factor-rule";
import { byKey } from "~/platform/db/by-key.server";
import { newToken, sha256 } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";
import { HOUR_MS, later, MINUTE_MS } from "~/platform/time";

export const SESSION_IDLE_MS = 60 * MINUTE_MS;
export const SESSION_LENGTH_MS = 24 * HOUR_MS;
/** Last use is noted to the minute: not every page writes. */
const SEEN_STEP_MS = MINUTE_MS;
const MAX_DEVICE_LENGTH = 200;

export function tokenHash(token: string): string {
  return sha256(token).toString("base64url");
}

/** Starts a session and returns its id and its token, which is nowhere else. */
export async function startSession(
  scope: InstallationScope,
  userId: string,
  device: string | null,
  options: { singleFactor?: boolean } = {},
): Promise<{ id: string; token: string }> {
  const [id, token] = [newId(), newToken()];
  const now = scope.clock.now();
  await scope.db
    .insertInto("sessions")
    .values({
      id,
      token_hash: tokenHash(token),
      user_id: userId,
      created_at: now,
      seen_at: now,
      expires_at: later(now, SESSION_LENGTH_MS),
      address: scope.address,
      device: device?.slice(0, MAX_DEVICE_LENGTH) ?? null,
      offered_secret: null,
      new_codes: null,
      single_factor_at: options.singleFactor ? now : null,
    })
    .execute();
  return { id, token };
}

/** Gives a session another token; the old one is dead at once. Null when the session has ended meanwhile. */
export async function rotateSession(scope: InstallationScope, sessionId: string): Promise<string | null> {
  const token = newToken();
  const done = await scope.db
    .updateTable("sessions")
    .set({ token_hash: tokenHash(token) })
    .where("id", "=", sessionId)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n ? token : null;
}

export interface Visitor {
  sessionId: string;
  user: UserFacts & { isOperator: boolean; colourScheme: "light" | "dark" | null };
  /** Where the person has a place, by name. */
  places: Place[];
}

const MOST_PLACES = 200;

/**
 * Who comes with this token, and where they have a place, in one statement: all of it is read anew for every request.
 * A session that began with the password alone is nothing while the person must have a second factor.
 */
export async function findVisitor(scope: InstallationScope, token: string): Promise<Visitor | null> {
  const now = scope.clock.now();
  const rows = await byKey(scope.db)
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .leftJoin("memberships", (join) =>
      join.onRef("memberships.user_id", "=", "users.id").on("memberships.disabled_at", "is", null),
    )
    .leftJoin("accounts", "accounts.account_id", "memberships.account_id")
    .select(["sessions.id as session_id", "sessions.seen_at", "sessions.single_factor_at"])
    .select(["users.id", "users.email", "users.operator_since"])
    .select(["users.name as user_name", "users.locale as user_locale", "users.colour_scheme", "memberships.role"])
    .select(accountColumns)
    .where("sessions.token_hash", "=", tokenHash(token))
    .where("sessions.expires_at", ">", now)
    .where("sessions.seen_at", ">", later(now, -SESSION_IDLE_MS))
    .where("users.disabled_at", "is", null)
    .orderBy("accounts.name")
    .orderBy("accounts.account_id")
    .limit(MOST_PLACES)
    .execute();
  const [row] = rows;
  if (!row) return null;
  const places = rows.flatMap((row) =>
    row.role && isWhole(row) ? [{ account: toAccountFacts(row), role: row.role }] : [],
  );
  const isOperator = row.operator_since !== null;
  if (row.single_factor_at !== null && mustHaveSecondFactor({ isOperator, places })) return null;
  if (row.seen_at <= later(now, -SEEN_STEP_MS)) await noteUse(scope, row.session_id, now);
  return {
    sessionId: row.session_id,
    user: {
      id: row.id,
      email: row.email,
      name: row.user_name,
      locale: row.user_locale,
      isOperator,
      colourScheme: row.colour_scheme,
    },
    places,
  };
}

/** An outer join's columns are all there or all null. */
function isWhole<Row extends AccountColumns>(row: Row): row is Row & AccountRow {
  return row.account_id !== null;
}

type AccountColumns = { [Name in keyof AccountRow]: AccountRow[Name] | null };

async function noteUse(scope: InstallationScope, sessionId: string, now: string): Promise<void> {
  await scope.db.updateTable("sessions").set({ seen_at: now }).where("id", "=", sessionId).execute();
}

/** Ends the session of this token, and says whose it was. */
export async function endSession(
  scope: InstallationScope,
  token: string,
): Promise<{ userId: string; id: string } | null> {
  const row = await scope.db
    .deleteFrom("sessions")
    .where("token_hash", "=", tokenHash(token))
    .returning(["user_id", "id"])
    .executeTakeFirst();
  return row ? { userId: row.user_id, id: row.id } : null;
}

/** The person's sessions that are still good, the last used first. */
export function listSessions(scope: InstallationScope, userId: string) {
  const now = scope.clock.now();
  return scope.db
    .selectFrom("sessions")
    .select(["id", "created_at as startedAt", "seen_at as seenAt", "address", "device"])
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .where("seen_at", ">", later(now, -SESSION_IDLE_MS))
    .orderBy("seen_at", "desc")
    .orderBy("id")
    .limit(100)
    .execute();
}

/** Ends one session of the person. False when it is not theirs or over. */
export async function revokeSession(scope: InstallationScope, userId: string, sessionId: string): Promise<boolean> {
  const done = await scope.db
    .deleteFrom("sessions")
    .where("id", "=", sessionId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** Ends all sessions of the person but one: after a change of password or second factor. Returns how many. */
export async function revokeOtherSessions(scope: InstallationScope, userId: string, keepId: string): Promise<number> {
  const done = await scope.db
    .deleteFrom("sessions")
    .where("user_id", "=", userId)
    .where("id", "<>", keepId)
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}
