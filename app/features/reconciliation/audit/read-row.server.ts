/** From a row of an audit's file to an order or a transaction, or to why it is none. */
import { asRaw, prepareRow } from "~/features/pipeline/stages/prepare-rows.server";
import { type SourceRow } from "~/features/pipeline/files/source-row";
import { type CanonicalRow, type MappedRow, type Refusal, type RowReader } from "~/features/pipeline/subject";
import { type AuditFileSettings, type AuditSide } from "~/features/reconciliation/audit/audit-file";
import { orderReader } from "~/features/reconciliation/records/order-reader";
import { type CanonicalRecord } from "~/features/reconciliation/records/record-kind";
import { transactionReader } from "~/features/reconciliation/records/transaction-reader";

export type TakenRow = { line: number } & (
  { ok: true; row: CanonicalRow<CanonicalRecord> } | { ok: false; refusals: Refusal[] }
);

const readers = { orders: orderReader, transactions: transactionReader };

export function readerOf(
  side: AuditSide,
  settings: AuditFileSettings,
  { timeZone }: { timeZone: string },
): (row: SourceRow) => TakenRow {
  const { columns, mapping, currency, decimalMark } = settings;
  const inner = readers[side]({
    ...{ phoneCountry: "", timeZone, mapping: currency === null ? mapping : [...mapping, "currency"] },
    ...(decimalMark === null ? {} : { decimalMark }),
  });
  const reader = currency === null ? inner : inCurrency(inner, { side, currency });
  return (row) => {
    const { line } = row;
    const prepared = prepareRow(asRaw(row), { settings: { columns, mapping }, reader });
    if (!prepared.ok) return { line, ok: false, refusals: prepared.refusals };
    return { line, ok: true, row: prepared.row as CanonicalRow<CanonicalRecord> };
  };
}

/** Amounts of rows that name none are of the file's. */
function inCurrency(
  reader: RowReader<CanonicalRecord>,
  { side, currency }: { side: AuditSide; currency: string },
): RowReader<CanonicalRecord> {
  const withIt = (row: MappedRow): MappedRow =>
    // An order's row that says no amount is a further line of it, which stays as it is.
    row.has("currency") || (side === "orders" && !row.has("total"))
      ? row
      : new Map([...row, ["currency", [{ column: "", text: currency, index: -1 }]]]);
  return { validate: (row) => reader.validate(withIt(row)), normalise: (row) => reader.normalise(withIt(row)) };
}
