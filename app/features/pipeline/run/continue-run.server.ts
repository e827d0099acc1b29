import { setImmediate as nextTurn } from "node:timers/promises";
import { closeChangeSet } from "~/features/changes/changes.server";
import { recordEvent } from "~/features/audit/audit.server";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { BATCH_ROWS, fetchBatches, survey } from "~/features/pipeline/stages/fetch.server";
import { loadAgain, loadBatch } from "~/features/pipeline/stages/load.server";
import { advance, LeaseLostError, openRun, type OpenRun, say } from "~/features/pipeline/run/open-run.server";
import { asRaw, prepareRow } from "~/features/pipeline/stages/prepare-rows.server";
import { countOf } from "~/features/pipeline/run/import-words";
import { listRefusedBy } from "~/features/pipeline/corrections/refused-rows.server";
import { countsSentence, type RunState, storedSentence } from "~/features/pipeline/run/run";
import { remarkSentences } from "~/features/pipeline/run/remarks";
import { rulesOf, rulesSentence } from "~/features/pipeline/rules/rules";
import { storedSource } from "~/features/pipeline/files/source.server";
import { type Subjects } from "~/features/pipeline/subject";
import { differenceFromTrial } from "~/features/pipeline/trial/difference.server";
import { tellEnd } from "~/features/pipeline/run/tell-end.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** A sentence goes to the run's log at least so often. */
const ROWS_BETWEEN_SENTENCES = 3_000;
const MOST_PASSES = 20;

export interface RunLimits {
  /** The run ends early, to be called again, when it aborts. */
  signal: AbortSignal;
  /** Asked in the transaction of each batch: throws RunStopped where it must not be stored any more. */
  mayGoOn?: (scope: Scope) => Promise<void>;
}

/** A run has to end where it stands. The message is for people. */
export class RunStopped extends Error {
  override name = "RunStopped";
}

/**
 * Carries a run on from wherever it stands to its end; what was done until then is kept, however it ends. Throws what is
 * a bug or an outage; a file that cannot be read ends the run as failed.
 */
export async function continueRun(scope: Scope, subjects: Subjects, runId: string, limits: RunLimits): Promise<void> {
  const run = await openRun(scope, subjects, runId);
  if (!run) return;
  try {
    await carryOn(scope, run, limits);
  } catch (error) {
    if (error instanceof LeaseLostError) return scope.log.warn({ runId }, "Left the run to the worker that took it up");
    if (!(error instanceof FileProblem || error instanceof RunStopped)) throw error;
    await endRun(scope, run, { state: "failed", problem: error.message });
  }
}

async function carryOn(scope: Scope, opened: OpenRun, limits: RunLimits): Promise<void> {
  let run = opened;
  if (run.total === null && !run.cancelRequested) run = await lookThrough(scope, run);
  if (run.checkpoint.phase === "reading") run = await readOn(scope, run, limits);
  if (!run.cancelRequested) run = await lookAgain(scope, run, limits);
  await endRun(scope, run, { state: endState(run) });
}

function endState({ cancelRequested, counts }: OpenRun): RunEnd["state"] {
  if (cancelRequested) return "cancelled";
  return counts.read === counts.refused ? "attention" : "done";
}

async function lookThrough(scope: Scope, run: OpenRun): Promise<OpenRun> {
  const total = await survey(storedSource(scope, run.fileId), run.settings.reading, scope.place);
  return inTransaction(scope, async (scope) => {
    const surveyed = await advance(scope, run, { total });
    await say(scope, run.id, `The file has ${countOf(total, "row", scope.place.locale)}.`, rulesSaid(run));
    return surveyed;
  });
}

function rulesSaid({ subject, settings }: OpenRun): string {
  return rulesSentence(subject, rulesOf(subject, settings), settings.mapping);
}

async function readOn(scope: Scope, opened: OpenRun, limits: RunLimits): Promise<OpenRun> {
  let run = opened;
  let saidAt = run.counts.read;
  if (run.cancelRequested) return run;
  for await (const batch of fetchBatches(storedSource(scope, run.fileId), run.settings.reading, run.checkpoint)) {
    // On SQLite nothing of a batch ever waits: without this the worker's heartbeat would not get its turn.
    await nextTurn();
    limits.signal.throwIfAborted();
    const rows = batch.rows.map((row) => prepareRow(asRaw(row), run));
    const checkpoint = { ...run.checkpoint, after: batch.after };
    run = await loadBatch(scope, run, { rows, checkpoint, mayGoOn: limits.mayGoOn });
    if (run.counts.read - saidAt >= ROWS_BETWEEN_SENTENCES) {
      await say(scope, run.id, countsSentence(run.counts, scope.place.locale));
      saidAt = run.counts.read;
    }
    if (run.cancelRequested) return run;
  }
  return run;
}

/** Goes over the rows for which several records fitted, until a pass over them places none. */
async function lookAgain(scope: Scope, opened: OpenRun, limits: RunLimits): Promise<OpenRun> {
  const { retryRule } = opened.subject;
  let run = opened;
  if (retryRule === null) return run;
  if (run.checkpoint.phase === "reading") run = secondLook(run);
  for (let pass = 1; pass <= MOST_PASSES && !run.cancelRequested;) {
    await nextTurn();
    limits.signal.throwIfAborted();
    const { after, placed } = run.checkpoint;
    const raws = await listRefusedBy(scope, run.id, { rule: retryRule, after, limit: BATCH_ROWS });
    if (raws.length === 0) {
      if (placed === 0) return run;
      run = secondLook(run);
      pass++;
      continue;
    }
    const rows = raws.map((raw) => prepareRow(raw, run));
    const last = raws.at(-1)?.position ?? after;
    const checkpoint = { ...run.checkpoint, after: last };
    run = await loadAgain(scope, run, { rows, checkpoint, mayGoOn: limits.mayGoOn });
  }
  return run;
}

function secondLook(run: OpenRun): OpenRun {
  return { ...run, checkpoint: { ...run.checkpoint, phase: "second-look", after: 0, placed: 0 } };
}

/** What the log of a run that came to its end says last: what each stage made of what it was given. */
function summary(run: OpenRun, locale: string): string[] {
  const { read, refused } = run.counts;
  const number = (count: number) => count.toLocaleString(locale);
  return [
    `Fetched ${countOf(read, "row", locale)} of the file and kept ${read === 1 ? "it as it" : "each as it"} came.`,
    `Mapped and checked ${countOf(read, "row", locale)}, refused ${number(refused)}.`,
    `Stored ${number(read - refused)}. ${countsSentence(run.counts, locale)}`,
    ...remarkSentences(run.subject, locale, run.checkpoint.remarks),
  ];
}

/**
 * The last words of a run: how it ended, or first of all why it did not. They are kept, so their numbers are written as
 * the account writes them, whoever reads.
 */
function lastWords(run: OpenRun, { state, problem }: RunEnd, locale: string): string[] {
  if (state === "failed") {
    const told = remarkSentences(run.subject, locale, run.checkpoint.remarks);
    return [problem ?? "It could not be carried out.", storedSentence(run.counts, locale), ...told];
  }
  if (state === "cancelled") return [...summary(run, locale), `Cancelled. ${storedSentence(run.counts, locale)}`];
  return [...summary(run, locale), state === "attention" ? "Ended, but no row could be stored." : "Done."];
}

export interface RunEnd {
  state: Extract<RunState, "done" | "attention" | "failed" | "cancelled">;
  problem?: string;
  reference?: string;
}

/** Ends a run: its state, its last words, and the one audit event of all it did, tied to its change set. */
export async function endRun(scope: Scope, run: OpenRun, { state, problem, reference }: RunEnd): Promise<void> {
  await inTransaction(scope, async (scope) => {
    await advance(scope, run, {});
    const differs = state === "done" || state === "attention" ? await differenceFromTrial(scope, run) : [];
    await say(scope, run.id, ...differs, ...lastWords(run, { state, problem }, scope.place.locale));
    await scope.db
      .updateTable("runs")
      .set({ state, finished_at: scope.clock.now(), problem: problem ?? null, problem_reference: reference ?? null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", run.id)
      .execute();
    const eventId = await recordEvent(scope, {
      action: run.subject.action,
      subject: { runId: run.id, changeSetId: run.changeSetId },
      counts: { ...run.counts },
    });
    await closeChangeSet(scope, run.changeSetId, eventId);
    await tellEnd(scope, run.id);
  });
  scope.log.info({ runId: run.id, status: state, rows: run.counts.read, refused: run.counts.refused }, "Run ended");
}
