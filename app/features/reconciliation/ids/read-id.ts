/** From an id as it was written to the number of its key in the books: most ids straight from their bytes. */
import { type Books } from "~/features/reconciliation/columns/books";
import { textBuffer } from "~/features/reconciliation/columns/text-buffer";
import { aliasTypes, type Alias } from "~/features/reconciliation/ids/alias-types";
import { closerTrackedId, readCloserAlias } from "~/features/reconciliation/ids/closer-id";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const LONGEST = 64;
const scratch = new Uint8Array(LONGEST);

/** The number of the key; minus the place of the fault in the list and one where it is unusable. */
export function readTrackedIdBytes(books: Books, bytes: Uint8Array, from: number, to: number): number {
  const length = isUsual(books) ? plainId(bytes, from, to) : 0;
  if (length > 0) return books.keys.intern(scratch, 0, length);
  return closerTrackedId(books, decoder.decode(bytes.subarray(from, to)));
}

export function readTrackedId(books: Books, written: string): number {
  const length = textBuffer.write(written);
  return readTrackedIdBytes(books, textBuffer.bytes, 0, length);
}

/** Adds an alias of the order that was added last; an unusable one is as none. */
export function readAliasBytes(books: Books, type: Alias["type"], bytes: Uint8Array, from: number, to: number): void {
  const length = isUsual(books) ? plainId(bytes, from, to) : 0;
  if (length > 0) books.orders.addAlias(aliasTypes.indexOf(type), books.keys.intern(scratch, 0, length));
  else readCloserAlias(books, { type, value: decoder.decode(bytes.subarray(from, to)) });
}

export function readAlias(books: Books, { type, value }: Alias): void {
  const length = textBuffer.write(value);
  readAliasBytes(books, type, textBuffer.bytes, 0, length);
}

function isUsual({ idRules }: Books): boolean {
  return idRules.affixes.length === 0 && idRules.keepsLeadingZeros;
}

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
const SIGN = 3;

/** Letters, digits, - and _ stand for themselves in every id; the rest needs a closer look. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[a-z]/i.test(character)) return LETTER;
  return character === "-" || character === "_" ? SIGN : OTHER;
});

/**
 * Writes the key of an id of letters, digits, - and _ (spaces around it, # or a quote before) into `scratch` and gives its
 * length; 0 for an id that needs a closer look: without a digit, a single one, or with what spreadsheets damage.
 */
function plainId(bytes: Uint8Array, start: number, end: number): number {
  const from = idStart(bytes, start, end);
  const length = idEnd(bytes, start, end) - from;
  if (length < 2 || length > LONGEST || !copied(bytes, from, length)) return 0;
  return maybePower(length) ? 0 : length;
}

/** After spaces, then # or a quote. */
function idStart(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] === 0x20) at += 1;
  return bytes[at] === 0x23 || bytes[at] === 0x27 ? at + 1 : at;
}

function idEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && bytes[at - 1] === 0x20) at -= 1;
  return at;
}

/** Whether it is plain and has a digit. */
function copied(bytes: Uint8Array, from: number, length: number): boolean {
  let hasDigit = false;
  for (let into = 0; into < length; into++) {
    const byte = bytes[from + into]!;
    const kind = kinds[byte]!;
    if (kind === OTHER) return false;
    if (kind === DIGIT) hasDigit = true;
    scratch[into] = kind === LETTER ? byte | 0x20 : byte;
  }
  return hasDigit;
}

/** A single digit, perhaps after a sign, and then "e": 1e15, 1e-7. */
function maybePower(length: number): boolean {
  const e = 0x65;
  return length <= 7 && (scratch[1] === e || scratch[2] === e);
}
