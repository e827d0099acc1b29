/** A number holds every whole number up to 2^53 − 1 exactly: ninety trillion euros in cents. Beyond it is a RangeError. */
export function safeMinor(minor: bigint): number {
  const number = Number(minor);
  if (!Number.isSafeInteger(number)) throw new RangeError("More than can be compared exactly");
  return number;
}
