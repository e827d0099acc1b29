/** Trying a secret: counted before anybody looks at it, and put off where it is tried too often or too many wait. */
import { HashingBusyError } from "~/features/sign-in/passwords.server";
import { countAttempt, settleAttempts, type Throttle } from "~/features/sign-in/throttles.server";
import { type InstallationScope } from "~/platform/scope.server";

/** `busy`: too many passwords are being checked at this moment. Nothing was looked at, counted or changed. */
export type PutOff =
  | { ok: false; reason: "too-many"; retryAfterSeconds: number }
  | { ok: false; reason: "busy"; retryAfterSeconds: number };

const BUSY_SECONDS = 5;

/**
 * Counts an attempt on every throttle, then makes it. Who settles a right one is `make`. Whatever `make` hashes comes
 * before the first thing it writes or spends: an attempt that finds the hashing busy must leave nothing behind.
 */
export async function attempt<Outcome>(
  scope: InstallationScope,
  throttles: readonly Throttle[],
  make: () => Promise<Outcome>,
): Promise<Outcome | PutOff> {
  const counted = await countAttempt(scope, throttles);
  if (!counted.ok) return putOff(scope, "too-many", counted.retryAfterSeconds);
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof HashingBusyError)) throw error;
    await settleAttempts(scope, { forget: [], giveBack: throttles });
    return putOff(scope, "busy", BUSY_SECONDS);
  }
}

function putOff(scope: InstallationScope, reason: PutOff["reason"], retryAfterSeconds: number): PutOff {
  scope.log.warn({ reason }, "An attempt was put off");
  return { ok: false, reason, retryAfterSeconds };
}
