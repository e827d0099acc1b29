/** What the page of a run shows of its connector: whether another could begin, and which records it has refused. */
import { type Expression, expressionBuilder, sql } from "kysely";
import { type Providers } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { nameOfRaw } from "~/features/connectors/zones/raw-names.server";
import { readFits, type RefusedRecord } from "~/features/pipeline/corrections/refused-rows.server";
import { lastRefusing } from "~/features/pipeline/run/still-refused.server";
import { readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import "~/features/pipeline/tables";
import { fromJson } from "~/platform/db/json.server";
import { packRows } from "~/platform/db/pack-rows";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface AboutRun {
  /** Null: the run is of none. */
  connector: Startable | null;
  /** The first of those that the run refused, each with all that is wrong with it. */
  refused: RefusedRecord[];
}

export interface Startable {
  id: string;
  /** As it is called now. */
  name: string;
  provider: string;
  /** Its runs are all there is of it. */
  isDeleted: boolean;
  /** It is on or paused, and not at work. */
  canStart: boolean;
  /** The newest of its runs. */
  lastRunId: string | null;
  /** Records of which the newest version was not taken; 0 where another run than this is the latest to have refused some. */
  refused: number;
}

const MOST_RECORDS = 50;
/** Of one there may be several things to say. */
const MOST_LINES = 200;

const parts = expressionBuilder<Tables, never>();

/** One statement. Null: there is no such run of a connector. @param shows Whether refused records are for the reader. */
export async function aboutRun(
  scope: Scope,
  { id: runId, connectorId }: { id: string; connectorId: string },
  { providers, shows }: { providers: Providers; shows: boolean },
): Promise<AboutRun | null> {
  const row = await scope.db
    .selectFrom("runs")
    .innerJoin("connectors", (join) =>
      join.onRef("connectors.account_id", "=", "runs.account_id").onRef("connectors.id", "=", "runs.connector_id"),
    )
    .select(["connectors.id", "connectors.name", "connectors.provider", "connectors.state"])
    .select(["connectors.deleted_at", "runs.settings"])
    .select(() => [
      countRefused(scope, connectorId).as("refused"),
      openRun(scope, connectorId).as("openRunId"),
      lastRun(scope, connectorId).as("lastRunId"),
      lastRefusing(scope, connectorId).as("refusing"),
      ...(shows ? [refusedLines(scope, runId).as("lines")] : []),
    ])
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.id", "=", runId)
    .where("runs.connector_id", "=", connectorId)
    .executeTakeFirst();
  if (!row) return null;
  const { id, name, provider, state, lastRunId, settings } = row;
  const isDeleted = row.deleted_at !== null;
  const refused = row.refusing === runId ? Number(row.refused ?? 0) : 0;
  const canStart = !isDeleted && (state === "on" || state === "paused") && row.openRunId === null;
  return {
    connector: { ...{ id, name, provider, isDeleted, canStart, lastRunId }, refused },
    refused: readLines(row.lines ?? null, { settings, provider, providers }),
  };
}

function countRefused(scope: Scope, connectorId: string) {
  return (
    parts
      .selectFrom("source_records as source")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("source.account_id", "=", scope.account.id)
      .where("source.connector_id", "=", connectorId)
      // In the words of the index that holds only these.
      .where(sql<boolean>`source.state = 'refused'`)
  );
}

function openRun(scope: Scope, connectorId: string) {
  return parts
    .selectFrom("runs as open")
    .select("open.id")
    .where("open.account_id", "=", scope.account.id)
    .where("open.connector_id", "=", connectorId)
    .where("open.state", "in", ["queued", "running"])
    .limit(1);
}

function lastRun(scope: Scope, connectorId: string) {
  return parts
    .selectFrom("runs as last")
    .select("last.id")
    .where("last.account_id", "=", scope.account.id)
    .where("last.connector_id", "=", connectorId)
    .orderBy("last.created_at", "desc")
    .orderBy("last.id", "desc")
    .limit(1);
}

type Line = [
  position: number,
  ordinal: number,
  column: string | null,
  value: string | null,
  reason: string,
  remoteId: string | null,
  stream: string | null,
  payload: string | null,
  fits: string | null,
];

function refusedLines(scope: Scope, runId: string) {
  const columns = [
    "position",
    "ordinal",
    "column_name",
    "value",
    "reason",
    "remote_id",
    "stream",
    "payload",
    "fits",
  ] as const;
  return parts
    .selectFrom((eb) =>
      eb
        .selectFrom("refused_rows as line")
        .leftJoin("source_records as source", (join) =>
          join.onRef("source.account_id", "=", "line.account_id").onRef("source.id", "=", "line.source_record_id"),
        )
        .leftJoin("raw_records as raw", (join) =>
          join
            .onRef("raw.account_id", "=", "line.account_id")
            .onRef("raw.run_id", "=", "line.run_id")
            .onRef("raw.position", "=", "line.position"),
        )
        // What was refused before is stored since then: it is refused again as what it was.
        .leftJoin("raw_records as before", (join) =>
          join
            .onRef("before.account_id", "=", "source.account_id")
            .onRef("before.id", "=", "source.raw_record_id")
            .on("raw.id", "is", null),
        )
        .select(["line.position", "line.ordinal", "line.column_name", "line.value", "line.reason", "line.fits"])
        .select((eb) => eb.fn.coalesce("raw.payload", "before.payload").as("payload"))
        .select(["source.remote_id", "source.stream"])
        .where("line.account_id", "=", scope.account.id)
        .where("line.run_id", "=", runId)
        .orderBy("line.position")
        .orderBy("line.ordinal")
        .limit(MOST_LINES)
        .as("lines"),
    )
    .select((eb) =>
      packRows(
        scope.database.dialect,
        columns.map((column) => eb.ref(`lines.${column}`) as Expression<unknown>),
      ).as("lines"),
    );
}

interface Naming {
  settings: string;
  provider: string;
  providers: Providers;
}

function readLines(text: string | null, { settings, provider, providers }: Naming): RefusedRecord[] {
  const lines = (text ? fromJson<Line[]>(text) : []).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const positions = [...new Set(lines.map(([position]) => position))];
  // Of the last that found room there may be more to say.
  const whole = lines.length < MOST_LINES ? positions : positions.slice(0, -1);
  const shown = new Set(whole.slice(0, MOST_RECORDS));
  const { streams } = readSourcedSettings(settings);
  const kindOf = (stream: string | null) => streams.find(({ id }) => streams.length > 1 && id === stream)?.noun.one;
  return lines.flatMap(([position, ordinal, column, value, reason, remoteId, stream, payload, fits]) => {
    if (!shown.has(position)) return [];
    const name = payload === null ? "" : nameOfRaw({ settings, provider, stream, payload }, providers);
    return [
      {
        position,
        ordinal,
        column,
        value,
        reason,
        remoteId,
        kind: kindOf(stream) ?? null,
        name: name || null,
        fits: readFits(fits),
      },
    ];
  });
}
