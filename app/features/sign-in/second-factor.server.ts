/** A person's authenticator app: offered, set up by a first valid code, spent code by code. */
import "~/features/sign-in/tables";
import { newTotpSecret, stepOfCode } from "~/features/sign-in/totp";
import { type Keys, seal, type SealedPlace, unseal } from "~/platform/encryption.server";
import { type InstallationScope } from "~/platform/scope.server";

/** The row that an offered secret waits in: it can be accepted only by whoever holds that row's cookie. */
export interface Holder {
  table: "pending_sign_ins" | "sessions";
  id: string;
  userId: string;
}

export function offeredPlace(holder: Holder): SealedPlace {
  return { ownerId: holder.userId, rowId: holder.id, field: `${holder.table}.offered_secret` };
}

export function keptPlace(userId: string): SealedPlace {
  return { ownerId: userId, rowId: userId, field: "second_factors.secret" };
}

/** A new secret, sealed for the row it will wait in. */
export function newOffer(keys: Keys, holder: Holder): string {
  return seal(keys, offeredPlace(holder), newTotpSecret());
}

/** The secret as text, to be shown while it is set up and not later. */
export function openOffer(keys: Keys, holder: Holder, offered: string): string {
  return unseal(keys, offeredPlace(holder), offered);
}

/**
 * Makes the offered secret the person's second factor when `code` is a valid one of it. Before the first session there
 * must be none yet: of two sign-ins that both set one up, the first stays. From a session it replaces the older one.
 */
export async function acceptOffer(
  scope: InstallationScope,
  holder: Holder,
  offered: string,
  code: string,
): Promise<boolean> {
  const secret = openOffer(scope.keys, holder, offered);
  const now = scope.clock.now();
  const step = stepOfCode(secret, code, now);
  if (step === null) return false;
  const kept = { secret: seal(scope.keys, keptPlace(holder.userId), secret), last_step: step, enrolled_at: now };
  const done = await scope.db
    .insertInto("second_factors")
    .values({ user_id: holder.userId, ...kept })
    .onConflict((conflict) =>
      holder.table === "sessions"
        ? conflict.column("user_id").doUpdateSet(kept)
        : conflict.column("user_id").doNothing(),
    )
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * Whether this is a valid code that has not been used. Used means its step or a later one: one conditional update
 * spends it, so of twenty requests with the same code one gets in.
 */
export async function spendCode(scope: InstallationScope, userId: string, code: string): Promise<boolean> {
  const factor = await scope.db
    .selectFrom("second_factors")
    .select("secret")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  if (!factor) return false;
  const step = stepOfCode(unseal(scope.keys, keptPlace(userId), factor.secret), code, scope.clock.now());
  if (step === null) return false;
  const spent = await scope.db
    .updateTable("second_factors")
    .set({ last_step: step })
    .where("user_id", "=", userId)
    .where("last_step", "<", step)
    .executeTakeFirst();
  return spent.numUpdatedRows === 1n;
}

export async function hasSecondFactor(scope: InstallationScope, userId: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("second_factors")
    .select("user_id")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which members of an account have an authenticator app set up: of its secret nothing is told. */
export async function listEnrolled(scope: InstallationScope, accountId: string): Promise<Set<string>> {
  const rows = await scope.db
    .selectFrom("memberships")
    .innerJoin("second_factors", "second_factors.user_id", "memberships.user_id")
    .select("memberships.user_id")
    .where("memberships.account_id", "=", accountId)
    .limit(1_000)
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

export interface SecondFactorState {
  enrolledAt: string | null;
  recoveryCodesLeft: number;
}

export async function findSecondFactor(scope: InstallationScope, userId: string): Promise<SecondFactorState> {
  const factor = await scope.db
    .selectFrom("second_factors")
    .select("enrolled_at")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  const codes = await scope.db
    .selectFrom("recovery_codes")
    .select((query) => query.fn.countAll<number>().as("left"))
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return { enrolledAt: factor?.enrolled_at ?? null, recoveryCodesLeft: codes.left };
}
