/** A person's recovery codes: made ten at a time, shown until the person has them, each good for one sign-in. */
import "~/features/sign-in/tables";
import { newCode, readCode, RECOVERY_CODE_COUNT } from "~/features/sign-in/recovery-code";
import { tokenHash } from "~/features/sign-in/sessions.server";
import { seal, type SealedPlace, unseal } from "~/platform/encryption.server";
import { type InstallationScope } from "~/platform/scope.server";

export function newCodesPlace(userId: string, sessionId: string): SealedPlace {
  return { ownerId: userId, rowId: sessionId, field: "sessions.new_codes" };
}

/**
 * Makes ten new codes; the older ones are void. Of the codes only hashes are kept, and, sealed in this session until
 * the person says to have them, the texts: a page that never arrived costs nobody their codes.
 */
export async function makeRecoveryCodes(scope: InstallationScope, userId: string, sessionId: string): Promise<void> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, newCode);
  const now = scope.clock.now();
  await scope.db.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
  await scope.db
    .insertInto("recovery_codes")
    .values(codes.map((code) => ({ user_id: userId, hash: tokenHash(code), created_at: now, used_at: null })))
    .execute();
  const sealed = seal(scope.keys, newCodesPlace(userId, sessionId), codes.join(" "));
  await scope.db.updateTable("sessions").set({ new_codes: sealed }).where("id", "=", sessionId).execute();
}

/** The codes that this session still has to show, or null. */
export async function findNewCodes(
  scope: InstallationScope,
  userId: string,
  sessionId: string,
): Promise<string[] | null> {
  const row = await scope.db.selectFrom("sessions").select("new_codes").where("id", "=", sessionId).executeTakeFirst();
  if (!row?.new_codes) return null;
  return unseal(scope.keys, newCodesPlace(userId, sessionId), row.new_codes).split(" ");
}

/** The person has the codes: they are not shown again. */
export async function putNewCodesAway(scope: InstallationScope, sessionId: string): Promise<void> {
  await scope.db.updateTable("sessions").set({ new_codes: null }).where("id", "=", sessionId).execute();
}

/** Whether this is one of the person's unused recovery codes; it is used from now on. */
export async function spendRecoveryCode(scope: InstallationScope, userId: string, typed: string): Promise<boolean> {
  const code = readCode(typed);
  if (code === null) return false;
  const spent = await scope.db
    .updateTable("recovery_codes")
    .set({ used_at: scope.clock.now() })
    .where("user_id", "=", userId)
    .where("hash", "=", tokenHash(code))
    .where("used_at", "is", null)
    .executeTakeFirst();
  return spent.numUpdatedRows === 1n;
}
