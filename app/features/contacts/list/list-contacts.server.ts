import { sql } from "kysely";
import {
  type ContactListView,
  type ContactSort,
  contactSorts,
  COUNT_LIMIT,
  PAGE_SIZE,
} from "~/features/contacts/list/contact-list";
import { isCustomField } from "~/features/contacts/contact";
import {
  beyond,
  fetchPage,
  keptBy,
  type Narrowed,
  narrowedRows,
  parts,
  rowOf,
  walkOf,
} from "~/features/contacts/list/kept-contacts.server";
import { countLeads, type LeadCounts } from "~/features/contacts/list/list-choices.server";
import { type Condition, conditionsOf, type Lead, walksAlong } from "~/features/contacts/list/list-conditions.server";
import { type ContactPage, toPage } from "~/features/contacts/list/list-page.server";
import { sortKeyOf } from "~/features/contacts/list/list-sort.server";
import { type ContactRow, listedColumns } from "~/features/contacts/list/list-row.server";
import { keptBySearch, mostHits, searchListed } from "~/features/contacts/search/search-contacts.server";
import { parseSearch } from "~/features/contacts/search/search-terms.server";
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
  const best = conditions.length > 0 ? fewest(conditions, counts ?? (await countLeads(scope, view))) : null;
  const found = (await searchPage(scope, narrowed, best)) ?? (await filteredPage(scope, narrowed, best));
  const { rows, total } = found.total === null ? await walkPage(scope, narrowed, MANY) : found;
  return toPage(view, rows, total, terms);
}

/** Rows of a page in the order of walking; `total` null: too many to sort, they are to be walked. */
type Found = { rows: ContactRow[]; total: number } | { rows: never[]; total: null };
const tooMany: Found = { rows: [], total: null };

/** What words find; null: there are none, or they find so much that a filter should lead. */
async function searchPage(scope: Scope, narrowed: Narrowed, best: Best | null): Promise<Found | null> {
  const { terms, conditions, view } = narrowed;
  if (!terms) return null;
  // Where a filter finds few, it does when the words find many.
  const most = best && best.count <= COUNT_LIMIT ? COUNT_LIMIT : mostHits(narrowed);
  const found = await fetchPage(scope, keptBySearch(scope, narrowed, terms, most), view);
  if (found.hits <= most) return found.total <= COUNT_LIMIT ? found : tooMany;
  return conditions.length === 0 ? tooMany : null;
}

async function filteredPage(scope: Scope, narrowed: Narrowed, best: Best | null): Promise<Found> {
  const { view } = narrowed;
  if (!best) return walkPage(scope, narrowed, null);
  const total = knownTotal(narrowed, best);
  if (total !== null && total > COUNT_LIMIT) return tooMany;
  if (total !== null && walksAlong(view, best.lead, sortKeyOf(scope, view.sort).column))
    return walkPage(scope, narrowed, total);
  const fetched = await fetchPage(scope, keptBy(scope, narrowed, best.lead), view);
  return fetched.total <= COUNT_LIMIT ? fetched : tooMany;
}

/** Many archived ones are sorted by name only, since no other index has them. */
export function settled(view: ContactListView, counts: LeadCounts): ContactListView {
  const sorts = sortsOf(view, counts);
  if (sorts.includes(view.sort) || (isCustomField(view.sort) && sorts.length > 1)) return view;
  return { ...view, sort: "name", order: "ascending", cursor: null };
}

/** What the list can be sorted by, beside the account's own fields: by those it can be where it can be by all of these. */
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
  const sorted = sortKeyOf(scope, view.sort);
  const { forwards, direction } = walkOf(view);
  const { cursor } = view;
  const along = (lead: Lead) => walksAlong(view, lead, sorted.column);
  const counted = () =>
    parts
      .selectFrom(
        narrowedRows(scope, narrowed, along)
          .select(sql<number>`1`.as("one"))
          .limit(MANY)
          .as("counted"),
      )
      .select((eb) => eb.fn.countAll<number>().as("count"));
  const rows = await narrowedRows(scope, narrowed, along, scope.db)
    .select(listedColumns)
    .select([sorted.key.as("sort_key")])
    .select(() => [(total === null ? counted() : sql<number>`${sql.lit(total)}`).as("total")])
    .$if(cursor !== null, (query) => query.where(beyond(sorted, forwards, rowOf(cursor ?? { key: "", id: "" }))))
    .orderBy(sorted.key, direction)
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
