/** What a list keeps, found without knowing beforehand which of its filters leads to the fewest. */
import { type Expression, expressionBuilder, type QueryCreator, sql, type SqlBool } from "kysely";
import { COUNT_LIMIT } from "~/features/contacts/list/contact-list";
import { type KeptTables, type Narrowed, narrowedRows } from "~/features/contacts/list/kept-contacts.server";
import { countArm } from "~/features/contacts/list/list-choices.server";
import { type Lead } from "~/features/contacts/list/list-conditions.server";
import { type SortKey } from "~/features/contacts/list/list-sort.server";
import { hitRows, mostHits } from "~/features/contacts/search/search-contacts.server";
import { type Scope } from "~/platform/scope.server";

const MANY = COUNT_LIMIT + 1;

export type Row = { id: string; sort_key: string };
export interface Known extends KeptTables {
  me: Row;
  /** How many each lead lets through. */
  counts: Record<Lead, number>;
  /** 1: what is kept is all there is. */
  gate: { few: number };
}
/** For parts of the statement: the guard reads it as a whole. */
export const parts = expressionBuilder<Known, never>();

export interface Asked {
  scope: Scope;
  narrowed: Narrowed;
  sorted: SortKey;
  leads: Lead[];
}

/** No rows at all unless it is wanted. */
export const limit = (wanted: Expression<SqlBool>, rows: number) =>
  sql<number>`case when ${wanted} then ${sql.lit(rows)} else 0 end`;

/** A kept list of nothing, for others to join. */
export function none(db: QueryCreator<Known>) {
  return db
    .selectFrom("me")
    .select(["me.id", "me.sort_key"])
    .where(sql<SqlBool>`1 = 0`);
}

type From = Pick<QueryCreator<Known>, "selectFrom">;

/** What can be kept: what words find, or what the filter finds that leads to the fewest. All but one are shut. */
export function arms(asked: Asked) {
  const { scope, narrowed, sorted, leads } = asked;
  const found = narrowed.terms
    ? [
        (from: From) =>
          from
            .selectFrom(
              hitRows(scope, narrowed)
                .limit(limit(sql`not ${tooMany(narrowed)}`, MANY))
                .as("hit"),
            )
            .select(["hit.id", "hit.sort_key"]),
      ]
    : [];
  const led = leads.map((lead) => (from: From) => {
    const rows = narrowedRows(scope, narrowed, (each) => each === lead)
      .select(["contacts.id", sorted.key.as("sort_key")])
      .limit(limit(leadsHere(asked, lead), MANY));
    return from.selectFrom(rows.as(`by_${lead}`)).select([`by_${lead}.id`, `by_${lead}.sort_key`] as never);
  });
  return [...found, ...led] as unknown as ((from: From) => ReturnType<typeof none>)[];
}

/** Whether words found more than can be all. */
function tooMany(narrowed: Narrowed): Expression<SqlBool> {
  return sql<SqlBool>`(${parts.selectFrom("found").select("found.hits")} > ${sql.lit(mostHits(narrowed))})`;
}

function counted(lead: Lead) {
  return parts.selectFrom("counts").select(`counts.${lead} as count`);
}

/** Of a single filter the count is all there is, but of a tag: its archived ones are counted, too. */
function isCounted({ narrowed, leads }: Asked): boolean {
  return narrowed.conditions.length === 1 && !narrowed.terms && leads.length === 1 && leads[0] !== "tag";
}

function leadsHere(asked: Asked, lead: Lead): Expression<SqlBool> {
  const { narrowed, leads } = asked;
  const place = leads.indexOf(lead);
  const fewer = leads.flatMap((other, at) => {
    if (at === place) return [];
    return [sql<SqlBool>`${counted(lead)} ${sql.raw(at < place ? "<" : "<=")} ${counted(other)}`];
  });
  const open = [
    ...fewer,
    ...(narrowed.terms ? [tooMany(narrowed)] : []),
    ...(isCounted(asked) ? [sql<SqlBool>`${counted(lead)} <= ${sql.lit(COUNT_LIMIT)}`] : []),
  ];
  return open.length > 0 ? sql<SqlBool>`(${sql.join(open, sql` and `)})` : sql<SqlBool>`1 = 1`;
}

export function isAll(asked: Asked): Expression<SqlBool> {
  const { narrowed, leads } = asked;
  const [lead] = leads;
  const isShort = sql<SqlBool>`${keptCount()} <= ${sql.lit(COUNT_LIMIT)}`;
  if (!lead) return narrowed.terms ? sql<SqlBool>`(not ${tooMany(narrowed)} and ${isShort})` : sql<SqlBool>`1 = 0`;
  if (isCounted(asked)) return sql<SqlBool>`${counted(lead)} <= ${sql.lit(COUNT_LIMIT)}`;
  return isShort;
}

export function keptCount() {
  return parts.selectFrom("kept").select((eb) => eb.fn.countAll<number>().as("count"));
}

export function countOf({ scope, narrowed }: Asked, lead: Lead) {
  const condition = narrowed.conditions.find((each) => each.lead === lead);
  if (!condition) throw new Error("A lead has its condition");
  return countArm(scope, narrowed.view, { lead, where: condition.where });
}
