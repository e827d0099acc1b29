/**
 * The contacts before and after one in the list that a person came from, in one statement: as in `listContacts`, few are
 * fetched and sorted, and of many the index of the sort is walked, one step each way. A limit of none keeps from running
 * what is not wanted, which only the statement itself can know.
 */
import { type QueryCreator, type RawBuilder, sql, type SqlBool } from "kysely";
import { type ContactListView, COUNT_LIMIT } from "~/features/contacts/list/contact-list";
import { beyond, type Narrowed, narrowedRows, rowOf } from "~/features/contacts/list/kept-contacts.server";
import {
  arms,
  type Asked,
  countOf,
  isAll,
  keptCount,
  type Known,
  limit,
  none,
  parts,
  type Row,
} from "~/features/contacts/list/kept-by-fewest.server";
import { conditionsOf, type Lead, walksAlong } from "~/features/contacts/list/list-conditions.server";
import { type Neighbours, type NeighbourRow, toNeighbours } from "~/features/contacts/list/list-neighbours";
import { sortKeyOf } from "~/features/contacts/list/list-sort.server";
import { withHits } from "~/features/contacts/search/search-contacts.server";
import { parseSearch } from "~/features/contacts/search/search-terms.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Beyond so many rows from where its page begins, nobody counts a contact's place. */
const MOST_STEPS = 1_000;
const MANY = COUNT_LIMIT + 1;

/** Null where the contact is not there. It may be in the list no more: then its neighbours are those of its place. */
export async function findNeighbours(
  scope: Scope,
  view: ContactListView,
  contactId: string,
): Promise<Neighbours | null> {
  if (!isId(contactId)) return null;
  const narrowed: Narrowed = { view, conditions: conditionsOf(scope, view), terms: parseSearch(view.query) };
  const asked: Asked = { scope, narrowed, sorted: sortKeyOf(scope, view.sort), leads: leadsOf(narrowed) };
  const row = await statement(asked, contactId).executeTakeFirst();
  return row ? toNeighbours(view, row as NeighbourRow) : null;
}

function leadsOf({ conditions }: Narrowed): Lead[] {
  return conditions.flatMap(({ lead }) => lead ?? []);
}

function statement(asked: Asked, contactId: string) {
  const { scope, narrowed } = asked;
  const ascending = narrowed.view.order === "ascending";
  return prepared(asked, contactId)
    .with("before", () => beside(asked, !ascending))
    .with("after", () => beside(asked, ascending))
    .selectFrom("me")
    .leftJoin("before", (join) => join.onTrue())
    .leftJoin("after", (join) => join.onTrue())
    .leftJoin("contacts as previous", (join) =>
      join.on("previous.account_id", "=", scope.account.id).onRef("previous.id", "=", "before.id"),
    )
    .leftJoin("contacts as next", (join) =>
      join.on("next.account_id", "=", scope.account.id).onRef("next.id", "=", "after.id"),
    )
    .select(["me.id", "me.sort_key", "previous.id as previous_id", "previous.name as previous_name"])
    .select(["next.id as next_id", "next.name as next_name"])
    .select(() => [
      parts.selectFrom("gate").select("gate.few").as("few"),
      isListed(asked, contactId).as("listed"),
      totalOf(asked).as("total"),
      stepsIn(asked, ascending).as("steps_in"),
      stepsOut(asked, ascending).as("steps_out"),
    ]);
}

/** The statement's own tables: where the contact stands, what is kept, and whether that is all. */
function prepared(asked: Asked, contactId: string): QueryCreator<Known & { before: Row; after: Row }> {
  const { scope, narrowed, sorted, leads } = asked;
  const base = (narrowed.terms
    ? withHits(scope, narrowed, narrowed.terms)
    : scope.db) as unknown as QueryCreator<Known>;
  let creator = base.with("me", (db) =>
    db
      .selectFrom("contacts")
      .select(["contacts.id", sorted.key.as("sort_key")])
      .where("contacts.account_id", "=", scope.account.id)
      .where("contacts.id", "=", contactId),
  );
  if (leads.length > 0) {
    creator = creator.with(
      (cte) => cte("counts").materialized(),
      (db) => db.selectNoFrom(() => leads.map((lead) => countOf(asked, lead).as(lead))),
    ) as never;
  }
  return creator
    .with(
      (cte) => cte("kept").materialized(),
      (db) => arms(asked).reduce((query, arm) => query.unionAll(arm(parts) as never), none(db)),
    )
    .with(
      (cte) => cte("gate").materialized(),
      (db) => db.selectNoFrom(() => sql<number>`case when ${isAll(asked)} then 1 else 0 end`.as("few")),
    ) as never;
}

/** The list's rows when it is walked. */
function walked({ scope, narrowed, sorted }: Asked) {
  return narrowedRows(scope, narrowed, (lead) => walksAlong(narrowed.view, lead, sorted.column));
}

/** Where the contact stands. As expressions: of a pair of plain columns SQLite's index would take the first one only. */
function mine() {
  const plain = (column: "sort_key" | "id") => sql`coalesce(${sql.ref(`me.${column}`)}, null)`.as(column);
  return parts.selectFrom("me").select([plain("sort_key"), plain("id")]);
}

const isFew = () => sql<SqlBool>`${parts.selectFrom("gate").select("gate.few")} = 1`;
const isMany = () => sql<SqlBool>`${parts.selectFrom("gate").select("gate.few")} = 0`;

function keptBeyond(forwards: boolean) {
  const row = sql`(${sql.ref("kept.sort_key")}, ${sql.ref("kept.id")})`;
  return sql<SqlBool>`${row} ${sql.raw(forwards ? ">" : "<")} ${mine()}`;
}

/** The next row up (`forwards`) or down the sort. */
function beside(asked: Asked, forwards: boolean) {
  const direction = forwards ? "asc" : "desc";
  const few = parts
    .selectFrom("kept")
    .select(["kept.id"])
    .where(keptBeyond(forwards))
    .orderBy("kept.sort_key", direction)
    .orderBy("kept.id", direction)
    .limit(limit(isFew(), 1));
  const many = walked(asked)
    .select("contacts.id")
    .where(beyond(asked.sorted, forwards, mine()))
    .orderBy(asked.sorted.key, direction)
    .orderBy("contacts.id", direction)
    .limit(limit(isMany(), 1));
  return parts
    .selectFrom(few.as("of_few"))
    .select("of_few.id")
    .unionAll(parts.selectFrom(many.as("of_many")).select("of_many.id")) as never;
}

/** 1: the contact itself is in the list. */
function isListed(asked: Asked, contactId: string) {
  const rows = walked(asked)
    .where("contacts.id", "=", contactId)
    .select(sql<number>`1`.as("one"));
  return parts.selectFrom(rows.limit(1).as("listed")).select((eb) => eb.fn.countAll<number>().as("count"));
}

/** How many the list has, up to one more than lists count. */
function totalOf(asked: Asked): RawBuilder<number> {
  const { narrowed, leads } = asked;
  const counted = parts
    .selectFrom(
      walked(asked)
        .select(sql<number>`1`.as("one"))
        .limit(MANY)
        .as("listed_all"),
    )
    .select((eb) => eb.fn.countAll<number>().as("count"));
  if (leads.length === 0 && !narrowed.terms) return sql<number>`${counted}`;
  return sql<number>`case when ${isFew()} then ${keptCount()} else ${sql.lit(MANY)} end`;
}

/** Rows from the beginning of the page (of few: of the list) to the contact, neither counted. */
function stepsIn(asked: Asked, ascending: boolean): RawBuilder<number> {
  const { cursor } = asked.narrowed.view;
  const few = parts
    .selectFrom("kept")
    .where(keptBeyond(!ascending))
    .select((eb) => eb.fn.countAll<number>().as("count"));
  let rows = walked(asked).where(beyond(asked.sorted, !ascending, mine()));
  if (cursor) rows = rows.where(beyond(asked.sorted, ascending, rowOf(cursor)));
  return sql<number>`case when ${isFew()} then ${few} else ${stepCount(rows)} end`;
}

/** The same against the order: where the contact stands before its page now. */
function stepsOut(asked: Asked, ascending: boolean): RawBuilder<number> {
  const { cursor } = asked.narrowed.view;
  if (!cursor) return sql<number>`0`;
  const rows = walked(asked)
    .where(beyond(asked.sorted, ascending, mine()))
    .where(beyond(asked.sorted, !ascending, rowOf(cursor)));
  return sql<number>`case when ${isFew()} then 0 else ${stepCount(rows)} end`;
}

function stepCount(rows: ReturnType<typeof walked>) {
  return parts
    .selectFrom(
      rows
        .select(sql<number>`1`.as("one"))
        .limit(MOST_STEPS + 1)
        .as("step"),
    )
    .select((eb) => eb.fn.countAll<number>().as("count"));
}
