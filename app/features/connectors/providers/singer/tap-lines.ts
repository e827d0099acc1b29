/** What a program writes, line by line, holding no more than one line at a time. */
import { Trouble } from "~/features/connectors/connector";

const NEWLINE = 0x0a;

export interface Lines {
  /** Those that are complete with it. @throws Trouble for one that is too long */
  add(piece: Buffer): string[];
  /** What stands behind the last line break. */
  rest(): string;
}

export function splitLines(name: string, mostBytes: number): Lines {
  let begun: Buffer[] = [];
  let length = 0;
  const whole = () => {
    const line = Buffer.concat(begun).toString("utf8");
    begun = [];
    length = 0;
    return line;
  };
  const hold = (piece: Buffer) => {
    length += piece.length;
    if (length > mostBytes) {
      throw new Trouble(
        `${name} sent a single message of more than ${Math.round(mostBytes / 1_000_000)} MB, which no contact needs. What came before is stored.`,
      );
    }
    begun.push(piece);
  };
  return {
    add(piece) {
      const lines: string[] = [];
      let at = 0;
      for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, at)) {
        hold(piece.subarray(at, end));
        lines.push(whole());
        at = end + 1;
      }
      if (at < piece.length) hold(piece.subarray(at));
      return lines;
    },
    rest: whole,
  };
}
