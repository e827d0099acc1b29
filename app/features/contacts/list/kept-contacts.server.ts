import { type Expression, expressionBuilder, type QueryCreator, sql } from "kysely";
import { type ContactListView, COUNT_LIMIT, PAGE_SIZE } from "~/features/contacts/list/contact-list";
import { type Condition, hasWords, inList, type Lead } from "~/features/contacts/list/list-conditions.server";
import { type SortKey, sortKeyOf } from "~/features/contacts/list/list-sort.server";
import { type ContactRow, listedColumns } from "~/features/contacts/list/list-row.server";
import { type SearchTerms } from "~/features/contacts/search/search-terms.server";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * "Few: fetch and sort." What a list keeps, found by the index that leads to the fewest, up to one more than a list
 * counts. Beyond that it is a part only, and never sorted: the caller walks the index of the sort instead.
 */

export interface KeptTables extends Tables {
  kept: { id: string; sort_key: string };
  /** How many there were before the filters, where words led; else as many as are kept. */
  found: { hits: number };
}
export type Kept = QueryCreator<KeptTables>;

/** Which of a list's conditions are asked, and how. */
export interface Narrowed {
  view: ContactListView;
  conditions: readonly Condition[];
  terms: SearchTerms | null;
}

/** For parts of a statement. (A handle's own builder would have the guard read each part by itself, too.) */
export const parts = expressionBuilder<Tables, never>();

/** The rows of a list, in no order; those conditions that `leads` names stand so that their index is used. */
export function narrowedRows(
  scope: Scope,
  { view, conditions, terms }: Narrowed,
  leads: (lead: Lead) => boolean,
  from: Pick<QueryCreator<Tables>, "selectFrom"> = parts,
) {
  return from
    .selectFrom("contacts")
    .where((eb) => inList(eb, scope, view))
    .where((eb) =>
      eb.and([
        ...conditions.map(({ lead, where }) => where(eb, lead !== null && leads(lead))),
        ...hasWords(eb, scope, terms?.needles ?? []),
      ]),
    );
}

/** What is kept, found by one condition's index. */
export function keptBy(scope: Scope, narrowed: Narrowed, lead: Lead): Kept {
  const { key } = sortKeyOf(scope, narrowed.view.sort);
  return scope.db
    .with(
      (cte) => cte("kept").materialized(),
      () =>
        narrowedRows(scope, narrowed, (each) => each === lead)
          .select(["contacts.id", key.as("sort_key")])
          .limit(COUNT_LIMIT + 1),
    )
    .with("found", (db) =>
      db.selectFrom("kept").select((eb) => eb.fn.countAll<number>().as("hits")),
    ) as unknown as Kept;
}

/** The way a page is read: with the sort or against it. */
export function walkOf({ order, cursor }: ContactListView) {
  const forwards = (order === "ascending") === (cursor?.direction !== "previous");
  return { forwards, direction: forwards ? ("asc" as const) : ("desc" as const) };
}

export interface FetchedPage {
  /** In the order of walking, one more than a page if there are more. */
  rows: ContactRow[];
  total: number;
  hits: number;
}

/** One page of what is kept, and how many that is. One statement. */
export async function fetchPage(scope: Scope, kept: Kept, view: ContactListView): Promise<FetchedPage> {
  const { forwards, direction } = walkOf(view);
  const { cursor } = view;
  const rows = await kept
    .with("page", (db) =>
      db
        .selectFrom("kept")
        .select(["kept.id", "kept.sort_key"])
        .$if(cursor !== null, (query) =>
          query.where((eb) =>
            eb(
              eb.refTuple("kept.sort_key", "kept.id"),
              forwards ? ">" : "<",
              eb.tuple(cursor?.key ?? "", cursor?.id ?? ""),
            ),
          ),
        )
        .orderBy("kept.sort_key", direction)
        .orderBy("kept.id", direction)
        .limit(PAGE_SIZE + 1),
    )
    .with("counted", (db) =>
      db
        .selectFrom("found")
        .select("found.hits")
        .select((eb) => eb.selectFrom("kept").select(eb.fn.countAll<number>().as("count")).as("total")),
    )
    .selectFrom("counted")
    .leftJoin("page", (join) => join.onTrue())
    .leftJoin("contacts", (join) =>
      join.on("contacts.account_id", "=", scope.account.id).onRef("contacts.id", "=", "page.id"),
    )
    .select(listedColumns)
    .select(["page.sort_key", "counted.hits", "counted.total"])
    .orderBy("page.sort_key", direction)
    .orderBy("page.id", direction)
    .execute();
  return {
    rows: rows.filter((row) => row.id !== null) as ContactRow[],
    total: rows[0]?.total ?? 0,
    hits: rows[0]?.hits ?? 0,
  };
}

/** Beyond a row in the sort, forwards or against it. `row`: a pair of its key and its id. */
export function beyond({ key }: SortKey, forwards: boolean, row: Expression<unknown>) {
  const own = sql`(${key}, ${sql.ref("contacts.id")})`;
  return sql<boolean>`${own} ${sql.raw(forwards ? ">" : "<")} ${row}`;
}

/** The row that a page's address names. */
export function rowOf({ key, id }: { key: string; id: string }) {
  return sql`(${key}, ${id})`;
}
