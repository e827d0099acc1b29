import { setImmediate as nextTurn } from "node:timers/promises";
import { BATCH_ROWS, fetchBatches } from "~/features/pipeline/stages/fetch.server";
import { asRaw, dayPlace, type PreparedRow, prepareRow } from "~/features/pipeline/stages/prepare-rows.server";
import { rulesOf } from "~/features/pipeline/rules/rules";
import { type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { storedSource } from "~/features/pipeline/files/source.server";
import { type AnySubject, type CanonicalRow } from "~/features/pipeline/subject";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { type Trial, tryOnce } from "~/features/pipeline/trial/try-rows.server";
import { leftOutTally } from "~/features/pipeline/trial/left-out";
import { rowsDigest } from "~/features/pipeline/trial/rows-digest.server";
import { type TrialResult } from "~/features/pipeline/trial/trial";
import { trialNotes } from "~/features/pipeline/trial/trial-notes.server";
import { trialTally } from "~/features/pipeline/trial/trial-tally";
import { openScratch } from "~/platform/db/scratch.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

/**
 * Goes through a file as its import would, by the same stages and in the same batches, and writes nothing. What the
 * import would have written lies in a scratch store, so that memory does not grow with the file.
 */

/** As often as an import looks: see continue-run. */
const MOST_PASSES = 20;

export interface RunToRehearse {
  id: string;
  fileId: string;
  settings: RunSettings;
  /** Whoever is to start it, as far as anybody knows. */
  createdBy: string | null;
}

export interface RehearsalLimits {
  signal: AbortSignal;
  /** Told after each batch how many rows are behind. Throws to stop. */
  onRows?: (rows: number) => Promise<void>;
}

export interface Rehearsed {
  result: TrialResult;
  /** The same for the same rows, in whatever order. */
  digest: string;
}

/** @throws FileProblem */
export async function rehearseRun(
  scope: Scope,
  known: AnySubject,
  { run, limits }: { run: RunToRehearse; limits: RehearsalLimits },
): Promise<Rehearsed> {
  const scratch = openScratch();
  try {
    const subject = await subjectFor(scope, known);
    const notes = trialNotes(scratch);
    const rehearsal = subject.rehearse(scratch);
    // A moment after all that is stored: nothing in it is of this run.
    const observedAt = later(scope.clock.now(), 1);
    const load = (rows: readonly CanonicalRow<unknown>[]) =>
      rehearsal.load(scope, {
        runId: run.id,
        observedAt,
        startedBy: scope.user?.id ?? run.createdBy,
        rules: rulesOf(subject, run.settings),
        rows,
        earlierRows: (subjectIds) => Promise.resolve(notes.same(subjectIds)),
      });
    const place = { ...scope.account, ...scope.place };
    const tally = trialTally((change) => subject.describeChange(change, place));
    const trial: Trial = { scope, subject, run, notes, tally, load, together: scratch.together };
    const { digest, leftOut } = await readThrough(trial, limits);
    await lookAgain(trial, limits);
    refuseTheRest(trial);
    return { result: { ...tally.result(notes.met()), ...(leftOut.length > 0 ? { leftOut } : {}) }, digest };
  } finally {
    scratch.close();
  }
}

async function readThrough(trial: Trial, { signal, onRows }: RehearsalLimits) {
  const { scope, subject, run, tally } = trial;
  const { settings } = run;
  const reader = subject.reader({ ...settings, ...dayPlace(scope.place, scope.clock.now(), settings) });
  const digest = rowsDigest(settings);
  const leftOut = leftOutTally(settings, subject.layouts);
  for await (const batch of fetchBatches(storedSource(scope, run.fileId), settings.reading, { after: 0 })) {
    await nextTurn();
    signal.throwIfAborted();
    const rows = batch.rows.map((row) => prepareRow(asRaw(row), { settings, reader }));
    digest.add(rows);
    for (const { cells } of batch.rows) leftOut.add(cells);
    await tryRows(trial, rows);
    tally.read(rows.length);
    await onRows?.(tally.rows());
  }
  return { digest: digest.value(), leftOut: leftOut.result() };
}

async function tryRows(trial: Trial, rows: readonly PreparedRow[]): Promise<void> {
  const { subject, run, notes, tally } = trial;
  const { known } = await tryOnce(trial, rows, (row, refusals) => {
    const again = refusals.some(({ rule }) => rule === subject.retryRule);
    // Its key stands among the cells.
    const raw = run.settings.correction ? row.raw : { ...row.raw, cells: [] };
    if (row.ok && again) notes.putAside({ ...row, raw }, refusals);
    else tally.refuse(row.raw.position, refusals);
  });
  tally.know(known);
}

/** Goes over the rows for which several records fitted, until a pass over them places none. */
async function lookAgain(trial: Trial, { signal }: RehearsalLimits): Promise<void> {
  const { notes } = trial;
  let [after, placed] = [0, 0];
  for (let pass = 1; pass <= MOST_PASSES;) {
    await nextTurn();
    signal.throwIfAborted();
    const aside = notes.aside(after, BATCH_ROWS);
    if (aside.length === 0) {
      if (placed === 0) return;
      [after, placed] = [0, 0];
      pass++;
      continue;
    }
    const rows = aside.map(({ row }) => row);
    let left = 0;
    const { outcomes } = await tryOnce(trial, rows, () => void left++);
    rows.forEach(({ raw }, index) => {
      if (outcomes[index]?.kind !== "refused") notes.dropAside(raw.position);
    });
    placed += rows.length - left;
    after = aside.at(-1)?.position ?? after;
  }
}

function refuseTheRest({ notes, tally }: Trial): void {
  for (let after = 0; ;) {
    const aside = notes.aside(after, BATCH_ROWS);
    for (const { position, refusals } of aside) tally.refuse(position, refusals);
    const last = aside.at(-1);
    if (!last) return;
    after = last.position;
  }
}
