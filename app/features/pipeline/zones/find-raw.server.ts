import { readFits } from "~/features/pipeline/corrections/refused-rows.server";
import { readRunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type Outcome, type RawField, rawFields } from "~/features/pipeline/zones/raw-record";
import { type SourceState } from "~/features/pipeline/sourced/source-state";
import { type FittingRecord } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface RawRecord {
  id: string;
  fields: RawField[];
  outcome: Outcome;
  position: number;
  /** `subject`: what it was to become. */
  run: { id: string; name: string; subject: string; startedAt: string | null; finishedAt: string | null };
  /** The record at a connector's source that it is a version of; null: it is a row of a file. */
  source: {
    id: string;
    connectorId: string;
    stream: string;
    remoteId: string;
    state: SourceState;
    changedAt: string | null;
    goneAt: string | null;
  } | null;
  /** What it is about; null: it was refused. */
  subjectId: string | null;
  /** All of it, and what the run went by that brought it: for what it calls itself. */
  received: {
    settings: string;
    provider: string | null;
    stream: string | null;
    streams: string | null;
    payload: string;
  };
  /** Why it was refused, line by line. */
  refusals: { column: string | null; value: string | null; reason: string; fits: readonly FittingRecord[] }[];
}

/** A record as it was received; null: there is none (any more). Two statements. */
export async function findRaw(scope: Scope, rawId: string): Promise<RawRecord | null> {
  if (!isId(rawId)) return null;
  const row = await scope.db
    .selectFrom("raw_records as raw")
    .innerJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "raw.account_id").onRef("run.id", "=", "raw.run_id"),
    )
    .leftJoin("source_records as source", (join) =>
      join.onRef("source.account_id", "=", "raw.account_id").onRef("source.id", "=", "raw.source_record_id"),
    )
    .leftJoin("connectors as connector", (join) =>
      join.onRef("connector.account_id", "=", "run.account_id").onRef("connector.id", "=", "run.connector_id"),
    )
    .select(["connector.provider", "connector.streams"])
    .select(["raw.id", "raw.payload", "raw.outcome", "raw.position", "raw.subject_id as subjectId", "raw.run_id"])
    .select(["run.file_name", "run.started_at", "run.finished_at", "run.settings", "run.source as kind", "run.subject"])
    .select(["source.id as sourceId", "source.connector_id", "source.stream", "source.remote_id", "source.state"])
    .select(["source.remote_changed_at", "source.gone_at"])
    .where("raw.account_id", "=", scope.account.id)
    .where("raw.id", "=", rawId)
    .executeTakeFirst();
  if (!row) return null;
  const { id, payload, outcome, position, subjectId, settings, kind } = row;
  return {
    ...{ id, outcome, position, subjectId },
    fields: rawFields(payload, kind === "file" ? readRunSettings(settings).columns : null),
    run: {
      id: row.run_id,
      name: row.file_name ?? "",
      subject: row.subject,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
    },
    source: sourceOf(row),
    received: { settings, provider: row.provider, stream: row.stream, streams: row.streams, payload },
    refusals: await refusalsOf(scope, row),
  };
}

interface SourceRow {
  sourceId: string | null;
  connector_id: string | null;
  stream: string | null;
  remote_id: string | null;
  state: SourceState | null;
  remote_changed_at: string | null;
  gone_at: string | null;
}

function sourceOf({ sourceId, connector_id, stream, remote_id, state, ...times }: SourceRow): RawRecord["source"] {
  if (sourceId === null || state === null) return null;
  return {
    ...{ id: sourceId, connectorId: connector_id ?? "", stream: stream ?? "", remoteId: remote_id ?? "", state },
    ...{ changedAt: times.remote_changed_at, goneAt: times.gone_at },
  };
}

async function refusalsOf(scope: Scope, { run_id, position }: { run_id: string; position: number }) {
  const rows = await scope.db
    .selectFrom("refused_rows")
    .select(["column_name as column", "value", "reason", "fits"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", run_id)
    .where("position", "=", position)
    .orderBy("ordinal")
    .execute();
  return rows.map(({ fits, ...row }) => ({ ...row, fits: readFits(fits) }));
}

export interface RawVersion {
  id: string;
  runId: string;
  at: string | null;
  outcome: Outcome;
  /** It is the one that was taken in. */
  isTaken: boolean;
}

const MOST_VERSIONS = 50;

/** Versions of a record at a source, the newest first. */
export async function listVersions(scope: Scope, sourceRecordId: string): Promise<RawVersion[]> {
  const rows = await scope.db
    .selectFrom("raw_records as raw")
    .innerJoin("runs as run", (join) =>
      join.onRef("run.account_id", "=", "raw.account_id").onRef("run.id", "=", "raw.run_id"),
    )
    .innerJoin("source_records as source", (join) =>
      join.onRef("source.account_id", "=", "raw.account_id").onRef("source.id", "=", "raw.source_record_id"),
    )
    .select(["raw.id", "raw.run_id as runId", "run.started_at as at", "raw.outcome", "source.taken_raw_id"])
    .where("raw.account_id", "=", scope.account.id)
    .where("raw.source_record_id", "=", sourceRecordId)
    .orderBy("raw.id", "desc")
    .limit(MOST_VERSIONS)
    .execute();
  return rows.map(({ taken_raw_id: taken, ...row }) => ({ ...row, isTaken: row.id === taken }));
}
