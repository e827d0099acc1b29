/** What makes a tracked value another than the order's: only what is equal to the last minor unit is called a cause. */
import { type Orders } from "~/features/reconciliation/columns/orders";
import { type Cause, causes, codesOf } from "~/features/reconciliation/compare/outcomes";

const code = codesOf(causes);

/** The place in the list of causes, for an order and a value of the same currency that differ. */
export function causeOf({ facts }: Orders, order: number, amount: number, value: number): number {
  const [tax, shipping] = [facts.tax[order]!, facts.shipping[order]!];
  const difference = value - amount;
  const equal: readonly [Cause, boolean][] = [
    ["tax", isThis(difference, tax)],
    ["shipping", isThis(difference, shipping)],
    ["tax-and-shipping", isThis(difference, tax + shipping)],
    ["discount", isThis(difference, facts.discount[order]!)],
    ["gift-card", isThis(difference, facts.giftCard[order]!)],
    ["refund", isThis(difference, facts.refund[order]!)],
    ["hundredfold", value === amount * 100 && amount !== 0],
    ["hundredth", amount === value * 100 && value !== 0],
    ["sign", value === -amount],
    ["rounding", Math.abs(difference) <= facts.lines[order]!],
  ];
  return code[equal.find(([, holds]) => holds)?.[0] ?? "unknown"];
}

/** Too much by it, or too little. */
function isThis(difference: number, part: number): boolean {
  return part !== 0 && Math.abs(difference) === Math.abs(part);
}
