/** What stands between the cells of a file, found from its first rows. */

export const delimiters = [",", ";", "\t"] as const;
export type Delimiter = (typeof delimiters)[number];

const ROWS_LOOKED_AT = 30;

/** How many cells each of the first rows has if cells were parted by `delimiter`: quoted text counts for nothing. */
function cellCounts(text: string, delimiter: Delimiter): number[] {
  const rows = text.replace(/"[^"]*"/g, "q").split(/\r\n|\n|\r/);
  const filled = rows.filter((row) => row !== "").slice(0, ROWS_LOOKED_AT);
  return filled.map((row) => row.split(delimiter).length);
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
