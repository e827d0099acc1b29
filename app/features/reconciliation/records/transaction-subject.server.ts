import { transactionLayouts } from "~/features/reconciliation/records/export-layouts";
import { recordSubject } from "~/features/reconciliation/records/record-subject.server";
import { type Facts, type RecordKind } from "~/features/reconciliation/records/record-kind";
import { transactionFields } from "~/features/reconciliation/records/transaction-fields";
import { transactionReader } from "~/features/reconciliation/records/transaction-reader";

export const transactionKind: RecordKind = {
  table: "transactions",
  kind: "transaction",
  labels: {
    transaction_id: "Transaction ID",
    day: "Day",
    at: "At",
    value_minor: "Value",
    event_count: "Events",
    is_rounded: "Rounded",
    currency: "Currency",
  },
  when: "day",
  inLists: ["transaction_id", "day", "value_minor", "event_count"],
  required: ["transaction_id", "day", "currency", "value_minor", "event_count", "is_rounded"],
  together,
  called: ({ transaction_id: id }) => id?.toString() || null,
};

/** A list of events has a row for each: tracked twice is what people look for, so none is left out. */
function together(one: Facts, other: Facts): Facts {
  return {
    ...one,
    value_minor: String(BigInt(one.value_minor ?? 0) + BigInt(other.value_minor ?? 0)),
    event_count: Number(one.event_count) + Number(other.event_count),
    is_rounded: Math.max(Number(one.is_rounded), Number(other.is_rounded)),
  };
}

/** What analytics tracked. */
export const transactionSubject = recordSubject({
  kind: transactionKind,
  noun: { one: "transaction", many: "transactions" },
  fields: transactionFields,
  layouts: transactionLayouts,
  reader: transactionReader,
  matched: "The transaction with the same ID on the same day, or at the same time, in the same currency.",
});
