/** Mismatches that one exchange rate explains: many orders of a pair of currencies with nearly one ratio. */
import { type Judging, type JudgedOrders } from "~/features/reconciliation/compare/judge-orders";
import { causes, codesOf } from "~/features/reconciliation/compare/outcomes";
import { currencyExponent } from "~/platform/money";

const cause = codesOf(causes);

/** How far the ratios of one rate lie from each other, as rates move within a period. */
const SPREAD = 1.03;
/** Fewer orders, or less than half of those that nothing else explains, may lie together by chance. */
const FEWEST = 5;

interface Ratio {
  order: number;
  ratio: number;
}

export function findExchangeRates(judging: Judging, judged: JudgedOrders): void {
  for (const ratios of unexplained(judging, judged).values()) {
    ratios.sort((one, other) => one.ratio - other.ratio);
    const together = widestCluster(ratios);
    if (together.length < FEWEST || together.length * 2 < ratios.length) continue;
    for (const { order } of together) judged.cause[order] = cause["exchange-rate"];
  }
}

/** By the pair of currencies: how many times the order's amount was tracked. */
function unexplained(judging: Judging, judged: JudgedOrders): Map<number, Ratio[]> {
  const { orders, transactions } = judging.books;
  const byPair = new Map<number, Ratio[]>();
  for (let order = 0; order < orders.length; order++) {
    if (judged.cause[order] !== cause.unknown) continue;
    const [own, tracked] = [orders.facts.currency[order]!, transactions.facts.currency[judging.hits.primary[order]!]!];
    const ratio = ratioOf(judging, order, [own, tracked]);
    if (ratio === null) continue;
    const pair = own * 65_536 + tracked;
    const others = byPair.get(pair);
    if (others) others.push({ order, ratio });
    else byPair.set(pair, [{ order, ratio }]);
  }
  return byPair;
}

/** Null where no rate could be at work; beside 1, a rate within one currency would explain any small difference. */
function ratioOf(
  { books, eligibility, hits }: Judging,
  order: number,
  [own, tracked]: [number, number],
): number | null {
  const units = (currency: number) => 10 ** currencyExponent(books.currencies.text(currency));
  const value = books.transactions.facts.value[hits.primary[order]!]! / units(tracked);
  const ratio = value / (eligibility.amount[order]! / units(own));
  if (!Number.isFinite(ratio) || ratio <= 0) return null;
  return own === tracked && ratio < SPREAD && ratio > 1 / SPREAD ? null : ratio;
}

/** The most that lie within the spread; of equals the lowest. `ratios` ascend. */
function widestCluster(ratios: readonly Ratio[]): readonly Ratio[] {
  let [best, from] = [[0, 0] as [number, number], 0];
  for (let to = 0; to < ratios.length; to++) {
    while (ratios[to]!.ratio > ratios[from]!.ratio * SPREAD) from += 1;
    if (to + 1 - from > best[1] - best[0]) best = [from, to + 1];
  }
  return ratios.slice(...best);
}
