/** Browsers on which a person has completed a sign-in. They open nothing; their attempts are counted apart (ASVS 6.1.1). */
import "~/features/sign-in/tables";
import { tokenHash } from "~/features/sign-in/sessions.server";
import { newToken } from "~/platform/encryption.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

const KNOWN_FOR_MS = 90 * DAY_MS;
/** Asked about when there is nobody: the same statement, no row. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

export async function isKnownDevice(
  scope: InstallationScope,
  userId: string | null,
  token: string | null,
): Promise<boolean> {
  const row = await scope.db
    .selectFrom("known_devices")
    .select("user_id")
    .where("token_hash", "=", tokenHash(token ?? ""))
    .where("user_id", "=", userId ?? NOBODY)
    .where("expires_at", ">", scope.clock.now())
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that this person signed in here; returns the browser's token. A browser shared by two people has one token. */
export async function rememberDevice(scope: InstallationScope, userId: string, token: string | null): Promise<string> {
  const now = scope.clock.now();
  const kept = token && (await isOurs(scope, token)) ? token : newToken();
  const expires = { expires_at: later(now, KNOWN_FOR_MS) };
  await scope.db
    .insertInto("known_devices")
    .values({ token_hash: tokenHash(kept), user_id: userId, created_at: now, ...expires })
    .onConflict((conflict) => conflict.columns(["token_hash", "user_id"]).doUpdateSet(expires))
    .execute();
  return kept;
}

async function isOurs(scope: InstallationScope, token: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("known_devices")
    .select("user_id")
    .where("token_hash", "=", tokenHash(token))
    .executeTakeFirst();
  return row !== undefined;
}
