/** The one codec of JSON columns, which hold text on both engines (`text`), so both give back the same characters. */
import { UnstorableValueError } from "~/platform/db/errors.server";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

function refuse(reason: string): never {
  throw new UnstorableValueError(`${reason} has no place in JSON`);
}

function checkedObject(value: object): void {
  if (Array.isArray(value)) {
    for (const item of value) checkItem(item);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(`A ${value.constructor.name}`);
  // A property left undefined is a property left out, as in JSON.stringify; in a list it would turn into null.
  for (const item of Object.values(value)) if (item !== undefined) checkItem(item);
}

function checkItem(value: unknown): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) refuse(String(value));
    return;
  }
  if (typeof value === "object") return checkedObject(value);
  refuse(`A value of type ${typeof value}`);
}

/**
 * The text of a JSON column. NUL characters and lone surrogates inside strings survive, since they are written as
 * escapes (RFC 8259, 7; well-formed JSON.stringify).
 * @throws UnstorableValueError for undefined, NaN, infinities, bigints, functions and objects of a class.
 */
export function toJson(value: Json): string {
  checkItem(value);
  return JSON.stringify(value);
}

/** What `toJson` wrote. `__proto__` comes back as an ordinary property of its own. */
export function fromJson<T = Json>(text: string): T {
  return JSON.parse(text) as T;
}
