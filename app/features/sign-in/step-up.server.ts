/**
 * What somebody who is signed in may do to their own sign-in, each after giving password and code once more (ASVS 6.2.3,
 * 7.5.1, 7.5.2): another password, another authenticator app, new recovery codes; then all other sessions end. And
 * ending sessions by itself.
 */
import "~/features/sign-in/tables";
import { listPlacesOf } from "~/features/accounts/members.server";
import { attempt, type PutOff } from "~/features/sign-in/attempts.server";
import { hashPassword, judgePassword, storePasswordHash, verifyPassword } from "~/features/sign-in/passwords.server";
import { type PasswordProblem } from "~/features/sign-in/password-rules";
import { recordForPerson } from "~/features/sign-in/person-events.server";
import { makeRecoveryCodes, spendRecoveryCode } from "~/features/sign-in/recovery-codes.server";
import { acceptOffer, hasSecondFactor, newOffer, spendCode } from "~/features/sign-in/second-factor.server";
import { revokeOtherSessions, revokeSession, rotateSession, type Visitor } from "~/features/sign-in/sessions.server";
import { perCode } from "~/features/sign-in/throttle";
import { settleAttempts, type Throttle, throttleKey } from "~/features/sign-in/throttles.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

export interface Proof {
  password: string;
  /** Of the authenticator app, or a recovery code. */
  code: string;
}

export type ProofRefusal = { ok: false; reason: "wrong-password" | "wrong-code" } | PutOff;

type Deed<Outcome> = (scope: InstallationScope) => Promise<Outcome>;

function throttleOf({ keys }: InstallationScope, { user }: Visitor): Throttle {
  return { key: throttleKey(keys, "step-up", user.id), rule: perCode };
}

/**
 * Does something for the person who signed in and nobody else. `prepare` comes after the password was right, and
 * returns what is then done in one transaction with spending the code: both or neither.
 */
export function proven<Outcome>(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
  prepare: () => Promise<Deed<Outcome>> | Deed<Outcome>,
): Promise<Outcome | ProofRefusal> {
  const { id } = visitor.user;
  const throttle = throttleOf(scope, visitor);
  return attempt<Outcome | ProofRefusal>(scope, [throttle], async () => {
    const stored = await scope.db.selectFrom("passwords").select("hash").where("user_id", "=", id).executeTakeFirst();
    if (!(await verifyPassword(scope.keys, proof.password, stored?.hash ?? null))) {
      return { ok: false, reason: "wrong-password" };
    }
    const deed = await prepare();
    return inTransaction(scope, async (scope) => {
      if (!(await hasRightCode(scope, id, proof.code))) return { ok: false, reason: "wrong-code" } as const;
      await settleAttempts(scope, { forget: [throttle] });
      return deed(scope);
    });
  });
}

/** Who goes on without a second factor (where nobody asks for one) has no code to give: the password is all there is. */
async function hasRightCode(scope: InstallationScope, userId: string, code: string): Promise<boolean> {
  if (!(await hasSecondFactor(scope, userId))) return true;
  return (await spendCode(scope, userId, code)) || (await spendRecoveryCode(scope, userId, code));
}

export interface Changed {
  ok: true;
  /** This session's new token: the older one is dead. */
  sessionToken: string;
  /** How many other sessions ended. */
  ended: number;
}

/** What is left of the session when something of its person's sign-in has changed: a new token for it, the others ended. */
async function renewSessions(scope: InstallationScope, { user, sessionId }: Visitor): Promise<Changed> {
  const ended = await revokeOtherSessions(scope, user.id, sessionId);
  await scope.db.deleteFrom("pending_sign_ins").where("user_id", "=", user.id).execute();
  const sessionToken = await rotateSession(scope, sessionId);
  if (sessionToken === null) throw new Error("The session ended while its person was changing it");
  return { ok: true, sessionToken, ended };
}

/** Sets another password. */
export async function changePassword(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
  newPassword: string,
): Promise<Changed | ProofRefusal | { ok: false; reason: "password"; problem: PasswordProblem }> {
  const { user } = visitor;
  const words = (await listPlacesOf(scope, user.id)).map(({ account }) => account.name);
  const problem = await judgePassword(newPassword, {
    user,
    hasSecondFactor: await hasSecondFactor(scope, user.id),
    words,
  });
  if (problem) return { ok: false, reason: "password", problem };
  return proven(scope, visitor, proof, async () => {
    const hash = await hashPassword(scope.keys, newPassword);
    return async (scope) => {
      await storePasswordHash(scope, user.id, hash);
      await recordForPerson(scope, user, { action: "person.password-changed" });
      return renewSessions(scope, visitor);
    };
  });
}

/** Lays a secret for another authenticator app into the session. */
export function offerAuthenticator(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
): Promise<{ ok: true } | ProofRefusal> {
  const { sessionId, user } = visitor;
  return proven(scope, visitor, proof, () => async (scope) => {
    const offered = newOffer(scope.keys, { table: "sessions", id: sessionId, userId: user.id });
    await scope.db.updateTable("sessions").set({ offered_secret: offered }).where("id", "=", sessionId).execute();
    return { ok: true };
  });
}

/** The sealed secret that was laid into this session, or null. */
export async function findOffer(scope: InstallationScope, { sessionId }: Visitor): Promise<string | null> {
  const row = await scope.db
    .selectFrom("sessions")
    .select("offered_secret")
    .where("id", "=", sessionId)
    .executeTakeFirst();
  return row?.offered_secret ?? null;
}

/** Puts the offered app in the place of the older one, once it shows a valid code; the older recovery codes are void. */
export async function replaceAuthenticator(
  scope: InstallationScope,
  visitor: Visitor,
  code: string,
): Promise<Changed | { ok: false; reason: "wrong-code" | "expired" } | PutOff> {
  const offered = await findOffer(scope, visitor);
  if (!offered) return { ok: false, reason: "expired" };
  const throttle = throttleOf(scope, visitor);
  const { user, sessionId } = visitor;
  return attempt(scope, [throttle], () =>
    inTransaction(scope, async (scope) => {
      const isRight = await acceptOffer(scope, { table: "sessions", id: sessionId, userId: user.id }, offered, code);
      if (!isRight) return { ok: false, reason: "wrong-code" } as const;
      await scope.db
        .updateTable("sessions")
        .set({ offered_secret: null, single_factor_at: null })
        .where("id", "=", sessionId)
        .execute();
      await makeRecoveryCodes(scope, user.id, sessionId);
      await recordForPerson(scope, user, { action: "person.second-factor-replaced" });
      await settleAttempts(scope, { forget: [throttle] });
      return renewSessions(scope, visitor);
    }),
  );
}

/** Makes ten new recovery codes; the older ones are void. */
export function renewRecoveryCodes(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
): Promise<Changed | ProofRefusal> {
  return proven(scope, visitor, proof, () => async (scope) => {
    await makeRecoveryCodes(scope, visitor.user.id, visitor.sessionId);
    await recordForPerson(scope, visitor.user, { action: "person.recovery-codes-renewed" });
    return renewSessions(scope, visitor);
  });
}

/** Ends all other sessions of the person. */
export function endOtherSessions(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
): Promise<Changed | ProofRefusal> {
  return proven(scope, visitor, proof, () => async (scope) => {
    const done = await renewSessions(scope, visitor);
    const counts = { sessions: done.ended };
    await recordForPerson(scope, visitor.user, { action: "person.other-sessions-ended", counts });
    return done;
  });
}

/** Ends one session of the person, if it is theirs and not over. */
export function endOneSession(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
  sessionId: string,
): Promise<{ ok: true } | ProofRefusal> {
  return proven(scope, visitor, proof, () => async (scope) => {
    // Ended meanwhile, by itself or from another browser: then there is nothing to tell.
    if (await revokeSession(scope, visitor.user.id, sessionId)) {
      await recordForPerson(scope, visitor.user, { action: "person.session-ended", subject: { sessionId } });
    }
    return { ok: true };
  });
}
