/** How much of the raw zone each source has brought, and what of it waits for somebody. */
import { type AliasedExpression, expressionBuilder, sql } from "kysely";
import { type OpenCounts, openRecords, readOpen } from "~/features/pipeline/zones/open-records.server";
import "~/features/pipeline/tables";
import { COUNT_LIMIT, type Counted, counted } from "~/platform/counted";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface RawCounts extends OpenCounts {
  files: Counted;
  /** When an import ended last that took something in. */
  filesAt: string | null;
  /** By the connector's id. */
  connectors: ReadonlyMap<string, Counted>;
  /** Of connectors that are not among those asked for: they were deleted. */
  others: Counted;
  /** What else was to be counted along, by its name. */
  beside: Readonly<Record<string, number>>;
}

/**
 * Every record that was received, counted with the source it came from; of each no further than to ten thousand. One
 * statement, with what is counted beside.
 */
export async function countRaw(
  scope: Scope,
  connectorIds: readonly string[],
  beside: readonly AliasedExpression<number | null, string>[] = [],
): Promise<RawCounts> {
  const { filesAt, open, ...row }: Row = await scope.db
    .selectNoFrom(() => [
      ...beside,
      newestImport(scope).as("filesAt"),
      openRecords(scope).as("open"),
      countOf(scope, runsOf(scope, "file")).as("files"),
      countOf(scope, runsOf(scope, "connector", { not: connectorIds })).as("others"),
      ...connectorIds.map((id, place) => countOf(scope, runsOf(scope, "connector", { id })).as(nameOf(place))),
    ])
    .executeTakeFirstOrThrow();
  return {
    ...{ filesAt, files: counted(row.files) },
    ...readOpen(open),
    connectors: new Map(connectorIds.map((id, place) => [id, counted(row[nameOf(place)])])),
    others: counted(row.others),
    beside: otherCounts(row, connectorIds),
  };
}

function otherCounts(row: Record<string, number | string | null>, connectorIds: readonly string[]) {
  const own = new Set(["files", "others", ...connectorIds.map((_id, place) => nameOf(place))]);
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, count]) => (own.has(name) ? [] : [[name, Number(count ?? 0)] as const])),
  );
}

interface Row extends Record<string, number | string | null> {
  filesAt: string | null;
  open: string | null;
}

const nameOf = (place: number) => `connector_${place}`;

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();

function runsOf(
  scope: Scope,
  source: "file" | "connector",
  { id = null, not = [] }: { id?: string | null; not?: readonly string[] } = {},
) {
  return parts
    .selectFrom("runs")
    .select("runs.id")
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.source", "=", source)
    .$if(id !== null, (query) => query.where("runs.connector_id", "=", id))
    .$if(not.length > 0, (query) => query.where("runs.connector_id", "not in", not));
}

function newestImport(scope: Scope) {
  return parts
    .selectFrom("runs as import")
    .select((eb) => eb.fn.max("import.finished_at").as("at"))
    .where("import.account_id", "=", scope.account.id)
    .where("import.source", "=", "file")
    .where((eb) => eb("import.read_count", ">", eb.ref("import.refused_count")));
}

function countOf(scope: Scope, runs: ReturnType<typeof runsOf>) {
  const some = parts
    .selectFrom("raw_records")
    .select(sql<number>`1`.as("one"))
    .where("raw_records.account_id", "=", scope.account.id)
    .where("raw_records.run_id", "in", runs)
    .limit(COUNT_LIMIT + 1)
    .as("some");
  return parts.selectFrom(some).select((eb) => eb.fn.countAll<number>().as("count"));
}
