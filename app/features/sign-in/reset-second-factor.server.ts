/** A lost phone and no recovery codes: somebody's second factor is taken away, so that they set up another. */
import "~/features/sign-in/tables";
import { emailKey } from "~/features/accounts/account";
import { recordAboutPerson } from "~/features/sign-in/person-events.server";
import { tellPerson } from "~/features/sign-in/tell-person.server";
import { perCode } from "~/features/sign-in/throttle";
import { settleAttempts, throttleKey } from "~/features/sign-in/throttles.server";
import { type AuditFact } from "~/features/audit/audit.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

export type ResetOutcome =
  { ok: true; name: string; endedSessions: number } | { ok: false; reason: "nobody" | "not-set-up" };

/** By somebody on the server, for the person with this address. */
export function resetSecondFactor(scope: InstallationScope, email: string): Promise<ResetOutcome> {
  return inTransaction(scope, async (scope): Promise<ResetOutcome> => {
    const user = await scope.db
      .selectFrom("users")
      .select(["id", "name", "email"])
      .where("email_key", "=", emailKey(email))
      .executeTakeFirst();
    if (!user) return { ok: false, reason: "nobody" };
    const done = await takeSecondFactor(scope, user, (fact) => recordAboutPerson(scope, user.id, fact));
    return done.ok ? { ok: true, name: user.name, endedSessions: done.endedSessions } : done;
  });
}

/**
 * Takes away a person's authenticator app and recovery codes and ends whatever they are signed in to, in the caller's
 * transaction. Their next sign-in, with their password, sets up a new app. `record` writes it to the chains (ASVS
 * 6.4.4); the person is told by mail.
 */
export async function takeSecondFactor(
  scope: InstallationScope,
  user: UserFacts,
  record: (fact: AuditFact) => Promise<void>,
): Promise<{ ok: true; endedSessions: number } | { ok: false; reason: "not-set-up" }> {
  const removed = await scope.db.deleteFrom("second_factors").where("user_id", "=", user.id).executeTakeFirst();
  if (removed.numDeletedRows === 0n) return { ok: false, reason: "not-set-up" };
  await scope.db.deleteFrom("recovery_codes").where("user_id", "=", user.id).execute();
  await scope.db.deleteFrom("pending_sign_ins").where("user_id", "=", user.id).execute();
  const ended = await scope.db.deleteFrom("sessions").where("user_id", "=", user.id).executeTakeFirst();
  // Codes that were tried in vain before asking for help: the new app's first code does not wait for them.
  await settleAttempts(scope, { forget: [{ key: throttleKey(scope.keys, "code", user.id), rule: perCode }] });
  await tellPerson(scope, user, factorReset);
  const endedSessions = Number(ended.numDeletedRows);
  await record({ action: "person.second-factor-reset", counts: { sessions: endedSessions } });
  return { ok: true, endedSessions };
}

const factorReset = {
  subject: "Your second factor was reset",
  purpose: "second-factor-reset",
  paragraphs: [
    "Your authenticator app and your recovery codes no longer work for Tallybook, and you are signed out everywhere.",
    "The next time you sign in with your password, you set up a new authenticator app.",
  ],
  afterLink: ["If you did not ask for this, tell an administrator of your firm at once."],
};
