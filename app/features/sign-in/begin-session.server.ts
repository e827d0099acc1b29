/** What both ways to the end of a sign-in have in common: a session, a browser that is known from now on, and its record. */
import "~/features/sign-in/tables";
import { rememberDevice } from "~/features/sign-in/known-devices.server";
import { type PendingSignIn } from "~/features/sign-in/pending.server";
import { recordForPerson } from "~/features/sign-in/person-events.server";
import { makeRecoveryCodes } from "~/features/sign-in/recovery-codes.server";
import { endSession, startSession } from "~/features/sign-in/sessions.server";
import { type InstallationScope } from "~/platform/scope.server";

/** What the browser brings to the second step. */
export interface Browser {
  pendingToken: string;
  deviceToken: string | null;
  /** A session this browser still had: it ends. */
  oldSessionToken: string | null;
  /** What the browser calls itself. */
  device: string | null;
}

export interface SignedIn {
  ok: true;
  sessionToken: string;
  deviceToken: string;
  returnTo: string | null;
}

export type LastStep = "code" | "recovery-code" | "enrolment" | "password-alone";

/** What each way of the last step is called in the accounts' history. */
const eventNames: Record<LastStep, string> = {
  code: "person.signed-in",
  "recovery-code": "person.signed-in-with-recovery-code",
  enrolment: "person.second-factor-set-up",
  "password-alone": "person.signed-in-without-second-factor",
};

/** In the caller's transaction, which has ended the pending sign-in. */
export async function beginSession(
  scope: InstallationScope,
  { user, returnTo }: PendingSignIn,
  { device, deviceToken, oldSessionToken }: Browser,
  step: LastStep,
): Promise<SignedIn> {
  if (oldSessionToken) await endSession(scope, oldSessionToken);
  const session = await startSession(scope, user.id, device, { singleFactor: step === "password-alone" });
  const remembered = await rememberDevice(scope, user.id, deviceToken);
  if (step === "enrolment") await makeRecoveryCodes(scope, user.id, session.id);
  const signedInAt = { last_signed_in_at: scope.clock.now() };
  await scope.db.updateTable("users").set(signedInAt).where("id", "=", user.id).execute();
  await recordForPerson(scope, user, { action: eventNames[step] });
  scope.log.info({ userId: user.id, reason: step }, "Signed in");
  return { ok: true, sessionToken: session.token, deviceToken: remembered, returnTo };
}
