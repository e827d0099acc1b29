/** Shops and their analytics in the canonical zone, and comparisons of them. */
import { type Order } from "~/features/reconciliation/columns/add-order";
import { type Transaction } from "~/features/reconciliation/columns/add-transaction";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { type Facts, type StoredRecord, wholeFacts } from "~/features/reconciliation/records/record-kind";
import { putRecords } from "~/features/reconciliation/records/stored-records.server";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { carryOut } from "~/features/reconciliation/runs/carry-out.server";
import { startComparison } from "~/features/reconciliation/runs/start-comparison.server";
import { type KeptSettings } from "~/features/reconciliation/set-up/kept-settings";
import {
  createReconciliation,
  type ReconciliationFacts,
} from "~/features/reconciliation/set-up/save-reconciliation.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { type Shop } from "~/testing/given-shop";

/** As `may` of the given shop has it. */
export const keptForMay: KeptSettings = {
  ...{ timeZone: "Europe/London", startDay: "2026-05-01", waitingHours: 72, basis: "total", scheme: null },
  idRules: { affixes: [], keepsLeadingZeros: true },
  tolerance: { absoluteMinor: 0, basisPoints: 0 },
  ...{ untrackedChannels: [], leavesOutZero: false },
};

export const pottery: ReconciliationFacts = {
  ...{ name: "Pottery in Bath", orderOrigins: ["file"], analyticsOrigin: "file", settings: keptForMay },
};

const minor = (amount: bigint | undefined) => (amount === undefined ? null : amount.toString());

function record(origin: string, remoteId: string, facts: Facts): StoredRecord {
  return {
    ...{ id: newId(), origin, remoteId, sourceRecordId: null, rawRecordId: newId(), runId: newId() },
    ...{ hash: "as it came", goneAt: null, facts },
  };
}

function orderFacts(order: Order): Facts {
  const name = order.aliases.find(({ type }) => type === "name");
  return wholeFacts(orderKind, {
    ...{ number: name?.value ?? null, placed_at: order.createdAt, currency: order.currency },
    ...{ total_minor: minor(order.total), tax_minor: minor(order.tax), shipping_minor: minor(order.shipping) },
    ...{ discount_minor: minor(order.discount), gift_card_minor: minor(order.giftCard) },
    ...{ refunded_minor: minor(order.refund), line_count: order.lines ?? null },
    ...{ payment_method: order.paymentMethod ?? null, channel: order.channel ?? null },
    standing: order.standing ?? "sale",
  });
}

function transactionFacts(row: Transaction): Facts {
  return wholeFacts(transactionKind, {
    ...{ transaction_id: row.transactionId, day: row.at.slice(0, 10), at: row.at.length > 10 ? row.at : null },
    ...{ currency: row.currency, value_minor: row.value.toString(), event_count: row.events ?? 1 },
    is_rounded: row.isRounded ? 1 : 0,
  });
}

/** As files brought them in. */
export async function keepShop(scope: Scope, { orders, rows }: Shop, origin = "file"): Promise<void> {
  await inTransaction(scope, async (scope) => {
    const kept = orders.map((order) => record(origin, order.id, orderFacts(order)));
    await putRecords(scope, orderKind, kept);
    const tracked = rows.map((row) => record(origin, row.id, transactionFacts(row)));
    await putRecords(scope, transactionKind, tracked);
  });
}

export async function reconciliation(scope: Scope, facts: Partial<ReconciliationFacts> = {}): Promise<string> {
  const made = await createReconciliation(scope, { ...pottery, ...facts });
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}

/** Asked for, and not begun. */
export async function askedFor(scope: Scope, reconciliationId: string, days = {}): Promise<string> {
  const started = await startComparison(scope, reconciliationId, days);
  if (!started.ok) throw new Error(started.reason);
  return started.runId;
}

/** To its end. */
export async function compareNow(scope: Scope, reconciliationId: string, days = {}): Promise<string> {
  const runId = await askedFor(scope, reconciliationId, days);
  await carryOut(scope, runId, { providers: new Map(), signal: new AbortController().signal });
  return runId;
}

/** What a comparison has found, in its order, as it is stored. */
export function storedFindings(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("findings")
    .selectAll()
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .orderBy("position")
    .execute();
}
