/**
 * Sums of many whole numbers, exact at any size: in a number while that holds it exactly, in a bigint beyond. Adding a
 * bigint for each order would take longer than all the rest of a comparison.
 */
export class ExactSums {
  private parts: Float64Array;
  private wholes = new Map<number, bigint>();

  constructor(count: number) {
    this.parts = new Float64Array(count);
  }

  /** `amount` is a safe integer. */
  add(place: number, amount: number): void {
    const sum = this.parts[place]! + amount;
    // Two safe integers never round to a safe one, so that what looks exact is.
    if (Number.isSafeInteger(sum)) this.parts[place] = sum;
    else {
      this.wholes.set(place, this.total(place) + BigInt(amount));
      this.parts[place] = 0;
    }
  }

  total(place: number): bigint {
    return (this.wholes.get(place) ?? 0n) + BigInt(this.parts[place]!);
  }
}
