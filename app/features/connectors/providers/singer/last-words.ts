/** What a tap says on the side (stderr): only the end of it is kept, in memory, and told without what is nobody's business. */
import { type Readable } from "node:stream";

const MOST_LINES = 50;
/** Of a line: enough that what is told of it comes after whatever has to be hidden. */
const MOST_LETTERS = 20_000;
const MOST_TOLD = 300;

export interface LastWords {
  /** Called at each word. */
  onSaid: (() => void) | null;
  /** Its complaint, or null; `secret`: what must not stand in it. */
  told(secret: readonly string[]): string | null;
}

export function lastWords(stderr: Readable): LastWords {
  const lines: string[] = [];
  let complaint: string | null = null;
  let begun = "";
  const take = (line: string) => {
    const cut = line.slice(0, MOST_LETTERS);
    if (/\b(?:CRITICAL|FATAL)\b/.test(cut)) complaint = cut;
    lines.push(cut);
    if (lines.length > MOST_LINES) lines.shift();
  };
  const words: LastWords = {
    onSaid: null,
    told: (secret) => {
      if (begun !== "") take(begun);
      begun = "";
      const found = complaint ?? lines.findLast((line) => usual.test(line)) ?? null;
      return found === null ? null : redacted(found, secret).slice(0, MOST_TOLD).trim() || null;
    },
  };
  stderr.setEncoding("utf8").on("data", (piece: string) => {
    words.onSaid?.();
    const parts = (begun + piece).split("\n");
    begun = (parts.pop() ?? "").slice(0, MOST_LETTERS);
    parts.forEach(take);
  });
  return words;
}

/** Where nothing is called critical: how Python and loggers begin a complaint. */
const usual = /\bERROR\b|^\w*(?:[\w.]*(?:Error|Exception))\b/;

const HIDDEN = "•••";

/** Without any value of its configuration, in whatever spelling, and without what looks like a key. */
export function redacted(text: string, secret: readonly string[]): string {
  const spellings = secret
    .flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), base64(value)])
    .concat(secret.flatMap(linesOf))
    .sort((a, b) => b.length - a.length);
  let clean = text;
  for (const spelling of new Set(spellings)) clean = clean.replaceAll(spelling, HIDDEN);
  return withoutBegun(clean, spellings)
    .replace(/:\/\/[^\s/@]+@/g, `://${HIDDEN}@`)
    .replace(/\b(bearer|basic) [\w.~+/=-]+/gi, `$1 ${HIDDEN}`)
    .replace(/([\w-]*(?:token|secret|password|passwd|api_?key)["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi, `$1${HIDDEN}`)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

const LEAST_LINE = 8;

/** What is kept is one line of what was said: of a value with several, e.g. a private key, each may stand alone. */
function linesOf(value: string): string[] {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim());
  return lines.length > 1 ? lines.filter((line) => line.length >= LEAST_LINE) : [];
}

/** Without a value at its end of which only the beginning is there, as the line was cut. */
function withoutBegun(text: string, spellings: readonly string[]): string {
  for (const spelling of spellings) {
    for (let length = Math.min(spelling.length - 1, text.length); length >= LEAST_LINE; length--) {
      if (text.endsWith(spelling.slice(0, length))) return text.slice(0, -length) + HIDDEN;
    }
  }
  return text;
}

/** Without its end, which depends on what follows. */
function base64(value: string): string {
  return (
    Buffer.from(value)
      .toString("base64")
      .replace(/.{0,3}=*$/, "") || value
  );
}
