import { FileProblem } from "~/features/pipeline/files/file-problem";
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
  let current: ContentLine | null = null;
  let line = 0;
  for await (const text of physicalLines(texts)) {
    line++;
    if (current && goesOn(current.text, text)) {
      if (skipped.test(current.text)) continue;
      current.text = joined(current.text, text);
      if (current.text.length > MAX_ROW_BYTES) throw tooLong(current.line);
      continue;
    }
    if (current) yield current;
    current = text.trim() === "" ? null : { line, text };
  }
  if (current) yield current;
}

function goesOn(before: string, text: string): boolean {
  return /^[ \t]/.test(text) || isSoft(before);
}

/** Quoted-printable goes on after a line that ends with an equals sign. */
function isSoft(text: string): boolean {
  return text.endsWith("=") && quotedPrintable.test(text);
}

function joined(before: string, text: string): string {
  return isSoft(before) ? before.slice(0, -1) + text : before + text.slice(1);
}

/** Ended by LF, CRLF or CR. Of a picture in one endless line only the beginning is kept. */
async function* physicalLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  let line = 1;
  for await (const text of texts) {
    rest += text;
    // A CR at the end may be half of a CRLF.
    const held = rest.endsWith("\r") ? "\r" : "";
    const lines = rest.slice(0, rest.length - held.length).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? "") + held;
    line += lines.length;
    yield* lines;
    if (rest.length <= MAX_ROW_BYTES) continue;
    if (!skipped.test(rest)) throw tooLong(line);
    rest = rest.slice(0, 100);
  }
  if (rest !== "") yield rest.replace(/\r$/, "");
}

function tooLong(line: number): FileProblem {
  return new FileProblem(`Line ${line} is longer than 1 MB: no line of a contact is. Export the contacts again.`);
}
