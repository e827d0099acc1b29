/** Passwords: bcrypt over a keyed hash, so that none is cut at 72 bytes and a copied database alone cracks none. */
import { createHmac } from "node:crypto";
import "~/features/sign-in/tables";
import { voidPasswordLinks } from "~/features/accounts/password-tokens.server";
import { loadCommonPasswords } from "~/features/sign-in/common-passwords.server";
import { hashCost } from "~/features/sign-in/hash-cost.server";
import { runHashTask } from "~/features/sign-in/hash-threads.server";
import { type PasswordProblem, passwordProblem } from "~/features/sign-in/password-rules";
import { type Keys, purposeKey } from "~/platform/encryption.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type InstallationScope, type UserFacts } from "~/platform/scope.server";

/** Of a random text nobody knows: compared where there is no password, so that this takes the same time. */
function dummyHash(): string {
  return `$2b$${String(hashCost()).padStart(2, "0")}$N97QCX6NTwvKMm38VQ1vjuURumj7iT9GRuTcTp0/KOqYqFnm1Q3Em`;
}

/**
 * Too many passwords are being checked at this moment. Thrown, since a third answer of `verifyPassword` would be taken
 * for yes; `attempt` makes an answer of it.
 */
export class HashingBusyError extends Error {
  override name = "HashingBusyError";
}

/** 44 ASCII characters, whatever the password: bcrypt sees all of it and no NUL. */
function prehash(keys: Keys, password: string): string {
  return createHmac("sha256", purposeKey(keys, "password-pepper")).update(password.normalize("NFC")).digest("base64");
}

/** A hash to store. Throws HashingBusyError when the queue is full. */
export async function hashPassword(keys: Keys, password: string, cost = hashCost()): Promise<string> {
  const hash = await (runHashTask({ password: prehash(keys, password), cost }) ?? busy());
  return String(hash);
}

/** Whether the password fits the stored hash. Null (nobody, or no password) takes as long and is false. */
export async function verifyPassword(keys: Keys, password: string, hash: string | null): Promise<boolean> {
  const fits = await (runHashTask({ password: prehash(keys, password), hash: hash ?? dummyHash() }) ?? busy());
  return fits === true && hash !== null;
}

function busy(): never {
  throw new HashingBusyError("Too many passwords are being checked");
}

function costOf(hash: string): number {
  return Number(hash.slice(4, 6));
}

/** Renews a hash that was made with another cost, once its password is known to be right. */
export async function renewHash(
  scope: InstallationScope,
  userId: string,
  password: string,
  hash: string,
): Promise<void> {
  if (costOf(hash) === hashCost()) return;
  const renewed = await hashPassword(scope.keys, password).catch((error: unknown) => {
    // The next sign-in renews it: nobody is kept out for that.
    if (error instanceof HashingBusyError) return null;
    throw error;
  });
  if (renewed === null) return;
  // Only over the hash that was checked: a password changed meanwhile stays.
  await scope.db
    .updateTable("passwords")
    .set({ hash: renewed })
    .where("user_id", "=", userId)
    .where("hash", "=", hash)
    .execute();
}

/** What is wrong with this as a new password of the person, or null. */
export async function judgePassword(
  password: string,
  person: { user: Pick<UserFacts, "name" | "email">; hasSecondFactor: boolean; words?: readonly string[] },
): Promise<PasswordProblem | null> {
  return passwordProblem(password, {
    hasSecondFactor: person.hasSecondFactor,
    words: [person.user.name, person.user.email, ...(person.words ?? [])],
    isCommon: await loadCommonPasswords(),
  });
}

/**
 * Stores a hash made before (no hashing inside a transaction: it takes 0.2 s). Links that would set another are void:
 * who changes their password because somebody else may come in shuts them out.
 */
export function storePasswordHash(scope: InstallationScope, userId: string, hash: string): Promise<void> {
  const changed = { hash, changed_at: scope.clock.now() };
  return inTransaction(scope, async (scope) => {
    await scope.db
      .insertInto("passwords")
      .values({ user_id: userId, ...changed })
      .onConflict((conflict) => conflict.column("user_id").doUpdateSet(changed))
      .execute();
    await voidPasswordLinks(scope, userId);
  });
}
