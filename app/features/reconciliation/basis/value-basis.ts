/** Which amount of an order a shop sends to its analytics as the value. */
import { type Orders } from "~/features/reconciliation/columns/orders";

/** Of bases that fit equally often the earlier one is taken. `total-tax-shipping` is what Google asks for. */
export const valueBases = [
  "total",
  "total-tax-shipping",
  "total-tax",
  "total-shipping",
  "subtotal-before-discount",
] as const;
export type ValueBasis = (typeof valueBases)[number];

/** In minor units. The subtotal before discount is what the lines come to: total = subtotal − discount + shipping + tax. */
export function basisAmount({ facts }: Orders, order: number, basis: ValueBasis): number {
  const total = facts.total[order]!;
  switch (basis) {
    case "total":
      return total;
    case "total-tax-shipping":
      return total - facts.tax[order]! - facts.shipping[order]!;
    case "total-tax":
      return total - facts.tax[order]!;
    case "total-shipping":
      return total - facts.shipping[order]!;
    case "subtotal-before-discount":
      return total - facts.tax[order]! - facts.shipping[order]! + facts.discount[order]!;
  }
}
