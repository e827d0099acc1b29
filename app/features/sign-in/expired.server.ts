import "~/features/sign-in/tables";
import { SESSION_IDLE_MS } from "~/features/sign-in/sessions.server";
import { type InstallationScope } from "~/platform/scope.server";
import { later } from "~/platform/time";

/** Removes the rows of sign-ins that have had their time. They counted for nothing already; now nobody keeps them either. */
export async function removeExpiredSignIns({ db, clock }: InstallationScope): Promise<void> {
  const now = clock.now();
  await db
    .deleteFrom("sessions")
    .where((eb) => eb.or([eb("expires_at", "<=", now), eb("seen_at", "<=", later(now, -SESSION_IDLE_MS))]))
    .execute();
  await db.deleteFrom("pending_sign_ins").where("expires_at", "<=", now).execute();
  await db.deleteFrom("tokens").where("expires_at", "<=", now).execute();
  await db.deleteFrom("known_devices").where("expires_at", "<=", now).execute();
  await db
    .deleteFrom("throttles")
    .where("resets_at", "<=", now)
    .where((eb) => eb.or([eb("wait_until", "is", null), eb("wait_until", "<=", now)]))
    .execute();
}
