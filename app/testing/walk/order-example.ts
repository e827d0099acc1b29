/** Orders and a transaction of ours: what a file and what a connector brought in. */
import { addEntries, openChangeSet } from "~/features/changes/changes.server";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { type Facts, type StoredRecord, wholeFacts } from "~/features/reconciliation/records/record-kind";
import { stateOf } from "~/features/reconciliation/records/record-states";
import { putRecords } from "~/features/reconciliation/records/stored-records.server";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface OrderExample {
  ofFile: StoredRecord;
  /** A connector's. */
  sourced: StoredRecord;
  transaction: StoredRecord;
}

const sold: Facts = {
  ...{ number: "Zymurgy-1001", placed_at: "2026-03-01T10:00:00.000Z", currency: "EUR", total_minor: "11900" },
  ...{ payment_method: "Quillfeather Pay", standing: "sale" },
};
const tracked: Facts = {
  ...{ transaction_id: "Zymurgy-1001", day: "2026-03-01", currency: "EUR", value_minor: "11900" },
  ...{ event_count: 1, is_rounded: 0 },
};

/** By names of their own each time. */
export async function keepOrders(scope: Scope, connectorId: string): Promise<OrderExample> {
  const runId = newId();
  const name = () => `Zymurgy-${newId()}`;
  const record = (remoteId: string, facts: Facts): StoredRecord => ({
    ...{ id: newId(), origin: "file", remoteId, sourceRecordId: null, rawRecordId: newId(), runId },
    ...{ hash: "a hash of ours", goneAt: null, facts },
  });
  const facts = wholeFacts(orderKind, sold);
  const orders = {
    ofFile: record(name(), facts),
    sourced: { ...record(name(), facts), sourceRecordId: newId(), origin: connectorId },
  };
  const transaction = record(`2026-03-01 ${name()} EUR`, wholeFacts(transactionKind, tracked));
  await putRecords(scope, orderKind, Object.values(orders));
  await putRecords(scope, transactionKind, [transaction]);
  return { ...orders, transaction };
}

export interface ChangedOrders extends OrderExample {
  changeSetId: string;
}

/** With a change that tells of one. */
export async function orderExample(scope: Scope, connectorId: string): Promise<ChangedOrders> {
  const orders = await keepOrders(scope, connectorId);
  const changeSetId = await openChangeSet(scope, { action: "orders.imported" });
  const entry = { position: 1, subjectKind: orderKind.kind, subjectId: orders.ofFile.id, before: null };
  await addEntries(scope, changeSetId, [{ ...entry, after: stateOf(orders.ofFile) }]);
  return { ...orders, changeSetId };
}
