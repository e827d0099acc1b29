/** Accepting an invitation: with a name and a password by somebody new, or as who is signed in already. */
import { createUser } from "~/features/accounts/accounts.server";
import { emailKey } from "~/features/accounts/account";
import { findInvitation } from "~/features/accounts/invitation-links.server";
import { joinAccount } from "~/features/accounts/join-account.server";
import { attempt, type PutOff } from "~/features/sign-in/attempts.server";
import { linkThrottles } from "~/features/sign-in/password-links.server";
import { type PasswordProblem } from "~/features/sign-in/password-rules";
import { hashPassword, judgePassword, storePasswordHash } from "~/features/sign-in/passwords.server";
import { startPendingSignIn } from "~/features/sign-in/pending.server";
import { type Visitor } from "~/features/sign-in/sessions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

/** `gone`: accepted, taken back or over meanwhile. `has-sign-in`: sign in with this address first. */
export type Joined =
  | { ok: true; pendingToken: string }
  | { ok: false; reason: "gone" | "has-sign-in" }
  | { ok: false; reason: "password"; problem: PasswordProblem }
  | PutOff;

/** Makes the person whom the invitation is for, with their place, and begins their sign-in. */
export function joinAsNewPerson(
  scope: InstallationScope,
  token: string,
  form: { name: string; password: string },
): Promise<Joined> {
  return attempt<Joined>(scope, linkThrottles(scope), async () => {
    const invitation = await findInvitation(scope, token);
    if (invitation?.state !== "open") return { ok: false, reason: "gone" };
    if (invitation.hasUser) return { ok: false, reason: "has-sign-in" };
    const { account, email } = invitation;
    const user = { name: form.name, email };
    const problem = await judgePassword(form.password, { user, hasSecondFactor: false, words: [account.name] });
    if (problem) return { ok: false, reason: "password", problem };
    const hash = await hashPassword(scope.keys, form.password);
    return inTransaction(scope, async (scope): Promise<Joined> => {
      const made = await createUser(scope, user);
      if (!made.ok) return { ok: false, reason: "has-sign-in" };
      if (!(await joinAccount(scope, invitation, made.user))) throw new TakenBackError();
      await storePasswordHash(scope, made.user.id, hash);
      const start = { userId: made.user.id, returnTo: `/${account.slug}`, needsSecondFactor: true, longPassword: true };
      return { ok: true, pendingToken: await startPendingSignIn(scope, start) };
    }).catch((error: unknown) => {
      if (error instanceof TakenBackError) return { ok: false, reason: "gone" } as const;
      throw error;
    });
  });
}

/** The invitation went while its person was being made: all of it is rolled back. */
class TakenBackError extends Error {
  override name = "TakenBackError";
}

/** Gives the place to who is signed in, if the invitation is for their address. */
export async function joinAsVisitor(
  scope: InstallationScope,
  token: string,
  { user }: Visitor,
): Promise<{ ok: true; slug: string } | { ok: false; reason: "gone" | "other-address" }> {
  const invitation = await findInvitation(scope, token);
  if (invitation?.state !== "open") return { ok: false, reason: "gone" };
  if (invitation.emailKey !== emailKey(user.email)) return { ok: false, reason: "other-address" };
  const joined = await inTransaction(scope, (scope) => joinAccount(scope, invitation, user));
  return joined ? { ok: true, slug: invitation.account.slug } : { ok: false, reason: "gone" };
}
