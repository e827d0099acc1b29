/** Codes as people type, paste or scan them: one a line, or parted by commas or semicolons. Pure. */

export interface TypedCode {
  typed: string;
  /** From 1. */
  line: number;
}

const LONGEST = 200;

export function readTypedCodes(text: string): TypedCode[] {
  return text.split(/\r\n|\r|\n/).flatMap((row, index) =>
    row
      .split(/[,;\t]/)
      .map((part) => part.trim().slice(0, LONGEST))
      .filter((typed) => typed !== "")
      .map((typed) => ({ typed, line: index + 1 })),
  );
}
