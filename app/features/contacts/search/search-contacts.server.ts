import { type Expression, expressionBuilder, type RawBuilder, sql, type SqlBool } from "kysely";
import { COUNT_LIMIT } from "~/features/contacts/list/contact-list";
import { type Kept, type Narrowed } from "~/features/contacts/list/kept-contacts.server";
import { type Builder } from "~/features/contacts/list/list-conditions.server";
import { sortKeyOf } from "~/features/contacts/list/list-sort.server";
import { accountToken } from "~/features/contacts/search/search-index.server";
import { type SearchTerms } from "~/features/contacts/search/search-terms.server";
import "~/features/contacts/tables";
import { withoutGuard } from "~/platform/db/approved.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * The search query. One of the two files that use a handle without the guard, since the index is a virtual table on
 * SQLite and a function on Postgres; every statement here names the account itself, or (the function) reads it from the
 * connection's setting, and row-level security still holds for all but the function.
 */

/**
 * So many hits are looked through for those that the filters let through: more than are ever sorted, as most of them go.
 * Without filters all hits are kept, and one more than a list counts is enough to know.
 */
export function mostHits({ conditions }: Narrowed): number {
  return conditions.length > 0 ? 60_000 : COUNT_LIMIT;
}

/** A statement that knows what words find (`hits`), and how much that is (`found`). */
export function withHits(scope: Scope, narrowed: Narrowed, terms: SearchTerms, most = mostHits(narrowed)) {
  return withoutGuard(scope.db)
    .with(
      (cte) => cte("hits").materialized(),
      () =>
        sql<Tables["contacts"]>`(${hits(scope, terms, { currentOnly: !narrowed.view.archived, atMost: most + 1 })})`,
    )
    .with("found", (db) => db.selectFrom("hits").select((eb) => eb.fn.countAll<number>().as("hits")));
}

const parts = expressionBuilder<Tables & { hits: Tables["contacts"] }, never>();

/** What a list keeps of the hits. Under the table's name, so that the list's own conditions hold for them. */
export function hitRows(scope: Scope, narrowed: Narrowed) {
  const { key } = sortKeyOf(scope, narrowed.view.sort);
  return parts
    .selectFrom("hits as contacts")
    .select(["contacts.id", key.as("sort_key")])
    .where((eb) => narrowedHits(eb as unknown as Builder, narrowed));
}

/** What words find, narrowed to what a list keeps of it. `found.hits` says when it is too much to be all of it. */
export function keptBySearch(scope: Scope, narrowed: Narrowed, terms: SearchTerms, most = mostHits(narrowed)): Kept {
  return withHits(scope, narrowed, terms, most).with(
    (cte) => cte("kept").materialized(),
    () => hitRows(scope, narrowed).limit(COUNT_LIMIT + 1),
  ) as unknown as Kept;
}

/** Ids of all contacts that match, up to `atMost`, in no particular order. */
export async function searchIds(scope: Scope, terms: SearchTerms, atMost: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from (${hits(scope, terms, { atMost })}) hits`.execute(
    withoutGuard(scope.db),
  );
  return rows.map((row) => row.id);
}

/** Ids of what matches and a list is narrowed to, up to `atMost`; null where too much matches before narrowing. */
export async function searchListed(
  scope: Scope,
  narrowed: Narrowed,
  terms: SearchTerms,
  atMost: number,
): Promise<string[] | null> {
  const rows = await keptBySearch(scope, narrowed, terms)
    .with("some", (db) => db.selectFrom("kept").select("kept.id").limit(atMost))
    .selectFrom("found")
    .leftJoin("some", (join) => join.onTrue())
    .select(["found.hits", "some.id"])
    .execute();
  if ((rows[0]?.hits ?? 0) > mostHits(narrowed)) return null;
  return rows.flatMap((row) => (row.id === null ? [] : [row.id]));
}

interface HitOptions {
  atMost?: number;
  /** Leaves out what is archived already here: else nobody knows how many of the current ones there are. */
  currentOnly?: boolean;
}

/** All that match, with what they are narrowed and sorted by; one more than a list counts. */
function hits(scope: Scope, terms: SearchTerms, { atMost = COUNT_LIMIT + 1, currentOnly = false }: HitOptions = {}) {
  if (scope.database.dialect === "postgres") {
    const patterns = terms.needles.map((needle) => `%${escapeLike(needle)}%`);
    return sql`select ${columnsOf("found")} from tallybook_search_contacts(${patterns}, ${atMost}, ${currentOnly}) found`;
  }
  // Candidates by their characters, then the check; `cross join` keeps this order.
  const contained = terms.needles.map((needle) => sql`instr(c.search, ${needle}) > 0`);
  return sql`select ${columnsOf("c")}
    from contact_search cross join contacts c on c.search_id = contact_search.rowid
    where contact_search match ${candidateQuery(scope, terms)} and c.account_id = ${scope.account.id}
      and ${sql.join(contained, sql` and `)} ${currentOnly ? sql`and c.archived_at is null` : sql``}
      and c.deleted_at is null
    limit ${sql.lit(atMost)}`;
}

/** What a hit brings along: all that lists are narrowed and sorted by. */
const hitColumns =
  "id kind owner_id archived_at deleted_at no_email_at no_phone_at no_letter_at name_key company_key email_key city_key created_at changed_at";

function columnsOf(alias: string): RawBuilder<unknown> {
  return sql.join(hitColumns.split(" ").map((column) => sql.ref(`${alias}.${column}`)));
}

/** Not as plain conditions: Postgres would make joins of them, and without statistics (after a first import) slow ones. */
function narrowedHits(eb: Builder, { view, conditions }: Narrowed): Expression<SqlBool> {
  const archived = eb("contacts.archived_at", view.archived ? "is not" : "is", null);
  return eb.and([archived, ...conditions.map(({ where }) => sql<SqlBool>`(${where(eb, false)}) is true`)]);
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
