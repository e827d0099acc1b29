/** Takes rows of a file of transactions into the books. */
import { type Books } from "~/features/reconciliation/columns/books";
import { isTimed, plainTime } from "~/features/reconciliation/files/byte-cells";
import { type ByteRow } from "~/features/reconciliation/files/csv-bytes";
import { type Refuse, type RefusedRow } from "~/features/reconciliation/files/refused-row";
import { closerAmount, Currencies, usualAmount } from "~/features/reconciliation/files/row-reader";
import { readTrackedIdBytes } from "~/features/reconciliation/ids/read-id";

/** Which column holds what, counted from 0. */
export interface TransactionPlaces {
  transactionId: number;
  at: number;
  currency: number;
  value: number;
}

/** Rows are known by their line. */
export function transactionRows(books: Books, places: TransactionPlaces, refuse: Refuse): (row: ByteRow) => void {
  const currencies = new Currencies(books.currencies);
  const facts = { key: 0, atMs: 0, isTimed: 0, currency: 0, value: 0, isRounded: 0 };
  return (row) => {
    const reason = readFacts(row);
    if (reason) return refuse({ line: row.line, reason });
    const { bytes, starts, ends } = row;
    const id = places.transactionId;
    facts.key =
      id < row.cells
        ? readTrackedIdBytes(books, bytes, starts[id]!, ends[id]!)
        : readTrackedIdBytes(books, bytes, 0, 0);
    books.transactions.ids.appendCount(row.line);
    books.transactions.add(facts);
  };

  function readFacts(row: ByteRow): RefusedRow["reason"] | null {
    if (places.at >= row.cells) return "no-time";
    const from = row.starts[places.at]!;
    const to = row.ends[places.at]!;
    facts.atMs = plainTime(row.bytes, from, to);
    if (Number.isNaN(facts.atMs)) return "no-time";
    facts.isTimed = isTimed(from, to) ? 1 : 0;
    facts.currency = currencies.number(row, places.currency);
    return facts.currency < 0 ? "unknown-currency" : readValue(row);
  }

  function readValue(row: ByteRow): RefusedRow["reason"] | null {
    const exponent = currencies.exponent(facts.currency);
    facts.value = usualAmount(row, places.value, exponent);
    facts.isRounded = 0;
    if (!Number.isNaN(facts.value)) return null;
    const amount = closerAmount(row, places.value, exponent);
    if ("refused" in amount) return amount.refused;
    facts.value = amount.minor;
    facts.isRounded = amount.isRounded ? 1 : 0;
    return null;
  }
}
