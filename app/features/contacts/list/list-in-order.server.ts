import { readView } from "~/features/contacts/list/contact-list";
import { type Narrowed, narrowedRows } from "~/features/contacts/list/kept-contacts.server";
import { conditionsOf } from "~/features/contacts/list/list-conditions.server";
import { parseSearch } from "~/features/contacts/search/search-terms.server";
import { type Scope } from "~/platform/scope.server";

/** Where a walk through a list stands: behind this contact; both null: before the first. */
export interface Standing {
  after_key: string | null;
  after_id: string | null;
}

/**
 * The next so many of all that a list shows, by name, whatever it is sorted by: that index knows all of them. `query`:
 * the list's address. For work that goes through a long list in steps, and may be taken up again.
 */
export async function nextOfList(scope: Scope, query: string, after: Standing, limit: number) {
  const view = { ...readView(new URLSearchParams(query)), sort: "name", order: "ascending", cursor: null } as const;
  const narrowed: Narrowed = { view, conditions: conditionsOf(scope, view), terms: parseSearch(view.query) };
  const { after_key: key, after_id: id } = after;
  const along = view.archived ? ["archived"] : ["kind", "owner", "own"];
  return narrowedRows(scope, narrowed, (lead) => along.includes(lead), scope.db)
    .select(["contacts.id", "contacts.name_key as sort_key"])
    .$if(key !== null && id !== null, (query) =>
      query.where((eb) => eb(eb.refTuple("contacts.name_key", "contacts.id"), ">", eb.tuple(key ?? "", id ?? ""))),
    )
    .orderBy("contacts.name_key")
    .orderBy("contacts.id")
    .limit(limit)
    .execute();
}
