/** Words in several looks broken into lines of a width. */
import { type Span } from "~/features/campaigns/letters/letter-text";
import { type Pdf } from "~/platform/pdf/pdf.server";
import { type ShapedLine } from "~/platform/pdf/shaped.server";

export interface RichLine {
  parts: { line: ShapedLine; slanted: boolean }[];
  width: number;
  /** It is written from right to left, so it stands at the right. */
  isLeftward: boolean;
}

interface Style {
  size: number;
  width: number;
}

export async function richLines(pdf: Pdf, spans: readonly Span[], { size, width }: Style): Promise<RichLine[]> {
  const isLeftward = leftward(spans.map(({ text }) => text).join(""));
  const [only, ...more] = spans;
  if (!only) return [];
  if (more.length > 0) return mixedLines(pdf, spans, { size, width, isLeftward });
  const lines = await pdf.lines(only.text, { size, width, weight: only.bold ? "bold" : "regular" });
  return lines.map((line) => ({ parts: [{ line, slanted: only.slanted }], width: line.width, isLeftward }));
}

/** By the first letter that says which way it is written (UAX 9, rules P2 and P3). */
function leftward(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? "";
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

type Word = Span;
const words = new Intl.Segmenter("en", { granularity: "word" });

/** Each word with the space behind it; a line break is a word by itself. */
function wordsOf({ text, ...look }: Span): Word[] {
  const found: Word[] = [];
  for (const { segment, isWordLike } of words.segment(text)) {
    const last = found.at(-1);
    if (segment.includes("\n")) found.push({ text: "\n", ...look });
    else if (last && last.text !== "\n" && !(isWordLike && /\s$/.test(last.text))) last.text += segment;
    else found.push({ text: segment, ...look });
  }
  return found;
}

async function mixedLines(
  pdf: Pdf,
  spans: readonly Span[],
  { size, width, isLeftward }: Style & { isLeftward: boolean },
): Promise<RichLine[]> {
  const shape = ({ text, bold }: Word) => pdf.line(text, { size, weight: bold ? "bold" : "regular" });
  const lines: Word[][] = [[]];
  let used = 0;
  for (const word of spans.flatMap(wordsOf)) {
    if (word.text === "\n") {
      lines.push([]);
      used = 0;
      continue;
    }
    for (const piece of await fitting(pdf, word, { size, width })) {
      const { width: bare } = await shape({ ...piece, text: piece.text.trimEnd() });
      if (used > 0 && used + bare > width) {
        lines.push([]);
        used = 0;
      }
      lines.at(-1)?.push(piece);
      used += (await shape(piece)).width;
    }
  }
  return Promise.all(
    lines.map(async (line) =>
      setLine(
        await Promise.all(
          joined(line).map(async (word) => ({
            line: await shape(word),
            slanted: word.slanted,
          })),
        ),
        isLeftward,
      ),
    ),
  );
}

/** A word that is wider than the line by itself is cut where it must be. */
async function fitting(pdf: Pdf, word: Word, { size, width }: Style): Promise<Word[]> {
  const weight = word.bold ? "bold" : "regular";
  if ((await pdf.line(word.text.trimEnd(), { size, weight })).width <= width) return [word];
  const signs = Array.from(word.text);
  const pieces: Word[] = [];
  const most = Math.max(1, Math.floor(width / size));
  for (let at = 0; at < signs.length; at += most) pieces.push({ ...word, text: signs.slice(at, at + most).join("") });
  return pieces;
}

function joined(line: readonly Word[]): Word[] {
  const result: Word[] = [];
  for (const word of line) {
    const last = result.at(-1);
    if (last && last.bold === word.bold && last.slanted === word.slanted) last.text += word.text;
    else result.push({ ...word });
  }
  const last = result.at(-1);
  if (last) last.text = last.text.trimEnd();
  return result;
}

function setLine(parts: RichLine["parts"], isLeftward: boolean): RichLine {
  const width = parts.reduce((sum, { line }) => sum + line.width, 0);
  return { parts: isLeftward ? parts.reverse() : parts, width, isLeftward };
}

export function putRichLine(
  pdf: Pdf,
  { parts, width, isLeftward }: RichLine,
  { x, y, size, room }: { x: number; y: number; size: number; room: number },
): void {
  let left = isLeftward ? x + room - width : x;
  for (const { line, slanted } of parts) {
    pdf.put(line, { x: left, y, size, slanted });
    left += line.width;
  }
}
