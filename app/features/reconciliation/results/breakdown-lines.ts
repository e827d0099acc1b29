/** A breakdown as a table: lines that add up to the whole, in number and, by currency, in money. Pure. */
import { type Dimension } from "~/features/reconciliation/figures/breakdown";
import { type Figures } from "~/features/reconciliation/figures/kept-figures";

/** Beyond, days are told by the month. */
export const MOST_DAYS = 62;

export interface BreakdownSum {
  /** Null: all that have no line of their own. Of days a plain date, or a month of one (`2026-05`). */
  value: string | null;
  currency: string;
  orders: number;
  amount: bigint;
  found: number;
  missing: number;
  missingAmount: bigint;
  /** Ambiguous, still open, or not to be checked. */
  unclear: number;
  unexpected: number;
}

type Line = Figures["breakdowns"][Dimension][number];

/** Those in which something takes part. */
export function breakdownSums({ breakdowns }: Pick<Figures, "breakdowns">, dimension: Dimension): BreakdownSum[] {
  const lines = breakdowns[dimension].map(sumOf).filter(({ orders, unexpected }) => orders + unexpected > 0);
  const days = new Set(lines.map(({ value }) => value));
  return dimension === "day" && days.size > MOST_DAYS ? byMonth(lines) : lines;
}

function sumOf({ value, currency, orders, unexpected }: Line): BreakdownSum {
  const { matched, missing, ambiguous, pending, unverifiable } = orders;
  const found = [matched, orders["value-mismatch"], orders["currency-mismatch"]];
  const unclear = [ambiguous, pending, unverifiable];
  const all = [...found, missing, ...unclear];
  const count = (some: typeof all) => some.reduce((sum, one) => sum + one.count, 0);
  return {
    ...{ value, currency, orders: count(all), found: count(found), missing: missing.count, unclear: count(unclear) },
    amount: all.reduce((sum, one) => sum + BigInt(one.amount), 0n),
    missingAmount: BigInt(missing.amount),
    unexpected: unexpected.count,
  };
}

function byMonth(lines: readonly BreakdownSum[]): BreakdownSum[] {
  const months = new Map<string, BreakdownSum>();
  for (const line of lines) {
    const month = line.value?.slice(0, 7) ?? "";
    const key = `${month} ${line.currency}`;
    const before = months.get(key);
    months.set(key, before ? together(before, line) : { ...line, value: month });
  }
  return [...months.values()];
}

/** Counts of both; of amounts only where the currency is one. */
export function together(one: BreakdownSum, other: BreakdownSum): BreakdownSum {
  return {
    ...{ value: one.value, currency: one.currency, orders: one.orders + other.orders, found: one.found + other.found },
    ...{ missing: one.missing + other.missing, unclear: one.unclear + other.unclear },
    ...{ unexpected: one.unexpected + other.unexpected, amount: one.amount + other.amount },
    missingAmount: one.missingAmount + other.missingAmount,
  };
}

/** One for each currency. */
export function totalsOf(lines: readonly BreakdownSum[]): BreakdownSum[] {
  const totals = new Map<string, BreakdownSum>();
  for (const line of lines) {
    const before = totals.get(line.currency);
    totals.set(line.currency, before ? together(before, line) : line);
  }
  return [...totals.values()];
}
