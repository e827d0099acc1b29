import { type ContactListView, COUNT_LIMIT, type Cursor, PAGE_SIZE } from "~/features/contacts/list/contact-list";
import { type ContactRow, type ListedContact, toListed } from "~/features/contacts/list/list-row.server";
import { type SearchTerms } from "~/features/contacts/search/search-terms.server";

export interface ContactPage {
  contacts: ListedContact[];
  /** Place of the first row, from 1; 0 when there is none. */
  from: number;
  to: number;
  total: number;
  /** Counting stopped at `total`. */
  capped: boolean;
  previous: Cursor | null;
  next: Cursor | null;
  /** What was looked for, for marking it. */
  words: string[];
}

/** @param walked rows in the order of walking, one more than a page if there are more */
export function toPage(
  view: ContactListView,
  walked: readonly ContactRow[],
  total: number,
  terms: SearchTerms | null,
): ContactPage {
  const rows = walked.slice(0, PAGE_SIZE);
  if (view.cursor?.direction === "previous") rows.reverse();
  const before = placeBefore(view, rows.length);
  const to = rows.length > 0 ? before + rows.length : 0;
  return {
    contacts: rows.map(toListed),
    from: rows.length > 0 ? before + 1 : 0,
    to,
    total: Math.max(Math.min(total, COUNT_LIMIT), to),
    capped: total > COUNT_LIMIT,
    ...pagesBeside(view, rows, { before, to, more: walked.length > PAGE_SIZE }),
    words: terms?.words ?? [],
  };
}

/** The pages before and after; where the walk came from there is one, where it ends only if rows were left. */
function pagesBeside(
  { cursor }: ContactListView,
  rows: readonly ContactRow[],
  { before, to, more }: { before: number; to: number; more: boolean },
): Pick<ContactPage, "previous" | "next"> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { previous: null, next: null };
  const back = cursor?.direction === "previous";
  return {
    previous: (back ? more : cursor)
      ? { direction: "previous", key: first.sort_key, id: first.id, place: before }
      : null,
    next: back || more ? { direction: "next", key: last.sort_key, id: last.id, place: to } : null,
  };
}

/** How many rows stand before this page: what the address says, since counting them would cost more than it tells. */
function placeBefore({ cursor }: ContactListView, rows: number): number {
  if (!cursor) return 0;
  return cursor.direction === "next" ? cursor.place : Math.max(0, cursor.place - rows);
}
