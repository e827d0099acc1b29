import { type SelectQueryBuilder, sql } from "kysely";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** Counting stops here, in each zone, so that a million cost no more than this. */
const COUNT_LIMIT = 10_000;

export interface Counted {
  count: number;
  /** There are more. */
  capped: boolean;
}

export interface ZoneCounts {
  /** Records as they were received; null for whoever sees only their own contacts. */
  raw: Counted | null;
  /** Records that contacts are made of now. */
  canonical: Counted;
  /** Of those, what people typed. */
  byHand: Counted;
  serving: Counted;
}

/** How much there is in each zone, as the reader sees it. One statement. */
export async function countZones(scope: Scope): Promise<ZoneCounts> {
  const row = await scope.db
    .selectNoFrom(() => [
      countOf(raw(scope)).as("raw"),
      countOf(canonical(scope)).as("canonical"),
      countOf(byHand(scope)).as("byHand"),
      countOf(serving(scope)).as("serving"),
    ])
    .executeTakeFirstOrThrow();
  return {
    raw: scope.ownOnly ? null : counted(row.raw),
    ...{ canonical: counted(row.canonical), byHand: counted(row.byHand), serving: counted(row.serving) },
  };
}

function counted(count: number | null): Counted {
  const found = Number(count ?? 0);
  return { count: Math.min(found, COUNT_LIMIT), capped: found > COUNT_LIMIT };
}

const one = sql<number>`1`.as("one");

function countOf<Table extends keyof Tables>(rows: SelectQueryBuilder<Tables, Table, { one: number }>) {
  return parts.selectFrom(rows.limit(COUNT_LIMIT + 1).as("some")).select((eb) => eb.fn.countAll<number>().as("count"));
}

function raw(scope: Scope) {
  return parts.selectFrom("raw_records").select(one).where("account_id", "=", scope.account.id);
}

/** What is withdrawn no longer counts; whoever sees only their own contacts sees what those are made of. */
function canonical(scope: Scope) {
  return parts
    .selectFrom("contact_records")
    .select(one)
    .where("account_id", "=", scope.account.id)
    .where("withdrawn_at", "is", null)
    .$if(scope.ownOnly === true, (query) => query.where("contact_id", "in", own(scope)));
}

function byHand(scope: Scope) {
  return canonical(scope).where("source", "=", sql.lit("by-hand"));
}

function serving(scope: Scope) {
  return parts
    .selectFrom("contacts")
    .select(one)
    .where("account_id", "=", scope.account.id)
    .where("archived_at", "is", null)
    .where("deleted_at", "is", null)
    .where(seenBy(scope));
}

function own(scope: Scope) {
  return parts.selectFrom("contacts").select("id").where("account_id", "=", scope.account.id).where(seenBy(scope));
}
