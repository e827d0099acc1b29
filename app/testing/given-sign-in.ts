/** People who can sign in: for tests, e2e and seeding. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { generateSync } from "otplib";
import { HashingBusyError, hashPassword, storePasswordHash } from "~/features/sign-in/passwords.server";
import { trySecondFactor, tryEnrolment, tryPassword } from "~/features/sign-in/sign-in.server";
import { findPendingSignIn } from "~/features/sign-in/pending.server";
import { findNewCodes } from "~/features/sign-in/recovery-codes.server";
import { openOffer } from "~/features/sign-in/second-factor.server";
import { findVisitor } from "~/features/sign-in/sessions.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

export const goodPassword = "four plain words in a row";

/** Gives a person a password without judging it. */
export async function givenPassword(scope: InstallationScope, user: UserFacts, password = goodPassword): Promise<void> {
  await storePasswordHash(scope, user.id, await hashPassword(scope.keys, password));
}

/** The code that an authenticator app shows at this moment of the scope's clock. */
export function codeNow(scope: Pick<InstallationScope, "clock">, secret: string, secondsLater = 0): string {
  return generateSync({ secret, epoch: Math.floor(Date.parse(scope.clock.now()) / 1_000) + secondsLater });
}

/** Goes through the password, and returns the pending token; throws when it is refused. */
export async function givenPending(
  scope: InstallationScope,
  user: UserFacts,
  options: { password?: string; deviceToken?: string | null; returnTo?: string | null } = {},
): Promise<string> {
  const outcome = await tryPassword(scope, {
    email: user.email,
    password: options.password ?? goodPassword,
    deviceToken: options.deviceToken ?? null,
    returnTo: options.returnTo ?? null,
  });
  if (!outcome.ok) throw new Error(`given: the password was refused, ${outcome.reason}`);
  return outcome.pendingToken;
}

export interface Enrolled {
  totpSecret: string;
  sessionToken: string;
  deviceToken: string;
  recoveryCodes: string[];
}

/** A first sign-in of a person who has a password: sets up the second factor. */
export async function givenEnrolled(scope: InstallationScope, user: UserFacts): Promise<Enrolled> {
  const pendingToken = await givenPending(scope, user);
  const pending = await findPendingSignIn(scope, pendingToken);
  if (!pending?.offeredSecret) throw new Error("given: there is a second factor already");
  const holder = { table: "pending_sign_ins", id: pending.id, userId: user.id } as const;
  const totpSecret = openOffer(scope.keys, holder, pending.offeredSecret);
  const done = await tryEnrolment(scope, browser(pendingToken), codeNow(scope, totpSecret));
  if (!done.ok) throw new Error(`given: enrolment was refused, ${done.reason}`);
  const { sessionToken, deviceToken } = done;
  const visitor = await findVisitor(scope, sessionToken);
  const recoveryCodes = (await findNewCodes(scope, user.id, visitor?.sessionId ?? "")) ?? [];
  return { totpSecret, sessionToken, deviceToken, recoveryCodes };
}

/** A whole sign-in of an enrolled person, 30 seconds later than any before (a code counts once). */
export async function givenSession(scope: InstallationScope, user: UserFacts, totpSecret: string): Promise<string> {
  const pendingToken = await givenPending(scope, user);
  const done = await trySecondFactor(scope, browser(pendingToken), codeNow(scope, totpSecret));
  if (!done.ok) throw new Error(`given: the code was refused, ${done.reason}`);
  return done.sessionToken;
}

/** What a browser without other cookies brings to the second step. */
export function browser(pendingToken: string, deviceToken: string | null = null) {
  return { pendingToken, deviceToken, oldSessionToken: null, device: "Firefox on a laptop" };
}

/** More than the hashing threads have in hand and in their queue. */
const MANY = 40;

/** Does something while so many passwords are being hashed that there is no place in the queue. */
export async function whileHashing<Outcome>({ keys }: Pick<InstallationScope, "keys">, work: () => Promise<Outcome>) {
  let lasts = true;
  const fill = async () => {
    while (lasts) {
      await hashPassword(keys, goodPassword).catch(async (error: unknown) => {
        if (!(error instanceof HashingBusyError)) throw error;
        await nextTurn();
      });
    }
  };
  const filling = Promise.all(Array.from({ length: MANY }, fill));
  try {
    return await work();
  } finally {
    lasts = false;
    await filling;
  }
}
