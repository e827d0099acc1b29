/** A lost phone and no recovery codes: on the server, somebody's second factor is taken away, so that they set up another. */
import "~/features/sign-in/tables";
import { emailKey } from "~/features/accounts/account";
import { recordAboutPerson } from "~/features/sign-in/person-events.server";
import { perCode } from "~/features/sign-in/throttle";
import { settleAttempts, throttleKey } from "~/features/sign-in/throttles.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

export type ResetOutcome =
  { ok: true; name: string; endedSessions: number } | { ok: false; reason: "nobody" | "not-set-up" };

/**
 * Takes away a person's authenticator app and recovery codes and ends whatever they are signed in to. Their next
 * sign-in, with their password, sets up a new app. Written to the chain of each of their accounts (ASVS 6.4.4).
 */
export function resetSecondFactor(scope: InstallationScope, email: string): Promise<ResetOutcome> {
  return inTransaction(scope, async (scope): Promise<ResetOutcome> => {
    const user = await scope.db
      .selectFrom("users")
      .select(["id", "name"])
      .where("email_key", "=", emailKey(email))
      .executeTakeFirst();
    if (!user) return { ok: false, reason: "nobody" };
    const removed = await scope.db.deleteFrom("second_factors").where("user_id", "=", user.id).executeTakeFirst();
    if (removed.numDeletedRows === 0n) return { ok: false, reason: "not-set-up" };
    await scope.db.deleteFrom("recovery_codes").where("user_id", "=", user.id).execute();
    await scope.db.deleteFrom("pending_sign_ins").where("user_id", "=", user.id).execute();
    const ended = await scope.db.deleteFrom("sessions").where("user_id", "=", user.id).executeTakeFirst();
    // Codes that were tried in vain before asking for help: the new app's first code does not wait for them.
    await settleAttempts(scope, { forget: [{ key: throttleKey(scope.keys, "code", user.id), rule: perCode }] });
    const endedSessions = Number(ended.numDeletedRows);
    const counts = { sessions: endedSessions };
    await recordAboutPerson(scope, user.id, { action: "person.second-factor-reset", counts });
    return { ok: true, name: user.name, endedSessions };
  });
}
