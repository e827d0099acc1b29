/** Lines of a vCard as RFC 2426 and RFC 2425, 5.8, want them: escaped, ended by CRLF, folded at 75 octets. */

export interface ContentLine {
  name: string;
  types?: string[];
  parameters?: Record<string, string>;
  /** Components, each of one or several values: `Hale;Rowan`, `client,trustee`. */
  parts: string[][];
  /** What a person calls it, when no type does. */
  label?: string | null;
  /** What they noted beside it: under a name of our own, which everybody else passes over. */
  note?: string;
}

export function vcardLine(line: ContentLine, index: number): string {
  const { name, types = [], parameters = {}, parts, label, note } = line;
  const said = [...types.map((type) => ["TYPE", type] as const), ...Object.entries(parameters)];
  const group = label || note ? `item${index}.` : "";
  const head = [group + name, ...said.map(([key, value]) => `${key}=${value}`)].join(";");
  const value = parts.map((values) => values.map(escaped).join(",")).join(";");
  const labelled = label ? folded(`${group}X-ABLabel:${escaped(label)}`) : "";
  const noted = note ? folded(`${group}X-TALLYBOOK-NOTE:${escaped(note)}`) : "";
  return folded(`${head}:${value}`) + labelled + noted;
}

function escaped(text: string): string {
  return text
    .replace(/\\/g, "\\\\")
    .replace(/[;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[\p{Cc}\p{Cs}]/gu, "");
}

const MOST_OCTETS = 75;

/** A longer line goes on after CRLF and a space; never within a character, which in UTF-8 has up to four octets. */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > MOST_OCTETS) {
      text += "\r\n ";
      octets = 1;
    }
    text += sign;
    octets += size;
  }
  return `${text}\r\n`;
}
