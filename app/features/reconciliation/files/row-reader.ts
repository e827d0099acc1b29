/** What both files have: words that recur, amounts and times. */
import { type KeyTable } from "~/features/reconciliation/columns/key-table";
import { plainMinor } from "~/features/reconciliation/files/byte-cells";
import { type ByteRow } from "~/features/reconciliation/files/csv-bytes";
import { decimalAmount } from "~/features/reconciliation/files/decimal-amount";
import { type RefusedRow } from "~/features/reconciliation/files/refused-row";
import { currencyExponent, isCurrency } from "~/platform/money";

const decoder = new TextDecoder();

export function cellText({ bytes, starts, ends, cells }: ByteRow, cell: number): string {
  return cell < cells ? decoder.decode(bytes.subarray(starts[cell]!, ends[cell]!)).trim() : "";
}

/** Gives the number of the word in a column's cell; of nothing where the file has no such column. */
export function wordReader(table: KeyTable, column: number | undefined): (row: ByteRow) => number {
  const nothing = table.internText("");
  if (column === undefined) return () => nothing;
  return ({ bytes, starts, ends, cells }) =>
    column < cells ? table.intern(bytes, starts[column]!, ends[column]!) : nothing;
}

/** Reads currencies as numbers of the books, with what is known of each kept beside. */
export class Currencies {
  private readonly exponents: number[] = [];

  constructor(private readonly table: KeyTable) {}

  /** The number of a currency in use; -1 when the cell holds none. Small letters and spaces around do not count. */
  number(row: ByteRow, cell: number): number {
    const found = cell < row.cells ? this.table.findBytes(row.bytes, row.starts[cell]!, row.ends[cell]!) : -1;
    if (found >= 0) return found;
    const code = cellText(row, cell).toUpperCase();
    return isCurrency(code) ? this.table.internText(code) : -1;
  }

  exponent(number: number): number {
    return (this.exponents[number] ??= currencyExponent(this.table.text(number)));
  }
}

export type ReadAmount = { minor: number; isRounded: boolean } | { refused: RefusedRow["reason"] };

/** What the usual way of writing does not fit is looked at more closely. */
export function closerAmount(row: ByteRow, cell: number, exponent: number): ReadAmount {
  const amount = decimalAmount(cellText(row, cell), exponent);
  if (!amount) return { refused: "no-amount" };
  const minor = Number(amount.minor);
  return Number.isSafeInteger(minor) ? { minor, isRounded: amount.isRounded } : { refused: "too-large" };
}

/** NaN where it needs a closer look. */
export function usualAmount({ bytes, starts, ends, cells }: ByteRow, cell: number, exponent: number): number {
  return cell < cells ? plainMinor(bytes, starts[cell]!, ends[cell]!, exponent) : Number.NaN;
}
