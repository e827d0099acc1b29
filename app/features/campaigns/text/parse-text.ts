/**
 * Reads the merge fields of a text: `{{first name}}`, with words for where nothing is known, `{{first name | friend}}`.
 * `\{{` writes the braces themselves. Pure.
 */
import { type Catalogue, type MergeField, type MergeFieldKey } from "~/features/campaigns/text/merge-fields";

/** A piece of text that stays as it is. */
export interface Words {
  words: string;
}

/** The place of a field. */
export interface Slot {
  field: MergeFieldKey;
  /** What stands there where nothing is known, or the words of a link; null where nothing was said. May be "". */
  otherwise: string | null;
}

export type Piece = Words | Slot;

export function isSlot(piece: Piece): piece is Slot {
  return "field" in piece;
}

/** What keeps a text from being used, as a sentence that says where. */
export interface TextProblem {
  /** From 1. */
  line: number;
  sentence: string;
}

export interface ParsedText {
  pieces: Piece[];
  problems: TextProblem[];
  /** Where each field stands, in order. */
  slotLines: number[];
}

/** What stands at a pair of braces that are not escaped. `end` is where the text goes on. */
export type Braces =
  | { kind: "slot"; end: number; slot: Slot }
  | { kind: "unclosed"; end: number }
  | { kind: "unknown"; end: number; name: string; meant: MergeField | null };

/** Longer texts are refused where they are typed: what reads them works on the whole. In characters. */
export const LONGEST_TEXT = 50_000;

/** A field with its other words. What is longer is a pair of braces that somebody forgot to close. */
const LONGEST_FIELD = 300;

/** Reads what begins with `{{` at `start`. A field ends on its line. */
export function readBraces(text: string, start: number, catalogue: Catalogue): Braces {
  const inner = /^([^\n]*?)(?:\}\}|\{\{)/.exec(text.slice(start + 2, start + 2 + LONGEST_FIELD));
  if (!inner?.[0].endsWith("}}")) return { kind: "unclosed", end: start + 2 };
  const end = start + 2 + inner[0].length;
  const [name, otherwise] = parted(inner[1] ?? "", catalogue);
  const field = catalogue.find(name);
  if (!field) return { kind: "unknown", end, name: name.trim(), meant: catalogue.nearest(name) };
  return { kind: "slot", end, slot: { field: field.key, otherwise } };
}

/** A field of the account's own may have a `|` in its name. */
function parted(inner: string, catalogue: Catalogue): [name: string, otherwise: string | null] {
  const bar = inner.indexOf("|");
  if (bar < 0 || catalogue.find(inner)) return [inner, null];
  return [inner.slice(0, bar), inner.slice(bar + 1).trim()];
}

/** Parts a text into words and fields. What is no field stays as it was typed, and is told. */
export function parseText(text: string, catalogue: Catalogue): ParsedText {
  const parsed: ParsedText = { pieces: [], problems: [], slotLines: [] };
  let words = "";
  let line = 1;
  for (const part of partsOf(text, catalogue)) {
    if (typeof part === "string") {
      words += part;
      line += part.split("\n").length - 1;
    } else if (part.kind === "slot") {
      if (words) parsed.pieces.push({ words });
      words = "";
      parsed.pieces.push(part.slot);
      parsed.slotLines.push(line);
    } else {
      words += part.typed;
      parsed.problems.push({ line, sentence: problemSentence(part) });
    }
  }
  if (words) parsed.pieces.push({ words });
  return parsed;
}

function* partsOf(text: string, catalogue: Catalogue): Generator<string | (Braces & { typed: string })> {
  let at = 0;
  for (let found = text.indexOf("{{"); found >= 0; found = text.indexOf("{{", at)) {
    if (isEscaped(text, found)) {
      yield `${text.slice(at, found - 1)}{{`;
      at = found + 2;
      continue;
    }
    yield text.slice(at, found);
    const braces = readBraces(text, found, catalogue);
    yield { ...braces, typed: text.slice(found, braces.end) };
    at = braces.end;
  }
  yield text.slice(at);
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (before > 0 && text[before - 1] === "\\") before -= 1;
  return (at - before) % 2 === 1;
}

const SHOWN_NAME = 40;

function problemSentence(braces: Exclude<Braces, { kind: "slot" }>): string {
  if (braces.kind === "unclosed") {
    return "A field begins with {{ and does not end with }} on the same line. To write the braces themselves, put \\ before them.";
  }
  if (braces.name === "") return "There is nothing between {{ and }}.";
  const name = braces.name.length > SHOWN_NAME ? `${braces.name.slice(0, SHOWN_NAME)}…` : braces.name;
  const meant = braces.meant ? ` Did you mean {{${braces.meant.name}}}?` : "";
  return `There is no field “${name}”.${meant}`;
}
