import { recordForPerson } from "~/features/sign-in/person-events.server";
import { endSession } from "~/features/sign-in/sessions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

/** Ends the session of this token for good. Nothing to end is no error: signing out always works. */
export function signOut(scope: InstallationScope, token: string): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const ended = await endSession(scope, token);
    if (!ended) return;
    const user = await scope.db
      .selectFrom("users")
      .select(["id", "name", "email"])
      .where("id", "=", ended.userId)
      .executeTakeFirst();
    if (user) await recordForPerson(scope, user, { action: "person.signed-out" });
    scope.log.info({ userId: ended.userId }, "Signed out");
  });
}
