/** A saved view is a list's address under a name. Pure. */
import { type ContactListView, readView, viewQuery } from "~/features/contacts/list/contact-list";

/** As many characters as a name may have. */
export const MOST_NAME = 60;
/** As many stand above the list; the others are a press away. */
export const MOST_SHOWN = 7;

/** A view as the list names it. */
export interface ListedView {
  id: string;
  name: string;
  query: string;
  isShared: boolean;
  /** Whoever reads made it. */
  isMine: boolean;
}

/** What of a list is kept: all but the page and the view that it came from. */
export function queryToSave(view: ContactListView): string {
  return viewQuery({ ...view, saved: null });
}

/** The list that a view shows. */
export function viewOfSaved({ id, query }: Pick<ListedView, "id" | "query">): ContactListView {
  return { ...readView(new URLSearchParams(query)), saved: id };
}

/** Whether the list is no longer as the view has it. */
export function isChanged(view: ContactListView, { query }: Pick<ListedView, "query">): boolean {
  return queryToSave(view) !== queryToSave(readView(new URLSearchParams(query)));
}

const harmless = new Set(["columns", "sort", "order"]);

/**
 * Whether a view was narrowed by something that lists no longer know, so that it would show more than it was made for.
 * A column or a sort that is gone is simply left out.
 */
export function isBroken({ query }: Pick<ListedView, "query">): boolean {
  const known = new URLSearchParams(queryToSave(readView(new URLSearchParams(query))));
  return [...new URLSearchParams(query)].some(([name, value]) => !harmless.has(name) && known.get(name) !== value);
}

/** An address that names a view and nothing else: it stands for whatever the view shows now. */
export function bareView(params: URLSearchParams): string | null {
  const [first, ...others] = [...params];
  return first?.[0] === "view" && others.length === 0 ? first[1] : null;
}
