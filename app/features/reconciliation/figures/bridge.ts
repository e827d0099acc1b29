/** From the shop's revenue to the analytics', step by step: what is left over at the end is nothing, to the last cent. */
import { rowBuckets, type OrderBucket, type RowBucket } from "~/features/reconciliation/compare/outcomes";
import { type CurrencyTally } from "~/features/reconciliation/figures/tallies";

type Step =
  | `order-${Extract<OrderBucket, "missing" | "pending" | "unverifiable" | "ambiguous" | "currency-mismatch">}`
  | "within-tolerance"
  | "value-mismatch"
  | `row-${Exclude<RowBucket, "primary">}`
  | "tracked-in-other-currency";

export interface Bridge {
  currency: string;
  /** What all orders that take part come to. */
  shop: bigint;
  /** Signed: shop + all steps = analytics. */
  steps: { step: Step; amount: bigint }[];
  /** What all rows come to. */
  analytics: bigint;
  /** Always 0. */
  remainder: bigint;
}

const without = ["missing", "pending", "unverifiable", "ambiguous", "currency-mismatch"] as const;
const besides = rowBuckets.filter((bucket) => bucket !== "primary");

export function bridge(tally: CurrencyTally): Bridge {
  const { currency, orders, rows, difference, ofOtherCurrency } = tally;
  const { excluded: _, ...eligible } = orders;
  const shop = sum(Object.values(eligible).map(({ amount }) => amount));
  const analytics = sum(Object.values(rows).map(({ value }) => value));
  const steps: Bridge["steps"] = [
    ...without.map((bucket) => ({ step: `order-${bucket}` as const, amount: -orders[bucket].amount })),
    { step: "within-tolerance", amount: difference.matched },
    { step: "value-mismatch", amount: difference.mismatched },
    ...besides.map((bucket) => ({ step: `row-${bucket}` as const, amount: rows[bucket].value })),
    { step: "tracked-in-other-currency", amount: ofOtherCurrency },
  ];
  return { currency, shop, steps, analytics, remainder: analytics - shop - sum(steps.map(({ amount }) => amount)) };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
