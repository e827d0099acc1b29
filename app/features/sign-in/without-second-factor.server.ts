/** Going on with the password alone: for whom nobody asks for more, and whose password is long enough for it. */
import "~/features/sign-in/tables";
import { listPlacesOf } from "~/features/accounts/members.server";
import { mustHaveSecondFactor } from "~/features/accounts/second-factor-rule";
import { beginSession, type Browser, type SignedIn } from "~/features/sign-in/begin-session.server";
import { endPendingSignIn, findPendingSignIn, type PendingSignIn } from "~/features/sign-in/pending.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

/** Whether this sign-in may end without a second factor. Whoever has one set up always uses it. */
export async function mayGoOnWithout(scope: InstallationScope, pending: PendingSignIn): Promise<boolean> {
  if (pending.hasSecondFactor || !pending.hasLongPassword) return false;
  return !(await isAskedForSecondFactor(scope, pending.user.id));
}

/** Whether this person must have a second factor, as things stand. */
async function isAskedForSecondFactor(scope: InstallationScope, userId: string): Promise<boolean> {
  const user = await scope.db
    .selectFrom("users")
    .select("operator_since")
    .where("id", "=", userId)
    .executeTakeFirstOrThrow();
  const places = await listPlacesOf(scope, userId);
  return mustHaveSecondFactor({ isOperator: user.operator_since !== null, places });
}

/** "Not now": ends the sign-in with a session that counts for as long as nobody asks for more. */
export function goOnWithout(
  scope: InstallationScope,
  browser: Browser,
): Promise<SignedIn | { ok: false; reason: "expired" | "required" }> {
  return inTransaction(scope, async (scope) => {
    const pending = await findPendingSignIn(scope, browser.pendingToken);
    if (!pending) return { ok: false, reason: "expired" } as const;
    if (!(await mayGoOnWithout(scope, pending))) return { ok: false, reason: "required" } as const;
    if (!(await endPendingSignIn(scope, pending.id))) return { ok: false, reason: "expired" } as const;
    return beginSession(scope, pending, browser, "password-alone");
  });
}
