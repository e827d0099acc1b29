/**
 * The first run: on an empty installation a one-time code in the log lets whoever can read it make the operator and the
 * first account.
 */
import {
  accountProblem,
  type AccountRefusal,
  createAccount,
  createUser,
  type NewAccount,
} from "~/features/accounts/accounts.server";
import { setMembership } from "~/features/accounts/members.server";
import { accountScope } from "~/features/accounts/account-scope.server";
import { attempt, type PutOff } from "~/features/sign-in/attempts.server";
import { hashPassword, judgePassword, storePasswordHash } from "~/features/sign-in/passwords.server";
import { type PasswordProblem } from "~/features/sign-in/password-rules";
import { startPendingSignIn } from "~/features/sign-in/pending.server";
import { newCode, readCode } from "~/features/sign-in/recovery-code";
import { tokenHash } from "~/features/sign-in/sessions.server";
import { overall, perAddress } from "~/features/sign-in/throttle";
import { networkOf, throttleKey } from "~/features/sign-in/throttles.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

/** A new code is made at each start as long as nobody is there; older ones hold as well, for several machines. */
const CODE_LENGTH_MS = 7 * DAY_MS;

/** Whether nobody has ever been set up. */
export async function isEmptyInstallation(scope: InstallationScope): Promise<boolean> {
  const anybody = await scope.db.selectFrom("users").select("id").limit(1).executeTakeFirst();
  return anybody === undefined;
}

/**
 * At the start of the web process: writes a one-time code to the log when nobody is set up yet, and returns it. Whatever
 * the log's level: there is no other way in.
 */
export async function offerSetUp(scope: InstallationScope, appOrigin: string): Promise<string | null> {
  if (!(await isEmptyInstallation(scope))) return null;
  const code = newCode();
  const now = scope.clock.now();
  await scope.db
    .insertInto("tokens")
    .values({
      hash: tokenHash(code),
      purpose: "set-up",
      account: null,
      created_at: now,
      expires_at: later(now, CODE_LENGTH_MS),
      used_at: null,
    })
    .execute();
  scope.log.announce(
    { setUpCode: code, url: `${appOrigin}/set-up` },
    "Nobody is set up yet: open the page and enter the code",
  );
  return code;
}

export interface FirstRun {
  code: string;
  account: NewAccount;
  name: string;
  email: string;
  password: string;
}

export type FirstRunOutcome =
  | { ok: true; pendingToken: string; slug: string }
  | { ok: false; reason: "wrong-code" | "already-set-up" | AccountRefusal }
  | { ok: false; reason: "password"; problem: PasswordProblem }
  | PutOff;

/**
 * Makes the operator, the first account and the operator's place in it as admin, all or nothing, and begins their
 * sign-in, whose second step sets up the second factor.
 */
export async function setUpInstallation(scope: InstallationScope, form: FirstRun): Promise<FirstRunOutcome> {
  const throttles = [
    { key: throttleKey(scope.keys, "set-up", networkOf(scope.address)), rule: perAddress },
    { key: throttleKey(scope.keys, "overall", "set-up"), rule: overall },
  ];
  return attempt<FirstRunOutcome>(scope, throttles, async () => {
    if (!(await isEmptyInstallation(scope))) return { ok: false, reason: "already-set-up" };
    if (!(await isGoodCode(scope, form.code))) return { ok: false, reason: "wrong-code" };
    const wrong = accountProblem(form.account);
    if (wrong) return { ok: false, reason: wrong };
    const user = { name: form.name, email: form.email };
    const problem = await judgePassword(form.password, { user, hasSecondFactor: false, words: [form.account.name] });
    if (problem) return { ok: false, reason: "password", problem };
    const hash = await hashPassword(scope.keys, form.password);
    return inTransaction(scope, (scope) => make(scope, form, hash));
  });
}

async function isGoodCode(scope: InstallationScope, typed: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("tokens")
    .select("hash")
    .where("hash", "=", tokenHash(readCode(typed) ?? ""))
    .where("purpose", "=", "set-up")
    .where("used_at", "is", null)
    .where("expires_at", ">", scope.clock.now())
    .executeTakeFirst();
  return row !== undefined;
}

async function make(scope: InstallationScope, form: FirstRun, hash: string): Promise<FirstRunOutcome> {
  // All codes are spent together, and first: of two people with two codes the second finds none left.
  const spent = await scope.db
    .updateTable("tokens")
    .set({ used_at: scope.clock.now() })
    .where("purpose", "=", "set-up")
    .where("used_at", "is", null)
    .returning("hash")
    .execute();
  if (spent.length === 0) return { ok: false, reason: "already-set-up" };
  const made = await createUser(scope, { name: form.name, email: form.email }, { operator: true });
  const opened = await createAccount(scope, form.account);
  // The installation was empty a moment ago and the facts were checked: neither can be taken.
  if (!made.ok || !opened.ok) throw new Error("The first run met something that was there already");
  await storePasswordHash(scope, made.user.id, hash);
  const within = accountScope(scope, opened.account, { user: made.user, role: "admin" });
  await enterAccount(scope, within, (inside) => setMembership(inside, { userId: made.user.id, role: "admin" }));
  const pending = { userId: made.user.id, returnTo: `/${opened.account.slug}`, needsSecondFactor: true };
  return { ok: true, pendingToken: await startPendingSignIn(scope, pending), slug: opened.account.slug };
}
