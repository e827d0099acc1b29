/**
 * JSON as taps send it: numbers that do not fit into one of ours stay as they were written, as text; `NaN` and
 * `Infinity`, which Python writes though JSON has no such thing, are nothing.
 */
import { type Json } from "~/features/connectors/connector";

/** Sixteen digits or more, an exponent, or no number at all: most lines have nothing of the kind. */
const risky = /\d[\d.]{15}|\d[eE]|NaN|Infinity/;
const bare = /-?Infinity|NaN|-?\d[\d.eE+-]*/g;
/** What no database of ours takes: a NUL, and half a character. */
const unstorable = /\\u(?:0000|[dD][89a-fA-F])/;
const SAFE_DIGITS = 15;

/** @throws SyntaxError */
export function parseLossless(text: string): Json {
  const found = JSON.parse(risky.test(text) ? outsideStrings(text, (part) => part.replace(bare, kept)) : text) as Json;
  return unstorable.test(text) ? storable(found) : found;
}

function kept(token: string): string {
  if (!/\d/.test(token)) return "null";
  const digits = token
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+/, "");
  return digits.length <= SAFE_DIGITS && Number.isFinite(Number(token)) ? token : JSON.stringify(token);
}

function outsideStrings(text: string, change: (part: string) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      parts.push(change(text.slice(at)));
      break;
    }
    const end = endOfString(text, quote);
    parts.push(change(text.slice(at, quote)), text.slice(quote, end));
    at = end;
  }
  return parts.join("");
}

/** Behind its closing quotation mark. */
function endOfString(text: string, start: number): number {
  for (let at = start; ;) {
    at = text.indexOf('"', at + 1);
    if (at === -1) return text.length;
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
}

/** In Node 20, though not yet in the types of ES2023. */
interface WellFormed {
  toWellFormed(): string;
}

function storable(value: Json): Json {
  if (typeof value === "string") return (value.replaceAll("\0", "\uFFFD") as unknown as WellFormed).toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => storable(each));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [storable(name) as string, storable(each)]));
}
