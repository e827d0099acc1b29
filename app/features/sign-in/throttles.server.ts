/** Counts attempts in the database, so that every machine sees them and a restart forgives nothing. */
import { createHmac } from "node:crypto";
import "~/features/sign-in/tables";
import { nextAttempt, type ThrottleRule, type ThrottleState, type ThrottleStep } from "~/features/sign-in/throttle";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Keys, purposeKey } from "~/platform/encryption.server";
import { type InstallationScope } from "~/platform/scope.server";

/** One of the counts that an attempt goes on. */
export interface Throttle {
  key: string;
  rule: ThrottleRule;
}

/** A keyed hash: the table tells nobody who tried from where. */
export function throttleKey(keys: Keys, kind: string, value: string): string {
  return `${kind}:${createHmac("sha256", purposeKey(keys, "throttle")).update(value).digest("base64url")}`;
}

/** What counts as one network address: an IPv6 customer has a whole /64. */
export function networkOf(address: string | null): string {
  if (!address?.includes(":")) return address ?? "unknown";
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const groups = head.split(":").filter(Boolean);
  const missing = 8 - groups.length - tail.split(":").filter(Boolean).length;
  const whole = address.includes("::") ? [...groups, ...Array<string>(Math.max(0, missing)).fill("0")] : groups;
  return whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}

export type AttemptAnswer = { ok: true } | { ok: false; retryAfterSeconds: number };

/**
 * Counts one attempt on every throttle, or on none when one of them says to wait. Called before the attempt itself, in
 * a transaction of its own: attempts made at the same time are all counted, whatever becomes of them.
 */
export function countAttempt(scope: InstallationScope, throttles: readonly Throttle[]): Promise<AttemptAnswer> {
  const inOrder = throttles.toSorted(byKey);
  return inTransaction(scope, async (scope) => {
    const states = await lockStates(
      scope,
      inOrder.map((throttle) => throttle.key),
    );
    const now = scope.clock.now();
    const steps = inOrder.map(({ key, rule }) => ({ key, step: nextAttempt(states.get(key) ?? null, rule, now) }));
    const waits = steps.map(({ step }) => (step.ok ? 0 : step.waitMs));
    const longest = Math.max(0, ...waits);
    if (longest > 0) return { ok: false, retryAfterSeconds: Math.ceil(longest / 1_000) };
    for (const { key, step } of steps) await keepState(scope, key, step);
    return { ok: true };
  });
}

/** Reads the counts and locks them to the end of the transaction. Rows are made first: what is not there locks nothing. */
async function lockStates(scope: InstallationScope, keys: string[]): Promise<Map<string, ThrottleState>> {
  const now = scope.clock.now();
  await scope.db
    .insertInto("throttles")
    .values(keys.map((key) => ({ key, count: 0, resets_at: now, wait_until: null })))
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  const rows = await scope.db
    .selectFrom("throttles")
    .select(["key", "count", "resets_at", "wait_until"])
    .where("key", "in", keys)
    .orderBy("key")
    .$call(lockRows(scope))
    .execute();
  return new Map(
    rows.map((row) => [row.key, { count: row.count, resetsAt: row.resets_at, waitUntil: row.wait_until }]),
  );
}

async function keepState(scope: InstallationScope, key: string, step: ThrottleStep): Promise<void> {
  if (!step.ok) return;
  const { count, resetsAt, waitUntil } = step.state;
  await scope.db
    .updateTable("throttles")
    .set({ count, resets_at: resetsAt, wait_until: waitUntil })
    .where("key", "=", key)
    .execute();
}

/**
 * After an attempt that was right: forgets the counts of who tried, and takes the one attempt back where others' count
 * on (an address, all together). In the order of the keys, one by one, as countAttempt locks them.
 */
export async function settleAttempts(
  scope: InstallationScope,
  { forget, giveBack = [] }: { forget: readonly Throttle[]; giveBack?: readonly Throttle[] },
): Promise<void> {
  const forgotten = new Set(forget.map((throttle) => throttle.key));
  for (const { key } of [...forget, ...giveBack].toSorted(byKey)) {
    if (forgotten.has(key)) await scope.db.deleteFrom("throttles").where("key", "=", key).execute();
    else await takeBackOne(scope, key);
  }
}

async function takeBackOne(scope: InstallationScope, key: string): Promise<void> {
  await scope.db
    .updateTable("throttles")
    .set((column) => ({ count: column("count", "-", 1), wait_until: null }))
    .where("key", "=", key)
    .where("count", ">", 0)
    .execute();
}

const byKey = (a: Throttle, b: Throttle) => (a.key < b.key ? -1 : 1);
