/** Making one's own account: a firm and the person who runs it, for an address that has proved to be theirs. */
import "~/features/accounts/tables";
import { accountScope } from "~/features/accounts/account-scope.server";
import { accountProblem, type AccountRefusal, type NewAccount } from "~/features/accounts/accounts.server";
import { createAccount, createUser } from "~/features/accounts/accounts.server";
import { findFreeSlug } from "~/features/accounts/free-slug.server";
import { setMembership } from "~/features/accounts/members.server";
import { attempt, type PutOff } from "~/features/sign-in/attempts.server";
import { linkThrottles } from "~/features/sign-in/password-links.server";
import { type PasswordProblem } from "~/features/sign-in/password-rules";
import { hashPassword, judgePassword, storePasswordHash } from "~/features/sign-in/passwords.server";
import { startPendingSignIn } from "~/features/sign-in/pending.server";
import { findRegistrationLink, isRegistrationOpen } from "~/features/sign-in/registration-links.server";
import { tokenHash } from "~/features/sign-in/sessions.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";

export interface Registration {
  account: NewAccount;
  name: string;
  password: string;
}

export type Registered =
  | { ok: true; pendingToken: string }
  | { ok: false; reason: "gone" | "has-sign-in" | AccountRefusal }
  | { ok: false; reason: "password"; problem: PasswordProblem }
  | PutOff;

/** Makes firm, person and place, all or nothing, and begins the sign-in. The firm's address is numbered where it is taken. */
export function register(scope: InstallationScope, token: string, form: Registration): Promise<Registered> {
  return attempt<Registered>(scope, linkThrottles(scope), async () => {
    const link = await findRegistrationLink(scope, token);
    if (link?.state !== "open" || !(await isRegistrationOpen(scope))) return { ok: false, reason: "gone" };
    const wrong = accountProblem(form.account);
    if (wrong) return { ok: false, reason: wrong };
    const user = { name: form.name, email: link.email };
    const problem = await judgePassword(form.password, { user, hasSecondFactor: false, words: [form.account.name] });
    if (problem) return { ok: false, reason: "password", problem };
    const hash = await hashPassword(scope.keys, form.password);
    return inTransaction(scope, (scope) => make(scope, { token, account: form.account, user, hash }));
  });
}

interface Making {
  token: string;
  account: NewAccount;
  user: { name: string; email: string };
  hash: string;
}

async function make(scope: InstallationScope, { token, account, user, hash }: Making): Promise<Registered> {
  const now = scope.clock.now();
  // First whatever may find that somebody was faster, so that there is nothing to take back. A link to an address that
  // has a sign-in meanwhile leads nowhere: it may well stay spent.
  const spent = await scope.db
    .updateTable("tokens")
    .set({ used_at: now })
    .where("hash", "=", tokenHash(token))
    .where("purpose", "=", "registration")
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  if (spent.numUpdatedRows === 0n) return { ok: false, reason: "gone" };
  const made = await createUser(scope, user);
  if (!made.ok) return { ok: false, reason: "has-sign-in" };
  const slug = await findFreeSlug(scope, account.slug);
  const opened = await createAccount(scope, { ...account, slug });
  if (!opened.ok) throw new Error(`A new account was refused: ${opened.reason}`);
  await storePasswordHash(scope, made.user.id, hash);
  const within = accountScope(scope, opened.account, { user: made.user, role: "admin" });
  await enterAccount(scope, within, (inside) => setMembership(inside, { userId: made.user.id, role: "admin" }));
  const start = { userId: made.user.id, returnTo: `/${slug}`, needsSecondFactor: true, longPassword: true };
  return { ok: true, pendingToken: await startPendingSignIn(scope, start) };
}
