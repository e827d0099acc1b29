import { type ExpressionBuilder, sql } from "kysely";
import { listName } from "~/features/contacts/contact";
import {
  type ContactListView,
  COUNT_LIMIT,
  type Cursor,
  PAGE_SIZE,
  type SortColumn,
  sortColumns,
} from "~/features/contacts/contact-list";
import { type ContactRow, listedColumns } from "~/features/contacts/list-row.server";
import { searchListed, searchPage } from "~/features/contacts/search-contacts.server";
import { parseSearch, type SearchTerms } from "~/features/contacts/search-terms.server";
import "~/features/contacts/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface ListedContact extends Pick<ContactRow, "id" | "kind" | "name" | "company" | "email" | "phone"> {
  /** As it stands in a sorted list: `Adebayo, Folasade`. */
  listName: string;
  tags: string[];
  createdAt: string;
  changedAt: string;
}

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

/**
 * One page of a list of contacts. One statement, or two where a search is too wide to be sorted. `tagged` is how many
 * carry the view's tag, up to one more than a list counts: it decides how those are found.
 */
export async function listContacts(scope: Scope, view: ContactListView, tagged = 0): Promise<ContactPage> {
  const terms = parseSearch(view.query);
  if (terms) {
    const found = await searchPage(scope, terms, view);
    if (!found.tooMany) return toPage(view, found.rows, found.total, terms);
  }
  const { rows, total } = await walkPage(scope, view, terms, tagged <= COUNT_LIMIT);
  return toPage(view, rows, total, terms);
}

/** A page and the count in one statement, walking an index of the sort (or, if few are tagged, sorting those). */
async function walkPage(scope: Scope, view: ContactListView, terms: SearchTerms | null, fewTagged: boolean) {
  const column = sortColumns[view.sort];
  const { cursor } = view;
  const forwards = (view.order === "ascending") === (cursor?.direction !== "previous");
  const direction = forwards ? "asc" : "desc";
  const rows = await scope.db
    .selectFrom("contacts")
    .select(listedColumns)
    .select([`${column} as sort_key`])
    .select((eb) =>
      eb
        .selectFrom((inner) =>
          inner
            .selectFrom("contacts")
            .select(sql<number>`1`.as("one"))
            .where((eb) => isListed(eb, scope, view, terms, fewTagged))
            .limit(COUNT_LIMIT + 1)
            .as("counted"),
        )
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .as("total"),
    )
    .where((eb) => isListed(eb, scope, view, terms, fewTagged))
    .$if(cursor !== null, (query) => query.where((eb) => isBeyond(eb, column, forwards, cursor as Cursor)))
    .orderBy(column, direction)
    .orderBy("id", direction)
    .limit(PAGE_SIZE + 1)
    .execute();
  return { rows: rows as ContactRow[], total: rows[0]?.total ?? 0 };
}

type Builder = ExpressionBuilder<Tables, "contacts">;

function isListed(eb: Builder, scope: Scope, view: ContactListView, terms: SearchTerms | null, fewTagged: boolean) {
  const conditions = [
    eb("contacts.account_id", "=", scope.account.id),
    eb("contacts.archived_at", view.archived ? "is not" : "is", null),
  ];
  if (view.kind) conditions.push(eb("contacts.kind", "=", view.kind));
  for (const needle of terms?.needles ?? []) {
    const position = scope.database.dialect === "sqlite" ? sql.raw("instr") : sql.raw("strpos");
    conditions.push(eb(sql<number>`${position}(${eb.ref("contacts.search")}, ${needle})`, ">", 0));
  }
  if (view.tagId) {
    const tagged = eb
      .selectFrom("contact_tags")
      .select("contact_tags.contact_id")
      .where("contact_tags.account_id", "=", scope.account.id)
      .where("contact_tags.tag_id", "=", view.tagId);
    conditions.push(
      fewTagged
        ? eb("contacts.id", "in", tagged)
        : eb.exists(tagged.whereRef("contact_tags.contact_id", "=", "contacts.id")),
    );
  }
  return eb.and(conditions);
}

function isBeyond(eb: Builder, column: SortColumn, forwards: boolean, { key, id }: Cursor) {
  return eb(eb.refTuple(column, "id"), forwards ? ">" : "<", eb.tuple(key, id));
}

function toPage(view: ContactListView, walked: ContactRow[], total: number, terms: SearchTerms | null): ContactPage {
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
    ...neighbours(view, rows, { before, to, more: walked.length > PAGE_SIZE }),
    words: terms?.words ?? [],
  };
}

/** The pages before and after; where the walk came from there is one, where it ends only if rows were left. */
function neighbours(
  { cursor }: ContactListView,
  rows: ContactRow[],
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

function toListed(row: ContactRow): ListedContact {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    company: row.company,
    email: row.email,
    phone: row.phone,
    listName: listName({ name: row.name, givenName: row.given_name, familyName: row.family_name }),
    tags: fromJson<string[]>(row.tags),
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** Ids of all that a list shows on all its pages, up to `atMost` of them, in no particular order. */
export async function listIds(scope: Scope, view: ContactListView, atMost: number): Promise<string[]> {
  const terms = parseSearch(view.query);
  const found = terms && (await searchListed(scope, terms, view, atMost));
  if (found) return found;
  const rows = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where((eb) => isListed(eb, scope, view, terms, true))
    .limit(atMost)
    .execute();
  return rows.map((row) => row.id);
}
