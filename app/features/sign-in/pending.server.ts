/**
 * A sign-in whose password was right and whose second factor is still to come: a row and a cookie of its own, ten
 * minutes long. It is not a session and opens no page but the next step.
 */
import "~/features/sign-in/tables";
import { newOffer } from "~/features/sign-in/second-factor.server";
import { tokenHash } from "~/features/sign-in/sessions.server";
import { newToken } from "~/platform/encryption.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";
import { later, MINUTE_MS } from "~/platform/time";

export const PENDING_LENGTH_MS = 10 * MINUTE_MS;

/**
 * Notes that the password was right; returns the cookie's token. `needsSecondFactor`: there is none yet, so a secret
 * for setting one up is laid in. `longPassword`: it is long enough to be the only factor.
 */
export async function startPendingSignIn(
  scope: InstallationScope,
  start: { userId: string; returnTo: string | null; needsSecondFactor: boolean; longPassword?: boolean },
): Promise<string> {
  const { userId, returnTo, needsSecondFactor, longPassword = false } = start;
  const token = newToken();
  const id = newId();
  const now = scope.clock.now();
  await scope.db
    .insertInto("pending_sign_ins")
    .values({
      id,
      token_hash: tokenHash(token),
      user_id: userId,
      created_at: now,
      expires_at: later(now, PENDING_LENGTH_MS),
      return_to: returnTo,
      offered_secret: needsSecondFactor ? newOffer(scope.keys, { table: "pending_sign_ins", id, userId }) : null,
      long_password_at: longPassword ? now : null,
    })
    .execute();
  return token;
}

export interface PendingSignIn {
  id: string;
  user: UserFacts;
  returnTo: string | null;
  /** Whether an authenticator app is set up; else the next step is to set one up. */
  hasSecondFactor: boolean;
  /** The sealed secret that was offered for that. */
  offeredSecret: string | null;
  hasLongPassword: boolean;
}

export async function findPendingSignIn(scope: InstallationScope, token: string): Promise<PendingSignIn | null> {
  const row = await scope.db
    .selectFrom("pending_sign_ins")
    .innerJoin("users", "users.id", "pending_sign_ins.user_id")
    .leftJoin("second_factors", "second_factors.user_id", "users.id")
    .select(["pending_sign_ins.id as pending_id", "pending_sign_ins.return_to", "pending_sign_ins.offered_secret"])
    .select("pending_sign_ins.long_password_at")
    .select(["users.id", "users.name", "users.email", "second_factors.enrolled_at"])
    .where("pending_sign_ins.token_hash", "=", tokenHash(token))
    .where("pending_sign_ins.expires_at", ">", scope.clock.now())
    .where("users.disabled_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.pending_id,
    user: { id: row.id, name: row.name, email: row.email },
    returnTo: row.return_to,
    hasSecondFactor: row.enrolled_at !== null,
    offeredSecret: row.offered_secret,
    hasLongPassword: row.long_password_at !== null,
  };
}

/** Ends it, so that it becomes one session at most. False when another request was first. */
export async function endPendingSignIn(scope: InstallationScope, id: string): Promise<boolean> {
  const done = await scope.db.deleteFrom("pending_sign_ins").where("id", "=", id).executeTakeFirst();
  return done.numDeletedRows === 1n;
}
