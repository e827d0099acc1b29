/** The one result type of both engines, seen from the drivers: what may be bound, and how whole numbers come back. */
import { UnstorableValueError } from "~/platform/db/errors.server";

/**
 * Result columns whose name ends like this are money: bigint minor units on both engines, sums included, so an alias
 * keeps the ending (`sum(total_minor) as open_minor`). Every other whole number is a JavaScript number.
 */
const moneyColumn = /_minor$/;

export function isMoneyColumn(name: string): boolean {
  return moneyColumn.test(name);
}

/** @throws RangeError beyond ±(2^53 − 1), where a JavaScript number would be wrong without saying so. */
export function safeNumber(value: bigint | number | string, column: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${column} holds ${value}, too large for a plain number`);
  return number;
}

function unstorable(reason: string): never {
  throw new UnstorableValueError(`${reason} can not be stored`);
}

/** In Node 20, though not yet in the types of ES2023. */
interface WellFormed {
  isWellFormed(): boolean;
}

function checkText(text: string): void {
  // Postgres refuses NUL, SQLite keeps it. Half a surrogate pair turns into U+FFFD in one and broken UTF-8 in the other.
  if (text.includes("\0")) unstorable("Text with a NUL character");
  if (!(text as unknown as WellFormed).isWellFormed()) unstorable("Text with half a surrogate pair");
}

function checkObject(value: object, lists: boolean): void {
  if (value instanceof Uint8Array) return;
  if (!lists || !Array.isArray(value)) unstorable(Array.isArray(value) ? "A list" : "An object");
  for (const item of value) checkValue(item, false);
}

function checkValue(value: unknown, lists: boolean): void {
  if (typeof value === "string") return checkText(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) unstorable(String(value));
    return;
  }
  if (value === null || typeof value === "bigint" || (lists && typeof value === "boolean")) return;
  if (typeof value === "object") return checkObject(value, lists);
  unstorable(`A value of type ${typeof value}`);
}

/**
 * Refuses what the engines treat differently: booleans, dates, undefined, NaN, objects, NUL and half surrogate pairs in
 * text. `lists` (Postgres only) allows an array as one parameter, `= any($1)`, and booleans, which Kysely's own look at
 * the catalogue binds.
 */
export function checkParameters(parameters: readonly unknown[], lists = false): void {
  for (const parameter of parameters) checkValue(parameter, lists);
}
