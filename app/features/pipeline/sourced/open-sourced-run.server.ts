import { hash } from "node:crypto";
import { begin, countColumns, countsOf, LeaseLostError } from "~/features/pipeline/run/open-run.server";
import { noCounts, type RunCounts, type RunMode } from "~/features/pipeline/run/run";
import { TAKEN_LENGTH } from "~/features/pipeline/sourced/prepare-record.server";
import {
  atTheStart,
  readSourcedSettings,
  type SourcedCheckpoint,
  type SourcedSettings,
  type StreamSettings,
} from "~/features/pipeline/sourced/sourced-settings.server";
import { keepSeen, openSeen, type SeenRecords } from "~/features/pipeline/sourced/seen-records.server";
import { undoneRuns } from "~/features/pipeline/sourced/undone-runs.server";
import { type AnySubject, type RowReader, type Subjects } from "~/features/pipeline/subject";
import { type Sourced } from "~/features/pipeline/subject-sourced";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import "~/features/pipeline/tables";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

/** A run of a connector that a worker has taken up. Only the last one to take it up can write (fencing by `lease_epoch`). */
export interface SourcedRun {
  id: string;
  connectorId: string;
  /** What it reads from, as people call it. */
  name: string;
  mode: RunMode;
  settings: SourcedSettings;
  streams: readonly OpenStream[];
  epoch: number;
  changeSetId: string;
  startedAt: string;
  startedBy: string | null;
  checkpoint: SourcedCheckpoint;
  counts: SourcedCounts;
  cancelRequested: boolean;
  waits: number;
  /** Which records it has seen by now. */
  seen: SeenRecords;
  /** Runs of this connector that were undone, and not redone: how they left a record is not to be relied on. */
  undone: readonly string[];
}

export interface OpenStream extends StreamSettings {
  of: AnySubject;
  sourced: Sourced<unknown>;
  reader: RowReader<unknown>;
  /** Of how its records are taken in: with another, all of them are taken in again. */
  taken: string;
}

export interface SourcedCounts extends RunCounts {
  gone: number;
  held: number;
}

/**
 * Takes a queued or interrupted run up. Null when there is nothing left to do. `epoch`: only as long as it is still that
 * worker's that took it up so.
 */
export function openSourcedRun(
  scope: Scope,
  subjects: Subjects,
  runId: string,
  epoch: number | null = null,
): Promise<SourcedRun | null> {
  return inTransaction(scope, async (scope) => {
    const claimed = await claim(scope, runId, epoch);
    if (!claimed?.connector_id || !claimed.mode) return null;
    const settings = readSourcedSettings(claimed.settings);
    const startedAt = claimed.started_at ?? scope.clock.now();
    const streams = await openStreams(scope, subjects, { settings, startedAt });
    const [first] = streams;
    if (!first) throw new Error("A connector without streams is not started");
    return {
      id: runId,
      connectorId: claimed.connector_id,
      name: claimed.file_name ?? "",
      mode: claimed.mode,
      settings,
      streams,
      epoch: claimed.lease_epoch,
      ...(await begin(scope, runId, claimed, first.sourced.action)),
      startedBy: claimed.started_by,
      checkpoint: claimed.checkpoint ? fromJson<SourcedCheckpoint>(claimed.checkpoint) : atTheStart,
      counts: sourcedCountsOf(claimed),
      cancelRequested: claimed.cancel_requested_at !== null,
      waits: claimed.waits,
      seen: await openSeen(scope, { runId, connectorId: claimed.connector_id, streams }),
      undone: await undoneRuns(scope, claimed.connector_id),
    };
  });
}

function claim(scope: Scope, runId: string, epoch: number | null) {
  return scope.db
    .updateTable("runs")
    .set((eb) => ({ state: "running", lease_epoch: eb("lease_epoch", "+", 1), waiting_until: null, waiting_why: null }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("source", "=", "connector")
    .where("state", "in", ["queued", "running"])
    .$if(epoch !== null, (query) => query.where("lease_epoch", "=", epoch ?? 0))
    .returning(["connector_id", "mode", "file_name", "settings", "lease_epoch", "change_set_id", "started_at"])
    .returning(["started_by", "checkpoint", "cancel_requested_at", "waits", "gone_count", "held_count"])
    .returning(countColumns)
    .executeTakeFirst();
}

type CountRow = Parameters<typeof countsOf>[0] & { gone_count: number; held_count: number };

export function sourcedCountsOf(row: CountRow): SourcedCounts {
  return { ...countsOf(row), gone: row.gone_count, held: row.held_count };
}

async function openStreams(
  scope: Scope,
  subjects: Subjects,
  { settings, startedAt }: { settings: SourcedSettings; startedAt: string },
): Promise<OpenStream[]> {
  const streams: OpenStream[] = [];
  for (const stream of settings.streams)
    streams.push(await openStream(scope, subjects, { settings, stream, startedAt }));
  return streams;
}

interface Opening {
  settings: SourcedSettings;
  stream: StreamSettings;
  startedAt: string;
}

export async function openStream(
  scope: Scope,
  subjects: Subjects,
  { settings, stream, startedAt }: Opening,
): Promise<OpenStream> {
  const known = subjects[stream.subject];
  if (!known) throw new Error(`No subject is called ${stream.subject}`);
  const of = await subjectFor(scope, known);
  if (!of.sourced) throw new Error(`${stream.subject} come from files only`);
  const { locale, timeZone } = scope.place;
  // Programs write amounts with a point, whatever their place.
  const place = { locale, timeZone, today: dateIn(timeZone, startedAt), decimalMark: "." as const };
  const reader = of.reader({ phoneCountry: settings.phoneCountry, mapping: stream.mapping, ...place });
  return { ...stream, of, sourced: of.sourced, reader, taken: takenBy(settings, stream) };
}

function takenBy({ rules, ownRules, phoneCountry }: SourcedSettings, stream: StreamSettings): string {
  const { columns, mapping, constants, subject } = stream;
  const how = { rules, ownRules: ownRules[subject] ?? [], phoneCountry, columns, mapping, constants };
  return hash("sha256", JSON.stringify(how), "hex").slice(0, TAKEN_LENGTH);
}

interface Progress {
  added?: Partial<SourcedCounts>;
  checkpoint?: SourcedCheckpoint;
  /** Records that were seen now, by their numbers. */
  seen?: { streamId: string; numbers: readonly number[] };
}

/**
 * Moves the run on, in the transaction of what it describes, and hears whether somebody wants it to stop.
 * @throws LeaseLostError when the run is no longer this worker's.
 */
export async function advanceSourced(
  scope: Scope,
  run: SourcedRun,
  { added = {}, checkpoint = run.checkpoint, seen }: Progress,
): Promise<SourcedRun> {
  const counts = { ...noCounts, gone: 0, held: 0, ...added };
  const row = await scope.db
    .updateTable("runs")
    .set((eb) => ({
      read_count: eb("read_count", "+", counts.read),
      created_count: eb("created_count", "+", counts.created),
      changed_count: eb("changed_count", "+", counts.changed),
      same_count: eb("same_count", "+", counts.same),
      refused_count: eb("refused_count", "+", counts.refused),
      gone_count: eb("gone_count", "+", counts.gone),
      held_count: eb("held_count", "+", counts.held),
      total_count: totalSaid(checkpoint),
      checkpoint: toJson(checkpoint as unknown as Json),
      waits: 0,
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", run.id)
    .where("lease_epoch", "=", run.epoch)
    .where("state", "=", "running")
    .returning([...countColumns, "gone_count", "held_count", "cancel_requested_at"])
    .executeTakeFirst();
  if (!row) throw new LeaseLostError("Another worker has taken this run up");
  return {
    ...run,
    checkpoint,
    waits: 0,
    seen: seen ? await keepSeen(scope, run, seen) : run.seen,
    counts: sourcedCountsOf(row),
    cancelRequested: row.cancel_requested_at !== null,
  };
}

/** What the source says it has in all, as far as it has said; null: it does not say. */
function totalSaid({ streams }: SourcedCheckpoint): number | null {
  const said = Object.values(streams).flatMap((stream) => (stream.said === null ? [] : [stream.said[1]]));
  return said.length === 0 ? null : said.reduce((sum, count) => sum + count, 0);
}

/** Whether how a record stands is to be relied on. */
export function isTrusted(run: Pick<SourcedRun, "undone">, record: { changed_run_id: string }): boolean {
  return !run.undone.includes(record.changed_run_id);
}
