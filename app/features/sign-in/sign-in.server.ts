/**
 * Signing in: a password, then a code. Both steps count the attempt before they look at it, answer alike whoever is
 * meant and whatever is wrong, and leave nothing but a row that can be taken back.
 */
import "~/features/sign-in/tables";
import { emailKey } from "~/features/accounts/account";
import { attempt, type PutOff } from "~/features/sign-in/attempts.server";
import { beginSession, type Browser, type LastStep, type SignedIn } from "~/features/sign-in/begin-session.server";
import { isKnownDevice } from "~/features/sign-in/known-devices.server";
import { MIN_PASSWORD, passwordLength } from "~/features/sign-in/password-rules";
import { renewHash, verifyPassword } from "~/features/sign-in/passwords.server";
import {
  endPendingSignIn,
  findPendingSignIn,
  type PendingSignIn,
  startPendingSignIn,
} from "~/features/sign-in/pending.server";
import { recordForPerson } from "~/features/sign-in/person-events.server";
import { spendRecoveryCode } from "~/features/sign-in/recovery-codes.server";
import { acceptOffer, spendCode } from "~/features/sign-in/second-factor.server";
import { tokenHash } from "~/features/sign-in/sessions.server";
import { overall, perAddress, perCode, perPerson } from "~/features/sign-in/throttle";
import { networkOf, settleAttempts, type Throttle, throttleKey } from "~/features/sign-in/throttles.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

export interface PasswordAttempt {
  email: string;
  password: string;
  /** The token of this browser's `device` cookie. */
  deviceToken: string | null;
  /** A path of ours, checked before. */
  returnTo: string | null;
}

export type PasswordOutcome =
  { ok: true; pendingToken: string; hasSecondFactor: boolean } | { ok: false; reason: "wrong" } | PutOff;

/** The first step. `wrong` stands for a wrong password, nobody of that address, no password, and a disabled person alike. */
export async function tryPassword(scope: InstallationScope, attempted: PasswordAttempt): Promise<PasswordOutcome> {
  const person = await findCredentials(scope, attempted.email);
  const isKnown = await isKnownDevice(scope, person?.id ?? null, attempted.deviceToken);
  const { own, shared } = passwordThrottles(scope, attempted, isKnown);
  return attempt<PasswordOutcome>(scope, [own, ...shared], async () => {
    const hash = await fittingHash(scope, person, attempted.password);
    if (!person || hash === null) {
      scope.log.warn({ reason: "wrong" }, "Sign-in refused");
      return { ok: false, reason: "wrong" };
    }
    await renewHash(scope, person.id, attempted.password, hash);
    const hasSecondFactor = person.enrolledAt !== null;
    const start = {
      userId: person.id,
      returnTo: attempted.returnTo,
      needsSecondFactor: !hasSecondFactor,
      longPassword: passwordLength(attempted.password) >= MIN_PASSWORD,
    };
    const pendingToken = await inTransaction(scope, async (scope) => {
      await settleAttempts(scope, { forget: [own], giveBack: shared });
      return startPendingSignIn(scope, start);
    });
    return { ok: true, pendingToken, hasSecondFactor };
  });
}

type Credentials = Awaited<ReturnType<typeof findCredentials>>;

/** The stored hash when the password fits it; null in all other cases, after the same time. */
async function fittingHash(scope: InstallationScope, person: Credentials, password: string): Promise<string | null> {
  const hash = person && person.disabledAt === null ? person.hash : null;
  return (await verifyPassword(scope.keys, password, hash)) ? hash : null;
}

async function findCredentials(scope: InstallationScope, email: string) {
  return scope.db
    .selectFrom("users")
    .leftJoin("passwords", "passwords.user_id", "users.id")
    .leftJoin("second_factors", "second_factors.user_id", "users.id")
    .select([
      "users.id",
      "users.disabled_at as disabledAt",
      "passwords.hash",
      "second_factors.enrolled_at as enrolledAt",
    ])
    .where("users.email_key", "=", emailKey(email))
    .executeTakeFirst();
}

/** A browser known to the person has a count of its own, which strangers cannot use up; all others share three. */
function passwordThrottles(
  { keys, address }: InstallationScope,
  { email, deviceToken }: PasswordAttempt,
  isKnown: boolean,
): { own: Throttle; shared: Throttle[] } {
  const who = emailKey(email);
  if (isKnown && deviceToken) {
    return {
      own: { key: throttleKey(keys, "device", `${who} ${tokenHash(deviceToken)}`), rule: perPerson },
      shared: [],
    };
  }
  return {
    own: { key: throttleKey(keys, "person", who), rule: perPerson },
    shared: [
      { key: throttleKey(keys, "address", networkOf(address)), rule: perAddress },
      { key: throttleKey(keys, "overall", "passwords"), rule: overall },
    ],
  };
}

/** `expired`: more than ten minutes, or finished elsewhere; begin with the password again. */
export type SecondStepRefusal = { ok: false; reason: "wrong-code" | "expired" } | PutOff;

/** The second step with a code of the authenticator app. */
export function trySecondFactor(scope: InstallationScope, browser: Browser, code: string) {
  return secondStep(scope, browser, "code", (scope, { user }) => spendCode(scope, user.id, code));
}

/** The second step with a recovery code. */
export function tryRecoveryCode(scope: InstallationScope, browser: Browser, code: string) {
  return secondStep(scope, browser, "recovery-code", (scope, { user }) => spendRecoveryCode(scope, user.id, code));
}

/** The second step of who has no second factor yet: the first code of the app just set up. Recovery codes wait in the session. */
export function tryEnrolment(scope: InstallationScope, browser: Browser, code: string) {
  return secondStep(scope, browser, "enrolment", async (scope, pending) => {
    const holder = { table: "pending_sign_ins", id: pending.id, userId: pending.user.id } as const;
    return pending.offeredSecret !== null && acceptOffer(scope, holder, pending.offeredSecret, code);
  });
}

async function secondStep(
  scope: InstallationScope,
  browser: Browser,
  kind: LastStep,
  isRight: (scope: InstallationScope, pending: PendingSignIn) => Promise<boolean>,
): Promise<SignedIn | SecondStepRefusal> {
  const pending = await findPendingSignIn(scope, browser.pendingToken);
  if (!pending) return { ok: false, reason: "expired" };
  const throttles = await codeThrottles(scope, pending, browser.deviceToken);
  return attempt(scope, throttles, () =>
    inTransaction(scope, async (scope): Promise<SignedIn | SecondStepRefusal> => {
      if (!(await isRight(scope, pending))) {
        scope.log.warn({ reason: kind, userId: pending.user.id }, "Second factor refused");
        await recordForPerson(scope, pending.user, { action: "person.second-factor-refused" });
        return { ok: false, reason: "wrong-code" };
      }
      if (!(await endPendingSignIn(scope, pending.id))) return { ok: false, reason: "expired" };
      await settleAttempts(scope, { forget: throttles });
      return beginSession(scope, pending, browser, kind);
    }),
  );
}

/** Failures stay counted when the password is given anew: else the code could be guessed five at a time. */
async function codeThrottles(
  scope: InstallationScope,
  { id, user }: PendingSignIn,
  deviceToken: string | null,
): Promise<Throttle[]> {
  const isKnown = await isKnownDevice(scope, user.id, deviceToken);
  const who = isKnown && deviceToken ? `${user.id} ${tokenHash(deviceToken)}` : user.id;
  return [
    { key: throttleKey(scope.keys, "code", who), rule: perCode },
    { key: throttleKey(scope.keys, "pending", id), rule: perCode },
  ];
}
