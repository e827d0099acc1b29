import { dayPlace } from "~/features/pipeline/stages/prepare-rows.server";
import { type Checkpoint, noCounts, type RunCounts } from "~/features/pipeline/run/run";
import { readRunSettings, type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type AnySubject, type RowReader, type Subjects } from "~/features/pipeline/subject";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import "~/features/pipeline/tables";
import { atTheStart } from "~/features/pipeline/run/run";
import { openChangeSet } from "~/features/changes/changes.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** A run that a worker has taken up. Only the last one to take it up can write (fencing by `lease_epoch`). */
export interface OpenRun {
  id: string;
  subject: AnySubject;
  reader: RowReader<unknown>;
  settings: RunSettings;
  fileId: string;
  epoch: number;
  changeSetId: string;
  startedAt: string;
  startedBy: string | null;
  total: number | null;
  checkpoint: Checkpoint;
  counts: RunCounts;
  cancelRequested: boolean;
}

/** Another worker has taken the run up meanwhile, or it has ended: whatever this one was about to write is rolled back. */
export class LeaseLostError extends Error {
  override name = "LeaseLostError";
}

/** Takes a queued or interrupted run up. Null when there is nothing left to do. */
export function openRun(scope: Scope, subjects: Subjects, runId: string): Promise<OpenRun | null> {
  return inTransaction(scope, async (scope) => {
    const claimed = await claim(scope, runId);
    if (!claimed?.file_id) return null;
    const known = subjects[claimed.subject];
    if (!known) throw new Error(`No subject is called ${claimed.subject}`);
    const subject = await subjectFor(scope, known);
    const settings = readRunSettings(claimed.settings);
    const begun = await begin(scope, runId, claimed, subject.action);
    return {
      id: runId,
      subject,
      reader: subject.reader({ ...settings, ...dayPlace(scope.place, begun.startedAt, settings) }),
      settings,
      fileId: claimed.file_id,
      epoch: claimed.lease_epoch,
      ...begun,
      startedBy: claimed.started_by,
      total: claimed.total_count,
      checkpoint: claimed.checkpoint ? fromJson<Checkpoint>(claimed.checkpoint) : atTheStart,
      counts: countsOf(claimed),
      cancelRequested: claimed.cancel_requested_at !== null,
    };
  });
}

function claim(scope: Scope, runId: string) {
  return scope.db
    .updateTable("runs")
    .set((eb) => ({ state: "running", lease_epoch: eb("lease_epoch", "+", 1) }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "in", ["queued", "running"])
    .returning([
      "subject",
      "file_id",
      "settings",
      "lease_epoch",
      "change_set_id",
      "started_at",
      "started_by",
      "checkpoint",
      "cancel_requested_at",
      ...countColumns,
    ])
    .executeTakeFirst();
}

/** The first worker to take a run up opens its change set, and sets the instant that all its rows share. */
export async function begin(
  scope: Scope,
  runId: string,
  claimed: { change_set_id: string | null; started_at: string | null },
  action: string,
): Promise<{ changeSetId: string; startedAt: string }> {
  const { change_set_id: known, started_at: since } = claimed;
  if (known && since) return { changeSetId: known, startedAt: since };
  const startedAt = scope.clock.now();
  const changeSetId = await openChangeSet(scope, { action });
  await scope.db
    .updateTable("runs")
    .set({ change_set_id: changeSetId, started_at: startedAt })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .execute();
  await say(scope, runId, "Started.");
  return { changeSetId, startedAt };
}

export const countColumns = [
  "total_count",
  "read_count",
  "created_count",
  "changed_count",
  "same_count",
  "refused_count",
] as const;

type CountRow = Record<Exclude<(typeof countColumns)[number], "total_count">, number>;

export function countsOf(row: CountRow): RunCounts {
  return {
    read: row.read_count,
    created: row.created_count,
    changed: row.changed_count,
    same: row.same_count,
    refused: row.refused_count,
  };
}

export interface Progress {
  /** What is added to the counts; a row that finds its place at a second look is one refused less. */
  added?: Partial<RunCounts>;
  checkpoint?: Checkpoint;
  total?: number;
}

/**
 * Moves the run on, in the transaction of what it describes, and hears whether somebody wants it to stop.
 * @throws LeaseLostError when the run is no longer this worker's.
 */
export async function advance(
  scope: Scope,
  run: OpenRun,
  { added = {}, checkpoint, total }: Progress,
): Promise<OpenRun> {
  const counts = { ...noCounts, ...added };
  const row = await scope.db
    .updateTable("runs")
    .set((eb) => ({
      read_count: eb("read_count", "+", counts.read),
      created_count: eb("created_count", "+", counts.created),
      changed_count: eb("changed_count", "+", counts.changed),
      same_count: eb("same_count", "+", counts.same),
      refused_count: eb("refused_count", "+", counts.refused),
      ...(checkpoint ? { checkpoint: toJson({ ...checkpoint }) } : {}),
      ...(total === undefined ? {} : { total_count: total }),
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", run.id)
    .where("lease_epoch", "=", run.epoch)
    .where("state", "=", "running")
    .returning([...countColumns, "cancel_requested_at"])
    .executeTakeFirst();
  if (!row) throw new LeaseLostError("Another worker has taken this run up");
  return {
    ...run,
    checkpoint: checkpoint ?? run.checkpoint,
    total: row.total_count,
    counts: countsOf(row),
    cancelRequested: row.cancel_requested_at !== null,
  };
}

/** Adds a sentence to the run's log. */
export async function say(scope: Scope, runId: string, ...sentences: readonly string[]): Promise<void> {
  const at = scope.clock.now();
  await scope.db
    .insertInto("run_log")
    .values(sentences.map((text) => ({ account_id: scope.account.id, run_id: runId, id: newId(), at, text })))
    .execute();
}
