import { type CustomField, isCustomField } from "~/features/contacts/contact";
import { columnsParam, type ContactColumn, readColumns, usualColumns } from "~/features/contacts/list/list-columns";
import { type ContactFilters, filterParams, isIdText, oneOf, readFilters } from "~/features/contacts/list/list-filters";
import { isStorable, oneLine } from "~/features/contacts/values/typed-text";
import { isInstant } from "~/platform/time";

/** A list of contacts as its address says it: what is looked for, how it is narrowed and sorted, its columns, and which page. */

export const PAGE_SIZE = 50;
/** Lists stop counting here: "10,000+". */
export const COUNT_LIMIT = 10_000;

/** As many as one command archives: enough for a list, few enough to be done while somebody waits. */
export const MOST_AT_ONCE = 2_000;

export const contactSorts = ["name", "company", "email", "city", "created", "changed"] as const;
export type BuiltInSort = (typeof contactSorts)[number];
export type ContactSort = BuiltInSort | CustomField;

/** The column behind each sort: an allow-list, as the word comes from the address. */
export const sortColumns = {
  name: "name_key",
  company: "company_key",
  email: "email_key",
  city: "city_key",
  created: "created_at",
  changed: "changed_at",
} as const satisfies Record<BuiltInSort, string>;
export type SortColumn = (typeof sortColumns)[BuiltInSort];

/** Where a page begins: beyond this row, in the sorted order or (previous page) against it. */
export interface Cursor {
  direction: "next" | "previous";
  key: string;
  id: string;
  /** How many rows stand before the one it names; for "51–100 of …" only. */
  place: number;
}

export interface ContactListView extends ContactFilters {
  query: string;
  sort: ContactSort;
  order: "ascending" | "descending";
  /** Null: as usual. */
  columns: ContactColumn[] | null;
  cursor: Cursor | null;
  /** The saved view that it came from. */
  saved: string | null;
}

const MAX_QUERY = 200;
const MAX_KEY = 400;

/** Reads a list's address. What it does not understand it leaves out: a shortened or old link still shows a list. */
export function readView(params: URLSearchParams): ContactListView {
  const asked = params.get("sort") ?? "";
  const sort = isCustomField(asked) ? asked : (oneOf(contactSorts, asked) ?? "name");
  return {
    ...readFilters(params),
    query: oneLine((params.get("q") ?? "").slice(0, MAX_QUERY)),
    sort,
    order: oneOf(["ascending", "descending"] as const, params.get("order")) ?? naturalOrder(sort),
    columns: readColumns(params),
    cursor: readCursor(params, sort),
    saved: isIdText(params.get("view") ?? "") ? params.get("view") : null,
  };
}

/** Names from A to Z, dates from the newest. */
export function naturalOrder(sort: ContactSort): ContactListView["order"] {
  return sort === "created" || sort === "changed" ? "descending" : "ascending";
}

function readCursor(params: URLSearchParams, sort: ContactSort): Cursor | null {
  const direction = params.has("after") ? "next" : "previous";
  const [id = "", place = "", ...rest] = (params.get("after") ?? params.get("before") ?? "").split("~");
  const key = rest.join("~");
  if (!isIdText(id) || !isPlace(place) || !isKeyOf(sort, key)) return null;
  return { direction, key, id, place: Number(place) };
}

function isPlace(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}

function isKeyOf(sort: ContactSort, key: string): boolean {
  return sort === "created" || sort === "changed" ? isInstant(key) : isKeyText(key);
}

function isKeyText(key: string): boolean {
  return key.length > 0 && key.length <= MAX_KEY && isStorable(key);
}

/** The query string of a view, shortest first: "" for the plain list, else with its question mark. */
export function viewQuery(view: ContactListView, changes: Partial<ContactListView> = {}): string {
  // Whatever changes, the page begins anew, unless it is the page that changes.
  const next = { ...view, cursor: null, ...changes };
  const params = Object.entries(partsOf(next)).filter((part): part is [string, string] => part[1] !== null);
  // By itself it would stand for the view as it was saved.
  if (next.saved && params.length > 0) params.push(["view", next.saved]);
  // A comma and a colon may stand in a query as they are, and columns are read by people.
  return params.length > 0
    ? `?${String(new URLSearchParams(params)).replaceAll("%2C", ",").replaceAll("%3A", ":")}`
    : "";
}

function partsOf(view: ContactListView): Record<string, string | null> {
  const { cursor } = view;
  return {
    q: view.query || null,
    ...filterParams(view),
    sort: view.sort === "name" ? null : view.sort,
    order: view.order === naturalOrder(view.sort) ? null : view.order,
    columns: columnsParam(view.columns),
    [cursor?.direction === "next" ? "after" : "before"]: cursor && `${cursor.id}~${cursor.place}~${cursor.key}`,
  };
}

/** The view with another sort: a second click on the same head turns the order round. */
export function sortedBy(view: ContactListView, sort: ContactSort): Partial<ContactListView> {
  if (view.sort !== sort) return { sort, order: naturalOrder(sort) };
  return { sort, order: view.order === "ascending" ? "descending" : "ascending" };
}

/** As chosen; of the usual ones the date is that by which the list is sorted. */
export function shownColumns({ columns, sort }: ContactListView): readonly ContactColumn[] {
  if (columns) return columns;
  return usualColumns.map((column) => (column === "changed" && sort === "created" ? "created" : column));
}
