import { type ContactListView, COUNT_LIMIT, type Cursor, PAGE_SIZE } from "~/features/contacts/list/contact-list";
import { type ContactRow, type ListedContact, toListed } from "~/features/contacts/list/list-row.server";
import { type SearchTerms } from "~/features/contacts/search/search-terms.server";
import { keysetPage } from "~/platform/keyset-page";

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
  const at = ({ sort_key: key, id }: ContactRow) => ({ key, id });
  const { rows, ...page } = keysetPage(walked, PAGE_SIZE, view.cursor, at);
  return {
    ...page,
    contacts: rows.map(toListed),
    total: Math.max(Math.min(total, COUNT_LIMIT), page.to),
    capped: total > COUNT_LIMIT,
    words: terms?.words ?? [],
  };
}
