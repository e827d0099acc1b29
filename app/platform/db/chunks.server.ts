/**
 * SQLite takes 32,766 parameters in a statement, Postgres 65,535. No table has more than 40 columns (a test looks), so
 * that eight hundred rows always fit; of single values thirty thousand do.
 */
const MOST_ROWS = 800;
const MOST_VALUES = 30_000;

/** Rows to insert, as many at a time as a statement takes. Nothing at all for no rows. */
export function rowChunks<Row extends object>(rows: readonly Row[]): Generator<Row[]> {
  return chunks(rows, MOST_ROWS);
}

/** Values to look up with `in`, as many at a time as a statement takes. Nothing at all for no values. */
export function valueChunks(values: readonly string[]): Generator<string[]> {
  return chunks(values, MOST_VALUES);
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
