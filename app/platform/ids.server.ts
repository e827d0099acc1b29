import { v7, validate } from "uuid";

/** A new UUIDv7 (RFC 9562): lower-case text that sorts by the time it was made. */
export function newId(): string {
  return v7();
}

/** Whether `text` can be an id at all. Anything else is answered as "not there" before the database is asked. */
export function isId(text: string): boolean {
  return validate(text) && text === text.toLowerCase();
}
