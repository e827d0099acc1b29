/** The figures of a comparison as they are kept with its run: amounts are minor units as text. */
import { type BasisShare } from "~/features/reconciliation/basis/detect-basis";
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { exclusions, orderBuckets, rowBuckets } from "~/features/reconciliation/compare/outcomes";
import { bridge } from "~/features/reconciliation/figures/bridge";
import { breakdown, type BreakdownLine, dimensions, type Dimension } from "~/features/reconciliation/figures/breakdown";
import { currencyRates, rates } from "~/features/reconciliation/figures/rates";
import { tallies } from "~/features/reconciliation/figures/tallies";
import { type Gaps } from "~/features/reconciliation/gaps/explain-gaps";

type Kept<Value> = Value extends bigint
  ? string
  : Value extends readonly (infer Item)[]
    ? Kept<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Kept<Value[Key]> }
      : Value;

export type Figures = ReturnType<typeof figuresOf>;

/** `shares`: how often each basis was equal, where it was to be found. */
export function figuresOf(comparison: Comparison, { gaps, shares }: { gaps: Gaps; shares: readonly BasisShare[] }) {
  const all = tallies(comparison);
  const { settings, pairs, lookAlikes, unheeded } = comparison;
  return kept({
    ...{ basis: settings.basis, basisShares: shares, scheme: pairs.scheme, schemeShares: pairs.shares },
    orders: byWord(orderBuckets, comparison.orders.bucket),
    excluded: byWord(exclusions, comparison.eligibility.exclusion),
    rows: byWord(rowBuckets, comparison.rows.bucket),
    rates: rates(all),
    currencies: all.map((tally) => ({ ...currencyRates(tally), bridge: bridge(tally) })),
    breakdowns: Object.fromEntries(
      dimensions.map((dimension) => [dimension, shortened(breakdown(comparison, dimension), dimension)]),
    ) as unknown as Record<Dimension, ShortLine[]>,
    gaps: {
      ...{ missing: gaps.missing, unseen: gaps.unseen },
      reasons: gaps.reasons.map(({ orders, ...gap }) => ({ ...gap, orders: orders.length })),
    },
    ...{ lookAlikes: lookAlikes.length, unheeded: unheeded.length },
  });
}

function kept<Value>(value: Value): Kept<Value> {
  const text = JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one));
  return JSON.parse(text) as Kept<Value>;
}

function byWord<Word extends string>(words: readonly Word[], column: Uint8Array): Record<Word, number> {
  const counts = new Uint32Array(words.length);
  for (const place of column) counts[place]! += 1;
  return Object.fromEntries(words.map((word, place) => [word, counts[place]!])) as Record<Word, number>;
}

/** Null as the value: all that have no line of their own. */
type ShortLine = Omit<BreakdownLine, "value"> & { value: string | null };

/** Whoever writes a method of its own into each order gets no line for each. */
const MOST_WORDS = 100;

/** Those of most orders by themselves, the rest together: it still adds up to the whole. */
function shortened(lines: readonly BreakdownLine[], dimension: Dimension): ShortLine[] {
  if (dimension === "day" || lines.length <= MOST_WORDS) return [...lines];
  const weighed = [...lines].sort((one, other) => ordersIn(other) - ordersIn(one));
  const own = new Set(weighed.slice(0, MOST_WORDS));
  const rest = new Map<string, ShortLine>();
  for (const line of lines) {
    if (own.has(line)) continue;
    const sum = rest.get(line.currency);
    rest.set(line.currency, sum ? together(sum, line) : { ...line, value: null });
  }
  return [...lines.filter((line) => own.has(line)), ...rest.values()];
}

function ordersIn({ orders }: BreakdownLine): number {
  return orderBuckets.reduce((sum, bucket) => sum + orders[bucket].count, 0);
}

function together(one: ShortLine, other: ShortLine): ShortLine {
  const orders = orderBuckets.map((bucket) => {
    const [mine, theirs] = [one.orders[bucket], other.orders[bucket]];
    return [bucket, { count: mine.count + theirs.count, amount: mine.amount + theirs.amount }];
  });
  return {
    ...{ value: null, currency: one.currency, orders: Object.fromEntries(orders) as ShortLine["orders"] },
    tracked: one.tracked + other.tracked,
    unexpected: {
      count: one.unexpected.count + other.unexpected.count,
      value: one.unexpected.value + other.unexpected.value,
    },
  };
}
