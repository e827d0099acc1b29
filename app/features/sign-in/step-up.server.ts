/**
 * What somebody who is signed in may do to their own sign-in, each after giving password and code once more (ASVS 6.2.3,
 * 7.5.1): another password, another authenticator app, new recovery codes. Then all other sessions end.
 */
import "~/features/sign-in/tables";
import { hashPassword, judgePassword, storePasswordHash, verifyPassword } from "~/features/sign-in/passwords.server";
import { type PasswordProblem } from "~/features/sign-in/password-rules";
import { recordForPerson } from "~/features/sign-in/person-events.server";
import { makeRecoveryCodes, spendRecoveryCode } from "~/features/sign-in/recovery-codes.server";
import { acceptOffer, newOffer, spendCode } from "~/features/sign-in/second-factor.server";
import { revokeOtherSessions, rotateSession, type Visitor } from "~/features/sign-in/sessions.server";
import { type TooMany } from "~/features/sign-in/sign-in.server";
import { perCode } from "~/features/sign-in/throttle";
import { countAttempt, settleAttempts, throttleKey } from "~/features/sign-in/throttles.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

export interface Proof {
  password: string;
  /** Of the authenticator app, or a recovery code. */
  code: string;
}

export type ProofRefusal = { ok: false; reason: "wrong-password" | "wrong-code" } | TooMany;

/** Whether this is the person who signed in. Spends the code. */
async function checkProof(
  scope: InstallationScope,
  { user }: Visitor,
  proof: Proof,
): Promise<{ ok: true } | ProofRefusal> {
  const throttle = { key: throttleKey(scope.keys, "step-up", user.id), rule: perCode };
  const counted = await countAttempt(scope, [throttle]);
  if (!counted.ok) return { ...counted, reason: "too-many" };
  const stored = await scope.db
    .selectFrom("passwords")
    .select("hash")
    .where("user_id", "=", user.id)
    .executeTakeFirst();
  if (!(await verifyPassword(scope.keys, proof.password, stored?.hash ?? null))) {
    return { ok: false, reason: "wrong-password" };
  }
  return inTransaction(scope, async (scope) => {
    const isRight =
      (await spendCode(scope, user.id, proof.code)) || (await spendRecoveryCode(scope, user.id, proof.code));
    if (!isRight) return { ok: false, reason: "wrong-code" } as const;
    await settleAttempts(scope, { forget: [throttle] });
    return { ok: true } as const;
  });
}

/** What is left of the session when something of its person's sign-in has changed: a new token for it, the others ended. */
async function renewSessions(scope: InstallationScope, { user, sessionId }: Visitor): Promise<string> {
  await revokeOtherSessions(scope, user.id, sessionId);
  await scope.db.deleteFrom("pending_sign_ins").where("user_id", "=", user.id).execute();
  const token = await rotateSession(scope, sessionId);
  if (token === null) throw new Error("The session ended while its person was changing it");
  return token;
}

export type Changed = { ok: true; sessionToken: string };

/** Sets another password. */
export async function changePassword(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
  newPassword: string,
): Promise<Changed | ProofRefusal | { ok: false; reason: "password"; problem: PasswordProblem }> {
  const problem = await judgePassword(newPassword, { user: visitor.user, hasSecondFactor: true });
  if (problem) return { ok: false, reason: "password", problem };
  const proven = await checkProof(scope, visitor, proof);
  if (!proven.ok) return proven;
  const hash = await hashPassword(scope.keys, newPassword);
  return inTransaction(scope, async (scope) => {
    await storePasswordHash(scope, visitor.user.id, hash);
    await recordForPerson(scope, visitor.user, { action: "person.password-changed" });
    return { ok: true, sessionToken: await renewSessions(scope, visitor) };
  });
}

/** Lays a secret for another authenticator app into the session. */
export async function offerAuthenticator(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
): Promise<{ ok: true } | ProofRefusal> {
  const proven = await checkProof(scope, visitor, proof);
  if (!proven.ok) return proven;
  const holder = { table: "sessions", id: visitor.sessionId, userId: visitor.user.id } as const;
  await scope.db
    .updateTable("sessions")
    .set({ offered_secret: newOffer(scope.keys, holder) })
    .where("id", "=", visitor.sessionId)
    .execute();
  return { ok: true };
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
): Promise<Changed | { ok: false; reason: "wrong-code" | "expired" } | TooMany> {
  const offered = await findOffer(scope, visitor);
  if (!offered) return { ok: false, reason: "expired" };
  const throttle = { key: throttleKey(scope.keys, "step-up", visitor.user.id), rule: perCode };
  const counted = await countAttempt(scope, [throttle]);
  if (!counted.ok) return { ...counted, reason: "too-many" };
  const { user, sessionId } = visitor;
  return inTransaction(scope, async (scope) => {
    const isRight = await acceptOffer(scope, { table: "sessions", id: sessionId, userId: user.id }, offered, code);
    if (!isRight) return { ok: false, reason: "wrong-code" } as const;
    await scope.db.updateTable("sessions").set({ offered_secret: null }).where("id", "=", sessionId).execute();
    await makeRecoveryCodes(scope, user.id, sessionId);
    await recordForPerson(scope, user, { action: "person.second-factor-replaced" });
    await settleAttempts(scope, { forget: [throttle] });
    return { ok: true, sessionToken: await renewSessions(scope, visitor) };
  });
}

/** Makes ten new recovery codes; the older ones are void. */
export async function renewRecoveryCodes(
  scope: InstallationScope,
  visitor: Visitor,
  proof: Proof,
): Promise<{ ok: true } | ProofRefusal> {
  const proven = await checkProof(scope, visitor, proof);
  if (!proven.ok) return proven;
  return inTransaction(scope, async (scope) => {
    await makeRecoveryCodes(scope, visitor.user.id, visitor.sessionId);
    await recordForPerson(scope, visitor.user, { action: "person.recovery-codes-renewed" });
    return { ok: true };
  });
}
