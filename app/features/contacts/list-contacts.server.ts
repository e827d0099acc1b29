import { sql } from "kysely";
import {
  type ContactListView,
  type ContactSort,
  contactSorts,
  COUNT_LIMIT,
  PAGE_SIZE,
  sortColumns,
} from "~/features/contacts/contact-list";
import {
  beyond,
  fetchPage,
  keptBy,
  type Narrowed,
  narrowedRows,
  walkOf,
} from "~/features/contacts/kept-contacts.server";
import { countLeads, type LeadCounts } from "~/features/contacts/list-choices.server";
import { type Condition, conditionsOf, type Lead, walksAlong } from "~/features/contacts/list-conditions.server";
import { type ContactPage, toPage } from "~/features/contacts/list-page.server";
import { type ContactRow, listedColumns } from "~/features/contacts/list-row.server";
import { keptBySearch, searchListed } from "~/features/contacts/search-contacts.server";
import { parseSearch } from "~/features/contacts/search-terms.server";
import { type Scope } from "~/platform/scope.server";

/** More than a list counts. */
const MANY = COUNT_LIMIT + 1;

/**
 * One page of a list of contacts. Few are fetched and sorted; of many the index of the sort is walked with the same
 * conditions. Three statements at the most, and one more to count what each filter lets through, unless that is given.
 */
export async function listContacts(scope: Scope, view: ContactListView, counts?: LeadCounts): Promise<ContactPage> {
  const narrowed: Narrowed = { view, conditions: conditionsOf(scope, view), terms: parseSearch(view.query) };
  const { conditions, terms } = narrowed;
  const page = ({ rows, total }: { rows: ContactRow[]; total: number }) => toPage(view, rows, total, terms);
  if (terms) {
    const found = await fetchPage(scope, keptBySearch(scope, narrowed, terms), view);
    if (found.hits <= COUNT_LIMIT) return page(found);
    if (conditions.length === 0) return page(await walkPage(scope, narrowed, MANY));
  }
  const best = fewest(conditions, counts ?? (await countLeads(scope, view)));
  if (!best) return page(await walkPage(scope, narrowed, null));
  const total = knownTotal(narrowed, best);
  if (total !== null && (total > COUNT_LIMIT || walksAlong(view, best.lead, sortColumns[view.sort]))) {
    return page(await walkPage(scope, narrowed, total));
  }
  const fetched = await fetchPage(scope, keptBy(scope, narrowed, best.lead), view);
  return page(fetched.total <= COUNT_LIMIT ? fetched : await walkPage(scope, narrowed, MANY));
}

/** Many archived ones are sorted by name only, since no other index has them. */
export function settled(view: ContactListView, counts: LeadCounts): ContactListView {
  if (view.sort === "name" || sortsOf(view, counts).includes(view.sort)) return view;
  return { ...view, sort: "name", order: "ascending", cursor: null };
}

/** What the list can be sorted by. */
export function sortsOf(view: ContactListView, counts: LeadCounts): readonly ContactSort[] {
  return view.archived && (counts.archived ?? 0) > COUNT_LIMIT ? ["name"] : contactSorts;
}

interface Best {
  lead: Lead;
  count: number;
}

/** The condition that leads to the fewest. */
export function fewest(conditions: readonly Condition[], counts: LeadCounts): Best | null {
  const known = conditions.flatMap(({ lead }) => (lead ? [{ lead, count: counts[lead] ?? MANY }] : []));
  return known.reduce<Best | null>((best, each) => (best && best.count <= each.count ? best : each), null);
}

/** What is counted already: a single filter is all there is. Of a tag its archived ones were counted, too. */
function knownTotal({ conditions, terms }: Narrowed, { lead, count }: Best): number | null {
  return conditions.length === 1 && !terms && lead !== "tag" ? count : null;
}

/** A page read along the index of the sort. `total` null: counted in the same statement. */
async function walkPage(scope: Scope, narrowed: Narrowed, total: number | null) {
  const { view } = narrowed;
  const column = sortColumns[view.sort];
  const { forwards, direction } = walkOf(view);
  const { cursor } = view;
  const along = (lead: Lead) => walksAlong(view, lead, column);
  const counted = () =>
    scope.db
      .selectFrom(
        narrowedRows(scope, narrowed, along)
          .select(sql<number>`1`.as("one"))
          .limit(MANY)
          .as("counted"),
      )
      .select((eb) => eb.fn.countAll<number>().as("count"));
  const rows = await narrowedRows(scope, narrowed, along, scope.db)
    .select(listedColumns)
    .select([`contacts.${column} as sort_key`])
    .select(() => [(total === null ? counted() : sql<number>`${sql.lit(total)}`).as("total")])
    .$if(cursor !== null, (query) => query.where(beyond(column, forwards, cursor?.key, cursor?.id)))
    .orderBy(`contacts.${column}`, direction)
    .orderBy("contacts.id", direction)
    .limit(PAGE_SIZE + 1)
    .execute();
  return { rows: rows as ContactRow[], total: rows[0]?.total ?? 0 };
}

/** Ids of all that a list shows on all its pages, up to `atMost` of them, in no particular order. */
export async function listIds(scope: Scope, view: ContactListView, atMost: number): Promise<string[]> {
  const narrowed: Narrowed = { view, conditions: conditionsOf(scope, view), terms: parseSearch(view.query) };
  const found = narrowed.terms && (await searchListed(scope, narrowed, narrowed.terms, atMost));
  if (found) return found;
  const best = fewest(narrowed.conditions, await countLeads(scope, view));
  const rows = await narrowedRows(scope, narrowed, (lead) => lead === best?.lead, scope.db)
    .select("contacts.id")
    .limit(atMost)
    .execute();
  return rows.map((row) => row.id);
}
