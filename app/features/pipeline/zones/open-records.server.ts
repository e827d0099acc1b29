/** What of the records at sources waits for somebody, by connector: read along with another statement. */
import { expressionBuilder, sql } from "kysely";
import "~/features/pipeline/tables";
import { fromJson } from "~/platform/db/json.server";
import { packRows } from "~/platform/db/pack-rows";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** What waits: refused, held for an answer, or gone and not followed. */
export interface OpenRecords {
  refused: number;
  held: number;
  going: number;
}

export interface OpenCounts {
  /** By the connector's id, where anything is open. */
  open: ReadonlyMap<string, OpenRecords>;
  /** There is more than was counted. */
  openCapped: boolean;
}

export const nothingOpen: OpenRecords = { refused: 0, held: 0, going: 0 };

/** What is open is little, beside much that stands; where it is not, counting stops. */
const MOST_OPEN = 10_000;

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

/** For `readOpen`. */
export function openRecords(scope: Scope) {
  const some = parts
    .selectFrom("source_records")
    .select(["connector_id", "state"])
    .where("account_id", "=", scope.account.id)
    // What a partial index is made of is written out (decision 002).
    .where(sql<boolean>`state in ('refused', 'held', 'going')`)
    .limit(MOST_OPEN + 1)
    .as("some");
  const counts = parts
    .selectFrom(some)
    .select(["some.connector_id", "some.state"])
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .groupBy(["some.connector_id", "some.state"])
    .as("counted");
  return parts.selectFrom(counts).select((eb) => {
    const columns = [eb.ref("counted.connector_id"), eb.ref("counted.state"), eb.ref("counted.count")];
    return packRows(scope.database.dialect, columns).as("open");
  });
}

type Packed = [connectorId: string, state: keyof OpenRecords, count: number];

export function readOpen(text: string | null): OpenCounts {
  const counts = text ? fromJson<Packed[]>(text) : [];
  const open = new Map<string, OpenRecords>();
  for (const [id, state, count] of counts) open.set(id, { ...(open.get(id) ?? nothingOpen), [state]: count });
  return { open, openCapped: counts.reduce((sum, [, , count]) => sum + count, 0) > MOST_OPEN };
}
