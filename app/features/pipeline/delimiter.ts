/** What stands between the cells of a file, found from its first rows. */

export const delimiters = [",", ";", "\t"] as const;
export type Delimiter = (typeof delimiters)[number];

export const delimiterNames: Record<Delimiter, string> = { ",": "Comma", ";": "Semicolon", "\t": "Tab" };

const ROWS_LOOKED_AT = 30;

/** How many cells each of the first rows has if cells were parted by `delimiter`. Knows quotes; blank rows are left out. */
function cellCounts(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = [];
  let cells = 1;
  let length = 0;
  let quoted = false;
  for (let index = 0; index < text.length && counts.length < ROWS_LOOKED_AT; index++) {
    const char = text[index];
    if (char === '"') quoted = !quoted;
    if (!quoted && (char === "\n" || char === "\r")) {
      if (length > 0) counts.push(cells);
      cells = 1;
      length = 0;
      continue;
    }
    length++;
    if (char === delimiter && !quoted) cells++;
  }
  if (length > 0 && counts.length < ROWS_LOOKED_AT) counts.push(cells);
  return counts;
}

/** The rows that have as many cells as the first, times how many those are; one cell says nothing. */
function score(counts: readonly number[]): number {
  const width = counts[0] ?? 1;
  if (width < 2) return 0;
  const alike = counts.filter((count) => count === width).length / counts.length;
  return alike * alike * Math.min(width, 50);
}

/** The delimiter under which the first rows look most like a table; a comma when there is nothing to tell. */
export function guessDelimiter(text: string): Delimiter {
  const stated = /^sep=([,;\t])\r?\n/i.exec(text);
  if (stated) return stated[1] as Delimiter;
  const scored = delimiters.map((delimiter) => ({ delimiter, score: score(cellCounts(text, delimiter)) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}
