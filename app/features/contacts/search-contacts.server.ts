import { type RawBuilder, sql } from "kysely";
import { type ContactListView, COUNT_LIMIT, PAGE_SIZE, sortColumns } from "~/features/contacts/contact-list";
import { type ContactRow, listedColumns } from "~/features/contacts/list-row.server";
import { accountToken } from "~/features/contacts/search-index.server";
import { type SearchTerms } from "~/features/contacts/search-terms.server";
import "~/features/contacts/tables";
import { withoutGuard } from "~/platform/db/approved.server";
import { type Scope } from "~/platform/scope.server";

/**
 * The search query. One of the two files that use a handle without the guard, since the index is a virtual table on
 * SQLite and a function on Postgres; every statement here names the account itself, or (the function) reads it from the
 * connection's setting, and row-level security still holds for all but the function.
 */

export type SearchPage =
  | { tooMany: true }
  /** Rows of one page, in the order of walking, one more than a page if there are more; and how many match in all. */
  | { tooMany: false; rows: ContactRow[]; total: number };

/**
 * One page of the contacts that match. Up to 10,000 hits are fetched and sorted; above it says "too many", and the
 * caller walks the sorted index with the same predicate: a capped sample is never sorted.
 */
export async function searchPage(scope: Scope, terms: SearchTerms, view: ContactListView): Promise<SearchPage> {
  const key = sql.ref(sortColumns[view.sort]);
  const { direction, beyond } = walk(view);
  const statement = sql<ContactRow & { hits: number; total: number }>`
    with hits as materialized (${hits(scope, terms)}),
    kept as materialized (select id, ${key} as sort_key from hits where ${narrowed(scope, view)}),
    page as (select id, sort_key from kept where ${beyond} order by sort_key ${direction}, id ${direction}
      limit ${sql.lit(PAGE_SIZE + 1)}),
    counted as (select (select count(*) from hits) as hits, (select count(*) from kept) as total)
    select counted.hits, counted.total, page.sort_key, ${sql.join(listedColumns.map((column) => sql.ref(`contacts.${column}`)))}
    from counted left join page on 1 = 1
    left join contacts on contacts.account_id = ${scope.account.id} and contacts.id = page.id
    order by page.sort_key ${direction}, page.id ${direction}`;
  const { rows } = await statement.execute(withoutGuard(scope.db));
  const [first] = rows;
  if (!first || first.hits > COUNT_LIMIT) return { tooMany: true };
  return { tooMany: false, total: first.total, rows: rows.filter((row) => row.id !== null) };
}

/** Ids of all contacts that match, up to `atMost`, in no particular order. */
export async function searchIds(scope: Scope, terms: SearchTerms, atMost: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from (${hits(scope, terms, atMost)}) hits`.execute(
    withoutGuard(scope.db),
  );
  return rows.map((row) => row.id);
}

/** Ids of what matches and a list is narrowed to, up to `atMost`; null where more than 10,000 match before narrowing. */
export async function searchListed(
  scope: Scope,
  terms: SearchTerms,
  view: ContactListView,
  atMost: number,
): Promise<string[] | null> {
  const statement = sql<{ id: string | null; hits: number }>`
    with hits as materialized (${hits(scope, terms)}),
    kept as (select id from hits where ${narrowed(scope, view)} limit ${atMost}),
    counted as (select count(*) as hits from hits)
    select counted.hits, kept.id from counted left join kept on 1 = 1`;
  const { rows } = await statement.execute(withoutGuard(scope.db));
  if ((rows[0]?.hits ?? 0) > COUNT_LIMIT) return null;
  return rows.flatMap((row) => (row.id === null ? [] : [row.id]));
}

/** All that match, with what they are narrowed and sorted by; one more than a list counts. */
function hits(scope: Scope, terms: SearchTerms, atMost = COUNT_LIMIT + 1): RawBuilder<unknown> {
  if (scope.database.dialect === "postgres") {
    const patterns = terms.needles.map((needle) => `%${escapeLike(needle)}%`);
    return sql`select id, kind, archived_at, name_key, company_key, email_key, created_at, changed_at
      from tallybook_search_contacts(${patterns}, ${atMost})`;
  }
  // Candidates by their characters, then the check; `cross join` keeps this order.
  const contained = terms.needles.map((needle) => sql`instr(c.search, ${needle}) > 0`);
  return sql`select c.id, c.kind, c.archived_at, c.name_key, c.company_key, c.email_key, c.created_at, c.changed_at
    from contact_search cross join contacts c on c.search_id = contact_search.rowid
    where contact_search match ${candidateQuery(scope, terms)} and c.account_id = ${scope.account.id}
      and ${sql.join(contained, sql` and `)}
    limit ${atMost}`;
}

function narrowed(scope: Scope, view: ContactListView): RawBuilder<unknown> {
  const conditions = [view.archived ? sql`archived_at is not null` : sql`archived_at is null`];
  if (view.kind) conditions.push(sql`kind = ${view.kind}`);
  if (view.tagId) {
    // Not as a plain condition: Postgres would make a join of it, and without statistics (just after a first import) a
    // slow one. Like this the tagged ids are read once.
    conditions.push(sql`(id in (select t.contact_id from contact_tags t
      where t.account_id = ${scope.account.id} and t.tag_id = ${view.tagId})) is true`);
  }
  return sql.join(conditions, sql` and `);
}

function walk({ order, cursor }: ContactListView) {
  const forwards = (order === "ascending") === (cursor?.direction !== "previous");
  const direction = sql.raw(forwards ? "asc" : "desc");
  const beyond = cursor
    ? sql`(sort_key, id) ${sql.raw(forwards ? ">" : "<")} (${cursor.key}, ${cursor.id})`
    : sql`1 = 1`;
  return { direction, beyond };
}

/** A pattern's own characters, taken literally. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** More would cost more than they save: what they let through is checked anyway. */
const MOST_TRIGRAMS = 24;

/** The index's question: rows with the account's token and all of the needles' groups of three characters. */
function candidateQuery(scope: Scope, terms: SearchTerms): string {
  const trigrams = new Set([accountToken(scope.account.id)]);
  for (const needle of terms.needles) {
    const characters = Array.from(needle);
    for (let at = 0; at + 3 <= characters.length && trigrams.size < MOST_TRIGRAMS; at++) {
      trigrams.add(characters.slice(at, at + 3).join(""));
    }
  }
  return [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(" AND ");
}
