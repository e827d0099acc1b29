/**
 * The commands of the suppression list: one list for those who unsubscribed, complained or asked to be forgotten. Anybody
 * and anything may put a value on it; only a person takes it off again.
 */
import { recordEvent } from "~/features/audit/audit.server";
import { recordChange } from "~/features/contacts/record-change.server";
import { serveSuppressed } from "~/features/contacts/suppression/serve-suppressed.server";
import { notEmptyAnyMore } from "~/features/contacts/suppression/suppressed.server";
import { suppressionHasher, valueKey } from "~/features/contacts/suppression/suppression-hash.server";
import {
  type SuppressedChannel,
  type SuppressionReason,
  type SuppressionSource,
} from "~/features/contacts/suppression/suppression";
import { entryOf, findRow, type SuppressionRow } from "~/features/contacts/suppression/suppression-rows.server";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";
import { later, MINUTE_MS } from "~/platform/time";

export interface ToSuppress {
  channel: SuppressedChannel;
  /** A proper email, a number as E.164, an address as `addressLine` writes it. */
  value: string;
  reason: SuppressionReason;
  note?: string | null;
  source: SuppressionSource;
}

export interface SuppressResult {
  ok: true;
  id: string;
  /** False: it was on the list for this reason already. */
  isNew: boolean;
  /** By which it can be undone; null where nothing changed, or no person did it, or it was erased. */
  changeSetId: string | null;
}

/** Longer than any request or batch takes that began before. */
const AGAIN_AFTER_MS = MINUTE_MS;

/**
 * Puts a value on the list, for every contact that has it or will. For a reason that it is there for already nothing
 * changes; another reason stands beside it. A machine may do this.
 */
export function suppress(scope: Scope, wanted: ToSuppress): Promise<SuppressResult> {
  return inTransaction(scope, async (scope) => {
    const key = valueKey(wanted.channel, wanted.value);
    const row = toRow(scope, wanted, suppressionHasher(scope)(wanted.channel, key));
    const there = await insert(scope, row);
    if (there) return { ok: true, id: there, isNew: false, changeSetId: null };
    notEmptyAnyMore(scope);
    await serveSuppressed(scope, { channel: row.channel, valueHash: row.value_hash, key });
    await askToMarkAgain(scope);
    return { ok: true, id: row.id, isNew: true, changeSetId: await recorded(scope, row) };
  });
}

/** Whoever wrote a contact meanwhile did not see it: once more, when all that has ended. */
export async function askToMarkAgain(scope: Scope): Promise<void> {
  const runAt = later(scope.clock.now(), AGAIN_AFTER_MS);
  await enqueue(scope, "mark_suppressed", { accountId: scope.account.id }, { jobKey: "again", runAt });
}

function toRow(scope: Scope, { channel, value, reason, note, source }: ToSuppress, valueHash: string): SuppressionRow {
  return {
    ...{ id: newId(), channel, value, value_hash: valueHash, reason, note: note ?? null, source },
    ...{ noted_at: scope.clock.now(), noted_by: scope.user?.id ?? null },
    ...{ lifted_at: null, lifted_by: null, lifted_reason: null },
  };
}

/** The id of the entry that says so already; null: this one does now. */
export async function insert(scope: Scope, row: SuppressionRow): Promise<string | null> {
  const inserted = await scope.db
    .insertInto("suppressions")
    .values({ account_id: scope.account.id, ...row })
    .onConflict((conflict) =>
      conflict.columns(["account_id", "value_hash", "reason"]).where("lifted_at", "is", null).doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  if (inserted) return null;
  const { id } = await scope.db
    .selectFrom("suppressions")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("value_hash", "=", row.value_hash)
    .where("reason", "=", row.reason)
    .where("lifted_at", "is", null)
    .executeTakeFirstOrThrow();
  return id;
}

/** What a person did can be undone by them; what was erased is kept nowhere else. */
async function recorded(scope: Scope, row: SuppressionRow): Promise<string | null> {
  const fact = { action: "suppression.added", subject: { suppressionId: row.id }, fields: [row.channel, row.reason] };
  if (scope.user && row.reason !== "erased") {
    return recordChange(scope, { ...fact, entries: [entryOf(row.id, null, row)] });
  }
  await recordEvent(scope, fact);
  return null;
}

export type LiftSuppressionResult =
  /** `isListed`: another entry still forbids the value. */
  { ok: true; isListed: boolean; changeSetId: string | null } | { ok: false; reason: "not-found" | "only-a-person" };

/** Takes an entry off the list, and keeps that it was there. Idempotent. Only a person may, who says why. */
export function liftSuppression(
  scope: Scope,
  { id, reason }: { id: string; reason: string },
): Promise<LiftSuppressionResult> {
  return inTransaction(scope, async (scope) => {
    if (!scope.user) return { ok: false, reason: "only-a-person" };
    const row = await findRow(scope, id);
    if (!row) return { ok: false, reason: "not-found" };
    if (row.lifted_at !== null) return { ok: true, isListed: await isListed(scope, row), changeSetId: null };
    const after = await lift(scope, row, reason);
    const changeSetId = await recordChange(scope, {
      action: "suppression.lifted",
      subject: { suppressionId: id },
      fields: [row.channel, row.reason],
      entries: [entryOf(id, row, after)],
    });
    return { ok: true, isListed: await isListed(scope, row), changeSetId };
  });
}

/** Writes that a person lifted it. It records nothing. */
export async function lift(scope: Scope, row: SuppressionRow, reason: string): Promise<SuppressionRow> {
  if (!scope.user) throw new Error("Only a person takes anything off the suppression list");
  const lifted = { lifted_at: scope.clock.now(), lifted_by: scope.user.id, lifted_reason: reason };
  await scope.db
    .updateTable("suppressions")
    .set(lifted)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", row.id)
    .where("lifted_at", "is", null)
    .execute();
  const key = row.value === null ? null : valueKey(row.channel, row.value);
  await serveSuppressed(scope, { channel: row.channel, valueHash: row.value_hash, key });
  return { ...row, ...lifted };
}

async function isListed(scope: Scope, row: SuppressionRow): Promise<boolean> {
  const other = await scope.db
    .selectFrom("suppressions")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("value_hash", "=", row.value_hash)
    .where("lifted_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/**
 * Forgets a value and what was noted of it, wherever the list has it, lifted entries too; that it is on the list stays
 * known by its hash. For an erasure. How many entries held it.
 */
export function forgetValue(
  scope: Scope,
  { channel, value }: { channel: SuppressedChannel; value: string },
): Promise<{ forgotten: number }> {
  return inTransaction(scope, async (scope) => {
    const rows = await scope.db
      .updateTable("suppressions")
      .set({ value: null, note: null, lifted_reason: null })
      .where("account_id", "=", scope.account.id)
      .where("value_hash", "=", suppressionHasher(scope)(channel, valueKey(channel, value)))
      .where("value", "is not", null)
      .returning("id")
      .execute();
    if (rows.length === 0) return { forgotten: 0 };
    await recordEvent(scope, { action: "suppression.value-forgotten", counts: { suppressions: rows.length } });
    return { forgotten: rows.length };
  });
}
