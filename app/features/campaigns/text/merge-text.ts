/**
 * Puts a recipient's values into a text. A value goes in as text and is never read again: no field, no markup and no line
 * break can come of it. Pure.
 */
import { isLinkField, type MergeFieldKey, type MergeValues } from "~/features/campaigns/text/merge-fields";
import { isSlot, type Piece, type Slot } from "~/features/campaigns/text/parse-text";

export interface Merged {
  text: string;
  /** Fields without a value for which the text has no other words, each once. */
  blank: MergeFieldKey[];
}

/** What a slot becomes: a value, other words, or nothing. A link is its address. */
interface Filled {
  text: string;
  isBlank: boolean;
}

/** Words and values one after another; line breaks that the writer typed stay. For letters and scripts. */
export function mergeText(pieces: readonly Piece[], values: MergeValues): Merged {
  const text = pieces.map((piece) => (isSlot(piece) ? fill(piece, values).text : piece.words)).join("");
  return { text, blank: blankIn(pieces.filter(isSlot), values) };
}

/** The fields of these that nothing is known for and that have no other words, each once. */
export function blankIn(slots: readonly Slot[], values: MergeValues): MergeFieldKey[] {
  return [...new Set(slots.filter((slot) => fill(slot, values).isBlank).map(({ field }) => field))];
}

/** One line whatever is in it. For subjects. */
export function mergeLine(pieces: readonly Piece[], values: MergeValues): Merged {
  const { text, blank } = mergeText(pieces, values);
  return { text: asValue(text), blank };
}

/** What stands in the place of a field. */
export function fill({ field, otherwise }: Slot, values: MergeValues): Filled {
  const value = asValue(values[field] ?? "");
  if (value !== "") return { text: value, isBlank: false };
  const words = isLinkField(field) ? null : otherwise;
  return { text: asValue(words ?? ""), isBlank: words === null };
}

/**
 * A value as it may stand in a line: no control characters, line breaks as spaces, no halves of characters, and none of
 * the signs that turn the text after them round (Unicode's bidirectional embeddings, overrides and isolates, UAX 9). Joiners
 * stay: Persian and Hindi are written with them.
 */
export function asValue(text: string): string {
  if (/^[!-~]+(?: [!-~]+)*$/.test(text)) return text;
  return text
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(/[\u202A-\u202E\u2066-\u2069\uFEFF]/g, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}
