import { type SelectQueryBuilder, sql } from "kysely";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { COUNT_LIMIT, type Counted, counted } from "~/platform/counted";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface ZoneCounts {
  /** Records that contacts are made of now, by where they came from. */
  canonical: CanonicalCounts;
  serving: Counted;
}

export interface CanonicalCounts {
  byHand: Counted;
  files: Counted;
  /** By the connector's id. */
  connectors: ReadonlyMap<string, Counted>;
  /** Of connectors that are not among those asked for: they were deleted. */
  others: Counted;
}

/** How much there is in the zones that everybody sees, as the reader sees it; of each source no further than to ten thousand. One statement. */
export async function countZones(scope: Scope, connectorIds: readonly string[]): Promise<ZoneCounts> {
  const row: Record<string, number | null> = await scope.db
    .selectNoFrom(() => [
      countOf(serving(scope)).as("serving"),
      countOf(canonical(scope).where("source", "=", sql.lit("by-hand"))).as("byHand"),
      countOf(canonical(scope).where("source", "=", sql.lit("file"))).as("files"),
      countOf(ofConnectors(scope, { not: connectorIds })).as("others"),
      ...connectorIds.map((id, place) => countOf(ofConnectors(scope, { id })).as(nameOf(place))),
    ])
    .executeTakeFirstOrThrow();
  const { serving: ready, byHand, files, others } = row;
  return {
    serving: counted(ready),
    canonical: {
      ...{ byHand: counted(byHand), files: counted(files), others: counted(others) },
      connectors: new Map(connectorIds.map((id, place) => [id, counted(row[nameOf(place)])])),
    },
  };
}

const nameOf = (place: number) => `connector_${place}`;
const one = sql<number>`1`.as("one");

function countOf<Table extends keyof Tables>(rows: SelectQueryBuilder<Tables, Table, { one: number }>) {
  return parts.selectFrom(rows.limit(COUNT_LIMIT + 1).as("some")).select((eb) => eb.fn.countAll<number>().as("count"));
}

/**
 * What is withdrawn no longer counts, nor what is said of contacts that are archived: gone at their source, they go on saying
 * what they said, and the receipt of that run counts them as stored no longer. Whoever sees only their own contacts sees
 * what those are made of.
 */
function canonical(scope: Scope) {
  return parts
    .selectFrom("contact_records")
    .select(one)
    .where("account_id", "=", scope.account.id)
    .where("withdrawn_at", "is", null)
    .where(({ exists }) =>
      exists(
        parts
          .selectFrom("contacts as made")
          .select("made.id")
          .where("made.account_id", "=", scope.account.id)
          .where("made.id", "=", sql.ref<string>("contact_records.contact_id"))
          // What is deleted is archived, too.
          .where("made.archived_at", "is", null),
      ),
    )
    .$if(scope.ownOnly === true, (query) => query.where("contact_id", "in", own(scope)));
}

function ofConnectors(scope: Scope, { id = null, not = [] }: { id?: string | null; not?: readonly string[] }) {
  const runs = parts
    .selectFrom("runs")
    .select("runs.id")
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.connector_id", "is not", null)
    .$if(id !== null, (query) => query.where("runs.connector_id", "=", id))
    .$if(not.length > 0, (query) => query.where("runs.connector_id", "not in", not));
  // That it is not null finds the index.
  return canonical(scope).where("run_id", "is not", null).where("run_id", "in", runs);
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
