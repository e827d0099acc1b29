/** A row as it stands in the database (null: there is none) and as it is to stand. */
export interface Standing<Row> {
  before: Partial<Row> | null;
  now: Row;
}

/**
 * Rows to be written over, put together by the columns in which they differ from what stands there: one statement each.
 * A column that is named in an update costs every index it is in a page, whether or not its value is another.
 */
export function byChangedColumns<Row extends object, Column extends keyof Row & string>(
  rows: readonly Standing<Row>[],
  columns: readonly Column[],
): { changed: readonly Column[]; rows: Row[] }[] {
  const groups = new Map<string, { changed: readonly Column[]; rows: Row[] }>();
  for (const { before, now } of rows) {
    const changed = columns.filter((column) => before === null || before[column] !== now[column]);
    const key = changed.join();
    const group = groups.get(key);
    if (group) group.rows.push(now);
    else groups.set(key, { changed, rows: [now] });
  }
  return [...groups.values()];
}
