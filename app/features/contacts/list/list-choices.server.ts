import { sql } from "kysely";
import { type ContactListView, COUNT_LIMIT } from "~/features/contacts/list/contact-list";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { type Condition, conditionsOf, inList, type Lead } from "~/features/contacts/list/list-conditions.server";
import "~/features/contacts/tables";
import { toListedViews, viewRows } from "~/features/contacts/views/list-views.server";
import { type ListedView } from "~/features/contacts/views/saved-view";
import { type Scope } from "~/platform/scope.server";

/** What a list offers to choose from, and how much each of its filters alone lets through. */

/** By what leads to them: so many contacts, counted up to one more than a list counts. */
export type LeadCounts = Partial<Record<Lead, number>>;

interface Choice {
  id: string;
  name: string;
}

export interface ListChoices {
  /** By name, the first 500. */
  tags: Choice[];
  /** Who can own contacts, by name. */
  members: Choice[];
  counts: LeadCounts;
  /** Saved ones, by name. */
  views: ListedView[];
}

/** One statement. */
export async function listChoices(scope: Scope, view: ContactListView): Promise<ListChoices> {
  const tags = parts
    .selectFrom("tags")
    .select(["tags.id", "tags.name", "tags.name_key"])
    .where("tags.account_id", "=", scope.account.id)
    .orderBy("tags.name_key")
    .limit(500);
  const offered = scope.db
    .selectFrom(tags.as("offered"))
    .select([sql<string>`'tag'`.as("what"), sql<number>`0`.as("count")])
    .select(["offered.id", "offered.name", "offered.name_key as place"])
    .unionAll(
      parts
        .selectFrom("memberships")
        .innerJoin("users", "users.id", "memberships.user_id")
        .select([sql<string>`'member'`.as("what"), sql<number>`0`.as("count")])
        .select(["users.id", "users.name", "users.name as place"])
        .where("memberships.account_id", "=", scope.account.id)
        .where("memberships.disabled_at", "is", null),
    )
    .unionAll(viewRows(scope));
  const rows = await countArms(scope, view)
    .reduce((query, arm) => query.unionAll(arm), offered)
    .execute();
  const choices = (what: string) =>
    rows
      .filter((row) => row.what === what)
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .map(({ id, name }) => ({ id, name }));
  const views = toListedViews(
    rows.filter((row) => row.what === "view"),
    scope.place.locale,
  );
  return { tags: choices("tag"), members: choices("member"), counts: countsOf(rows), views };
}

/** How much each filter alone lets through. One statement, or none where there is none. */
export async function countLeads(scope: Scope, view: ContactListView): Promise<LeadCounts> {
  const [first, ...others] = countArms(scope, view);
  if (!first) return {};
  const arms = others.reduce((query, arm) => query.unionAll(arm), first);
  return countsOf(
    await scope.db.selectFrom(arms.as("leads")).select(["leads.what", "leads.name", "leads.count"]).execute(),
  );
}

function countsOf(rows: readonly { what: string; name: string; count: number | null }[]): LeadCounts {
  const counted = rows.filter((row) => row.what === "count");
  return Object.fromEntries(counted.map((row) => [row.name, row.count ?? 0])) as LeadCounts;
}

/** One row for each condition that an index leads to. */
function countArms(scope: Scope, view: ContactListView) {
  return conditionsOf(scope, view).flatMap(({ lead, where }) => {
    if (!lead) return [];
    return parts
      .selectFrom(countArm(scope, view, { lead, where }).as("counted"))
      .select([sql<string>`'count'`.as("what"), "counted.count"])
      .select([sql<string>`null`.as("id"), sql<string>`${sql.lit(lead)}`.as("name"), sql<string>`''`.as("place")]);
  });
}

/** How many one condition lets through. Of a tag its links are counted, whatever is archived. */
export function countArm(
  scope: Scope,
  view: ContactListView,
  { lead, where }: { lead: Lead; where: Condition["where"] },
) {
  const one = sql<number>`1`.as("one");
  const links = parts
    .selectFrom("contact_tags")
    .select(one)
    .where("contact_tags.account_id", "=", scope.account.id)
    .where("contact_tags.tag_id", "=", view.tagId)
    .limit(COUNT_LIMIT + 1)
    .as("some");
  const listed = parts
    .selectFrom("contacts")
    .select(one)
    .where((eb) => inList(eb, scope, view))
    .where((eb) => where(eb, true))
    .limit(COUNT_LIMIT + 1)
    .as("some");
  return parts.selectFrom(lead === "tag" ? links : listed).select((eb) => eb.fn.countAll<number>().as("count"));
}
