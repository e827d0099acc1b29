/** Ids straight from the bytes of a file: the usual ones without making a text of them, all others as `readTrackedId`. */
import { type Books } from "~/features/reconciliation/columns/books";
import { aliasTypes, type Alias } from "~/features/reconciliation/ids/alias-types";
import { readAlias, readTrackedId } from "~/features/reconciliation/ids/read-id";

const decoder = new TextDecoder();
const LONGEST = 64;
const scratch = new Uint8Array(LONGEST);

/** As `readTrackedId`. */
export function readTrackedIdBytes(books: Books, bytes: Uint8Array, from: number, to: number): number {
  const length = isUsual(books) ? plainId(bytes, from, to) : 0;
  if (length > 0) return books.keys.intern(scratch, 0, length);
  return readTrackedId(books, decoder.decode(bytes.subarray(from, to)));
}

/** As `readAlias`. */
export function readAliasBytes(books: Books, type: Alias["type"], bytes: Uint8Array, from: number, to: number): void {
  const length = isUsual(books) ? plainId(bytes, from, to) : 0;
  if (length > 0) books.orders.addAlias(aliasTypes.indexOf(type), books.keys.intern(scratch, 0, length));
  else readAlias(books, { type, value: decoder.decode(bytes.subarray(from, to)) });
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
  const [from, to] = [idStart(bytes, start, end), idEnd(bytes, start, end)];
  const length = to - from;
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
