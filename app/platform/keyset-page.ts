/** A page of a list that is walked by its sort key from some row on, forwards or backwards. */

export interface Walk {
  /** Beyond the row that it names, in the sorted order or against it. */
  direction: "next" | "previous";
  /** How many rows stand before that row; for "51–100 of …" only, since counting them would cost more than it tells. */
  place: number;
}

export interface KeysetPage<Row, Cursor> {
  rows: Row[];
  /** Place of the first row, from 1; 0 when there is none. */
  from: number;
  to: number;
  previous: Cursor | null;
  next: Cursor | null;
}

/**
 * @param walked rows in the order of walking, one more than a page if there are more
 * @param at what names a row in a cursor
 */
export function keysetPage<Row, Place extends object>(
  walked: readonly Row[],
  size: number,
  cursor: (Walk & Place) | null,
  at: (row: Row) => Place,
): KeysetPage<Row, Walk & Place> {
  const rows = walked.slice(0, size);
  const back = cursor?.direction === "previous";
  if (back) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return { rows, from: 0, to: 0, previous: null, next: null };
  const before = placeBefore(cursor, rows.length);
  const to = before + rows.length;
  const more = walked.length > size;
  return {
    ...{ rows, from: before + 1, to },
    // Where the walk came from there is a page; where it ends only if rows were left.
    previous: (back ? more : cursor) ? { direction: "previous", place: before, ...at(first) } : null,
    next: back || more ? { direction: "next", place: to, ...at(last) } : null,
  };
}

function placeBefore(cursor: Walk | null, rows: number): number {
  if (!cursor) return 0;
  return cursor.direction === "next" ? cursor.place : Math.max(0, cursor.place - rows);
}
