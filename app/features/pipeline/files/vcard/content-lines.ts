import { FileProblem } from "~/features/pipeline/files/file-problem";
import { turns } from "~/features/pipeline/files/in-turns.server";
import { MAX_ROW_BYTES } from "~/features/pipeline/files/source-row";

/** The lines of a vCard file put together again (RFC 6350, 3.2; vCard 2.1 within quoted-printable, too). */

export interface ContentLine {
  /** Where it begins, from 1. */
  line: number;
  text: string;
}

/** Pictures and the like: often megabytes of base64, and nothing for a row. */
const skipped = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/i;
const quotedPrintable = /^[^:]*;(?:ENCODING=)?"?QUOTED-PRINTABLE/i;

/** @throws FileProblem for a line of over 1 MB that is no picture */
export async function* contentLines(texts: AsyncIterable<string>): AsyncGenerator<ContentLine> {
  let current: OpenLine | null = null;
  let line = 0;
  for await (const text of physicalLines(texts)) {
    line++;
    if (current && (isFolded(text) || current.isSoft)) {
      goOn(current, text);
      continue;
    }
    if (current) yield whole(current);
    current = text.trim() === "" ? null : begun(line, text);
  }
  if (current) yield whole(current);
}

/** Of many physical lines: each is looked at once, whatever stands before it. */
interface OpenLine {
  line: number;
  pieces: string[];
  /** With its ends of lines, so that empty ones count as well. */
  size: number;
  isSkipped: boolean;
  isQuotedPrintable: boolean;
  /** Quoted-printable goes on after a line that ends with an equals sign. */
  isSoft: boolean;
}

function begun(line: number, text: string): OpenLine {
  const isQuotedPrintable = quotedPrintable.test(text);
  const isSoft = isQuotedPrintable && text.endsWith("=");
  return { line, pieces: [text], size: text.length, isSkipped: skipped.test(text), isQuotedPrintable, isSoft };
}

function goOn(current: OpenLine, text: string): void {
  const { pieces, isSoft: wasSoft } = current;
  const piece = wasSoft ? text : text.slice(1);
  current.isSoft = current.isQuotedPrintable && piece.endsWith("=");
  if (current.isSkipped) return;
  current.size += text.length + 1;
  if (current.size > MAX_ROW_BYTES) throw tooLong(current.line);
  if (wasSoft) pieces.push((pieces.pop() ?? "").slice(0, -1));
  if (piece !== "") pieces.push(piece);
}

function whole({ line, pieces }: OpenLine): ContentLine {
  return { line, text: pieces.join("") };
}

function isFolded(text: string): boolean {
  return text.startsWith(" ") || text.startsWith("\t");
}

/** Ended by LF, CRLF or CR. Of a picture in one endless line only the beginning is kept. */
async function* physicalLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  const giveWay = turns();
  let rest = "";
  let line = 1;
  for await (const text of texts) {
    rest += text;
    // A CR at the end may be half of a CRLF.
    const held = rest.endsWith("\r") ? "\r" : "";
    const lines = rest.slice(0, rest.length - held.length).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? "") + held;
    line += lines.length;
    for (const each of lines) {
      const turn = giveWay();
      if (turn) await turn;
      yield each;
    }
    if (rest.length <= MAX_ROW_BYTES) continue;
    if (!skipped.test(rest)) throw tooLong(line);
    rest = rest.slice(0, 100);
  }
  if (rest !== "") yield rest.replace(/\r$/, "");
}

function tooLong(line: number): FileProblem {
  return new FileProblem(`Line ${line} is longer than 1 MB: no line of a contact is. Export the contacts again.`);
}
