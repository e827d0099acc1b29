import { survey } from "~/features/pipeline/stages/fetch.server";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { findDraft } from "~/features/pipeline/draft/draft-run.server";
import { readSource, storedSource } from "~/features/pipeline/files/source.server";
import { type AnySubject, type Subjects } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { type Rehearsed, rehearseRun, type RunToRehearse } from "~/features/pipeline/trial/rehearse-run.server";
import { askForTrial, putTrial, settingsHash, setUpColumns, TRIAL_TASK } from "~/features/pipeline/trial/trials.server";
import { type Json, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { findFile } from "~/platform/files.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";

/** Makes the trial of an import: at once for a short file, else by a job, which a kill only makes begin anew. */

/** Files of so many rows and bytes are tried while the person waits. */
const ROWS_AT_ONCE = 300;
const BYTES_AT_ONCE = 512 * 1024;
/** How far it is, is written down so often. */
const ROWS_BETWEEN_WORDS = 1_500;

const OUR_FAULT =
  "The check stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference, or check again.";

/** It was asked for anew, its settings were changed, or its file thrown away: whatever this one finds is of no use. */
class TrialForgotten extends Error {
  override name = "TrialForgotten";
}

/** Makes the trial of a draft there and then where that is quick, else asks for it. */
export async function beginTrial(scope: Scope, subject: AnySubject, run: RunToRehearse): Promise<void> {
  if (!(await isShort(scope, run))) {
    await askForTrial(scope, run.id);
    return;
  }
  const startedAt = scope.clock.now();
  const ending = await rehearsed(() =>
    rehearseRun(scope, subject, { run, limits: { signal: new AbortController().signal } }),
  );
  const read = ending.state === "done" ? { total_count: ending.rows, read_count: ending.rows } : {};
  await inTransaction(scope, (scope) =>
    putTrial(scope, run.id, { ...ending.columns, ...read, started_at: startedAt, finished_at: scope.clock.now() }),
  );
}

async function isShort(scope: Scope, { fileId, settings }: RunToRehearse): Promise<boolean> {
  const file = await findFile(scope, fileId);
  if (!file || file.sizeBytes > BYTES_AT_ONCE) return false;
  let rows = 0;
  try {
    for await (const _ of readSource(storedSource(scope, fileId), settings.reading)) {
      if (++rows > ROWS_AT_ONCE + 1) return false;
    }
  } catch (error) {
    // The trial itself says what is wrong with it.
    if (!(error instanceof FileProblem)) throw error;
  }
  return true;
}

type Ending =
  | { state: "done"; rows: number; columns: { state: "done"; result: string; rows_digest: string } }
  | { state: "failed"; columns: { state: "failed"; problem: string } };

/** How it ended, as it is stored. What is a bug or an outage is thrown on. */
async function rehearsed(work: () => Promise<Rehearsed>): Promise<Ending> {
  try {
    const { result, digest } = await work();
    const columns = { state: "done" as const, result: toJson(result as unknown as Json), rows_digest: digest };
    return { state: "done", rows: result.counts.read, columns };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return { state: "failed", columns: { state: "failed", problem: error.message } };
  }
}

/** Makes a trial that was asked for, from the beginning. Nothing is left to do where somebody else has it, or nobody wants it. */
export async function continueTrial(
  scope: Scope,
  subjects: Subjects,
  runId: string,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const opened = await open(scope, subjects, runId);
  if (!opened) return;
  const { run, subject, lease } = opened;
  let saidAt = 0;
  const onRows = async (rows: number) => {
    if (rows - saidAt < ROWS_BETWEEN_WORDS) return;
    saidAt = rows;
    await write(scope, lease, { read_count: rows });
  };
  try {
    const ending = await rehearsed(async () => {
      const total = await survey(storedSource(scope, run.fileId), run.settings.reading, scope.place);
      await write(scope, lease, { total_count: total });
      return rehearseRun(scope, subject, { run, limits: { signal, onRows } });
    });
    const read = ending.state === "done" ? { read_count: ending.rows } : {};
    await write(scope, lease, { ...ending.columns, ...read, finished_at: scope.clock.now() });
    scope.log.info({ runId, status: ending.state }, "Trial ended");
  } catch (error) {
    if (!(error instanceof TrialForgotten)) throw error;
    scope.log.info({ runId }, "Left a trial that nobody waits for any more");
  }
}

interface Lease {
  runId: string;
  epoch: number;
}

function open(scope: Scope, subjects: Subjects, runId: string) {
  return inTransaction(scope, async (scope) => {
    const draft = await findDraft(scope, runId);
    const subject = draft && subjects[draft.subject];
    if (!draft || !subject) return null;
    const trial = await scope.db
      .updateTable("trials")
      .set((eb) => ({
        state: "running",
        read_count: 0,
        started_at: scope.clock.now(),
        lease_epoch: eb("lease_epoch", "+", 1),
      }))
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .where("state", "in", ["queued", "running"])
      .returning("lease_epoch")
      .executeTakeFirst();
    return trial && { run: draft, subject, lease: { runId, epoch: trial.lease_epoch } };
  });
}

interface Words {
  state?: "done" | "failed";
  total_count?: number;
  read_count?: number;
  result?: string;
  rows_digest?: string;
  problem?: string;
  problem_reference?: string;
  finished_at?: string;
}

/** @throws TrialForgotten where it is no longer this worker's, or not of the draft's settings any more. */
async function write(scope: Scope, { runId, epoch }: Lease, words: Words): Promise<void> {
  await inTransaction(scope, async (scope) => {
    const trial = await scope.db
      .updateTable("trials")
      .set(words)
      .where("account_id", "=", scope.account.id)
      .where("run_id", "=", runId)
      .where("lease_epoch", "=", epoch)
      .where("state", "=", "running")
      .returning("settings_hash")
      .executeTakeFirst();
    const run = await scope.db
      .selectFrom("runs")
      .select(setUpColumns)
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "=", "draft")
      .executeTakeFirst();
    const isAsAsked = trial && run && (await settingsHash(scope, run)) === trial.settings_hash;
    if (!isAsAsked) throw new TrialForgotten("Nobody waits for it");
  });
}

/** Ends a trial that was tried as often as it should be; it can be asked for again. */
export async function giveUpTrial(scope: Scope, runId: string): Promise<void> {
  await scope.db
    .updateTable("trials")
    .set({
      state: "failed",
      problem: OUR_FAULT,
      problem_reference: scope.requestId,
      finished_at: scope.clock.now(),
    })
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .where("state", "in", ["queued", "running"])
    .execute();
}

/** Gives up every trial of the account that counts as at work while no job will go on with it. Not within a transaction. */
export async function giveUpAbandonedTrials(scope: Scope): Promise<void> {
  const trials = await scope.db
    .selectFrom("trials")
    .select("run_id")
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["queued", "running"])
    .execute();
  for (const { run_id: runId } of trials) {
    if (!(await isAwaited(scope, TRIAL_TASK, runId))) await giveUpTrial(scope, runId);
  }
}
