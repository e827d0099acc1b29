/** An amount that a number does not hold exactly. */
export class TooLargeError extends RangeError {
  override name = "TooLargeError";
}

/** A number holds every whole number up to 2^53 − 1 exactly: ninety trillion euros in cents. Beyond it is a TooLargeError. */
export function safeMinor(minor: bigint): number {
  const number = Number(minor);
  if (!Number.isSafeInteger(number)) throw new TooLargeError("More than can be compared exactly");
  return number;
}
