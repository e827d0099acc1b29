/** Links by which a person sets a password: forgotten, given by an administrator, or the first one of somebody new. */
import "~/features/sign-in/tables";
import { listPlacesOf } from "~/features/accounts/members.server";
import { voidPasswordLinks } from "~/features/accounts/password-tokens.server";
import { attempt, type PutOff } from "~/features/sign-in/attempts.server";
import { hashPassword, judgePassword, storePasswordHash } from "~/features/sign-in/passwords.server";
import { MIN_PASSWORD, passwordLength, type PasswordProblem } from "~/features/sign-in/password-rules";
import { startPendingSignIn } from "~/features/sign-in/pending.server";
import { recordForPerson } from "~/features/sign-in/person-events.server";
import { tokenHash } from "~/features/sign-in/sessions.server";
import { tellPerson } from "~/features/sign-in/tell-person.server";
import { overall, perAddress } from "~/features/sign-in/throttle";
import { networkOf, type Throttle, throttleKey } from "~/features/sign-in/throttles.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newToken } from "~/platform/encryption.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";
import { DAY_MS, HOUR_MS, later } from "~/platform/time";

export const RESET_MS = HOUR_MS;
/** The first password of somebody new. */
export const FIRST_PASSWORD_MS = 7 * DAY_MS;

/** Makes a link for the person and returns its secret, which is nowhere else. Older ones of theirs are void. */
export async function makePasswordLink(scope: InstallationScope, userId: string, lifetimeMs: number): Promise<string> {
  const token = newToken();
  const now = scope.clock.now();
  return inTransaction(scope, async (scope) => {
    await voidPasswordLinks(scope, userId);
    await scope.db
      .insertInto("tokens")
      .values({
        hash: tokenHash(token),
        purpose: "password",
        account: null,
        user_id: userId,
        created_at: now,
        expires_at: later(now, lifetimeMs),
        used_at: null,
      })
      .execute();
    return token;
  });
}

export interface PasswordLink {
  state: "open" | "spent" | "expired";
  user: UserFacts;
  hasSecondFactor: boolean;
}

/** Null for a link that was never one, or whose person can sign in nowhere any more. */
export async function findPasswordLink(scope: InstallationScope, token: string): Promise<PasswordLink | null> {
  const row = await scope.db
    .selectFrom("tokens")
    .innerJoin("users", "users.id", "tokens.user_id")
    .leftJoin("second_factors", "second_factors.user_id", "users.id")
    .select(["users.id", "users.name", "users.email", "tokens.used_at", "tokens.expires_at"])
    .select("second_factors.enrolled_at")
    .where("tokens.hash", "=", tokenHash(token))
    .where("tokens.purpose", "=", "password")
    .where("users.disabled_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  return {
    state: row.used_at ? "spent" : row.expires_at <= scope.clock.now() ? "expired" : "open",
    user: { id: row.id, name: row.name, email: row.email },
    hasSecondFactor: row.enrolled_at !== null,
  };
}

/** One network address, and all together: a link cannot be guessed, but each try with one costs a hash. */
export function linkThrottles({ keys, address }: InstallationScope): Throttle[] {
  return [
    { key: throttleKey(keys, "link", networkOf(address)), rule: perAddress },
    { key: throttleKey(keys, "overall", "link"), rule: overall },
  ];
}

export type PasswordSet =
  | { ok: true; pendingToken: string; hasSecondFactor: boolean }
  | { ok: false; reason: "gone" }
  | { ok: false; reason: "password"; problem: PasswordProblem; hasSecondFactor: boolean }
  | PutOff;

/**
 * Sets the password that a link is for, ends all sessions of the person and tells them. The second factor comes next as
 * it does after any password: a link never takes its place.
 */
export function setPasswordByLink(scope: InstallationScope, token: string, password: string): Promise<PasswordSet> {
  return attempt<PasswordSet>(scope, linkThrottles(scope), async () => {
    const link = await findPasswordLink(scope, token);
    if (link?.state !== "open") return { ok: false, reason: "gone" };
    const { user, hasSecondFactor } = link;
    const words = (await listPlacesOf(scope, user.id)).map(({ account }) => account.name);
    const problem = await judgePassword(password, { user, hasSecondFactor, words });
    if (problem) return { ok: false, reason: "password", problem, hasSecondFactor };
    const hash = await hashPassword(scope.keys, password);
    return inTransaction(scope, async (scope): Promise<PasswordSet> => {
      if (!(await spend(scope, token))) return { ok: false, reason: "gone" };
      await storePasswordHash(scope, user.id, hash);
      await scope.db.deleteFrom("sessions").where("user_id", "=", user.id).execute();
      await scope.db.deleteFrom("pending_sign_ins").where("user_id", "=", user.id).execute();
      await tellPerson(scope, user, passwordSet);
      await recordForPerson(scope, user, { action: "person.password-reset" });
      const longPassword = passwordLength(password) >= MIN_PASSWORD;
      const start = { userId: user.id, returnTo: null, needsSecondFactor: !hasSecondFactor, longPassword };
      return { ok: true, pendingToken: await startPendingSignIn(scope, start), hasSecondFactor };
    });
  });
}

async function spend(scope: InstallationScope, token: string): Promise<boolean> {
  const now = scope.clock.now();
  const spent = await scope.db
    .updateTable("tokens")
    .set({ used_at: now })
    .where("hash", "=", tokenHash(token))
    .where("purpose", "=", "password")
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return spent.numUpdatedRows === 1n;
}

const passwordSet = {
  subject: "Your password was changed",
  purpose: "password-changed",
  paragraphs: [
    "The password that you sign in to Tallybook with has just been changed by a link that was made for you.",
    "Everywhere you were signed in, you are signed out.",
  ],
  afterLink: ["If this was not you, tell an administrator of your firm at once."],
};
