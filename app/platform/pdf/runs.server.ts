import bidiFactory from "bidi-js";
import { type Face, faceWith, has, type Han, lastFace, mainFace } from "~/platform/pdf/faces.server";
import { type Weight } from "~/platform/pdf/font-files.server";

/**
 * A line of text as pieces from left to right, each in one font, one script and one direction (Unicode Bidirectional
 * Algorithm, UAX 9; joining and placing of marks within a piece is the font's own and fontkit's).
 */
export interface Run {
  text: string;
  face: Face;
  /** Latin: each word looks the same wherever it stands. */
  isPlain: boolean;
}

/** What stands for a character that no font has. */
export const MISSING = "\uFFFD";

/** Latin with everything that European languages put on it: nearly every text, and one font has it all. */
const plain = /^[\u0020-\u007E\u00A0-\u024F\u2010-\u2027\u20AC]*$/;

const bidi = bidiFactory();
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export async function runsOf(text: string, weight: Weight): Promise<Run[]> {
  if (text === "") return [];
  if (plain.test(text)) return [{ text, face: await mainFace(weight), isPlain: true }];
  const drawn = await withFaces(text, weight);
  return leftToRight(grouped(drawn, withLevels(drawn)));
}

/** Without what has no shape of its own: controls, marks of direction, variants of one sign. */
export function drawable(text: string): string {
  if (plain.test(text) && !text.includes("\u00AD")) return text;
  return text
    .normalize("NFC")
    .replace(/[\t\r\n\u2028\u2029]+/g, " ")
    .replace(/[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFE00-\uFE0F]/gu, "")
    .replace(/\p{Cs}/gu, MISSING)
    .replace(thaiAm, "\u0E4D$1\u0E32")
    .replace(laoAm, "\u0ECD$1\u0EB2");
}

/** Thai and Lao "am" is a ring and a letter, and the ring belongs under the tone that is written before it. */
const thaiAm = /([\u0E48-\u0E4B]?)\u0E33/g;
const laoAm = /([\u0EC8-\u0ECB]?)\u0EB3/g;

interface Drawn {
  text: string;
  face: Face;
  script: string | null;
}

async function withFaces(text: string, weight: Weight): Promise<Drawn[]> {
  const han = hanOf(text);
  const drawn: Drawn[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const previous = drawn.at(-1);
    const script = scriptOf(segment) ?? previous?.script ?? null;
    // Spaces and full stops stay in the font of the letters before them.
    const stays = previous && scriptOf(segment) === null && has(previous.face, segment);
    const face = stays ? previous.face : await faceWith(segment, weight, han);
    drawn.push(face ? { text: segment, face, script } : { text: MISSING, face: await lastFace(weight), script: null });
  }
  return drawn;
}

function hanOf(text: string): Han {
  if (/\p{Script=Hangul}/u.test(text)) return "korean";
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? "japanese" : "chinese";
}

const scripts = [
  ...["Latin", "Greek", "Cyrillic", "Arabic", "Hebrew", "Thai", "Devanagari", "Bengali", "Gujarati", "Gurmukhi"],
  ...["Tamil", "Armenian", "Georgian", "Lao", "Han", "Hiragana", "Katakana", "Hangul"],
].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, "u") }));

/** Null: a sign of every script. */
function scriptOf(text: string): string | null {
  return scripts.find(({ pattern }) => pattern.test(text))?.name ?? (/\p{L}/u.test(text) ? "other" : null);
}

interface Level {
  level: number;
  /** As it looks in that direction: a bracket that opens is turned round from right to left. */
  text: string;
}

function withLevels(drawn: readonly Drawn[]): Level[] {
  const text = drawn.map((one) => one.text).join("");
  const found = bidi.getEmbeddingLevels(text);
  const mirrored = bidi.getMirroredCharactersMap(text, found.levels);
  let at = 0;
  return drawn.map((one) => {
    const start = at;
    at += one.text.length;
    return { level: found.levels[start] ?? 0, text: mirrored.get(start) ?? one.text };
  });
}

interface LevelRun extends Drawn {
  level: number;
}

function grouped(drawn: readonly Drawn[], levels: readonly Level[]): LevelRun[] {
  const runs: LevelRun[] = [];
  drawn.forEach((one, index) => {
    const { level, text } = levels[index] ?? { level: 0, text: one.text };
    const last = runs.at(-1);
    const fits = last?.face === one.face && last.script === one.script && last.level === level;
    if (fits) last.text += text;
    else runs.push({ ...one, level, text });
  });
  return runs;
}

/** Rule L2: from the highest level down to the lowest odd one, whatever stands at it or above is turned round. */
function leftToRight(runs: LevelRun[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(...ordered.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? 0) >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered.map(({ text, face, level }) => {
    return { text: level % 2 === 1 ? turned(text) : text, face, isPlain: plain.test(text) };
  });
}

/** fontkit turns letters round that are written from right to left; signs between them are left to us. */
function turned(text: string): string {
  if (/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text)) return text;
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
    .reverse()
    .join("");
}
