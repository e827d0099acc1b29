import "~/features/accounts/tables";
import "~/features/sign-in/tables";
import { SESSION_IDLE_MS } from "~/features/sign-in/sessions.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

const LINKS_KNOWN_MS = 30 * DAY_MS;

/** Removes the rows of sign-ins that have had their time. They counted for nothing already; now nobody keeps them either. */
export async function removeExpiredSignIns({ db, clock }: InstallationScope): Promise<void> {
  const now = clock.now();
  await db
    .deleteFrom("sessions")
    .where((eb) => eb.or([eb("expires_at", "<=", now), eb("seen_at", "<=", later(now, -SESSION_IDLE_MS))]))
    .execute();
  await db.deleteFrom("pending_sign_ins").where("expires_at", "<=", now).execute();
  // Links are known a while longer, so that their page can say that their time is over.
  const longOver = later(now, -LINKS_KNOWN_MS);
  await db.deleteFrom("tokens").where("expires_at", "<=", longOver).execute();
  await db.deleteFrom("invitations").where("expires_at", "<=", longOver).execute();
  await db.deleteFrom("link_requests").where("created_at", "<=", longOver).execute();
  await db.deleteFrom("known_devices").where("expires_at", "<=", now).execute();
  await db
    .deleteFrom("throttles")
    .where("resets_at", "<=", now)
    .where((eb) => eb.or([eb("wait_until", "is", null), eb("wait_until", "<=", now)]))
    .execute();
}
