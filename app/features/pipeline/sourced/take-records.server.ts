import { addEntries } from "~/features/changes/changes.server";
import { dropRefusals, keepRefusals } from "~/features/pipeline/corrections/refused-rows.server";
import { addRemarks } from "~/features/pipeline/run/remarks";
import { withBeside } from "~/features/pipeline/subject-beside";
import { keepLinks } from "~/features/pipeline/sourced/links.server";
import { type Arrival, type Met, meetRecords, type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { advanceSourced, isTrusted, type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type Prepared, prepareRecord } from "~/features/pipeline/sourced/prepare-record.server";
import { rowOf, type Settled, takenOver } from "~/features/pipeline/sourced/settled-record";
import { type SourcedCheckpoint } from "~/features/pipeline/sourced/sourced-settings.server";
import { writeSourceRecords } from "~/features/pipeline/sourced/source-records.server";
import { standingNow, tally, withAgain, withCounts } from "~/features/pipeline/sourced/tally.server";
import { type Entry, type SourcedOutcome, type SourcedRow } from "~/features/pipeline/subject-sourced";
import "~/features/pipeline/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Json, toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Takes some records in, within one transaction: versions in the raw zone, what the subject makes of them, how they stand,
 * what they are related to, refusals, entries, counts and the checkpoint. A worker that dies leaves all of it or nothing.
 *
 * `moved`: the checkpoint behind them.
 */
export async function takeRecords(
  scope: Scope,
  taking: Taking,
  arrivals: readonly Arrival[],
  moved: (checkpoint: SourcedCheckpoint) => SourcedCheckpoint = (checkpoint) => checkpoint,
): Promise<SourcedRun> {
  const { run, stream } = taking;
  const { met, renamed } = await meetRecords(scope, taking, arrivals);
  const { settled, entries } = await settle(scope, taking, met);
  await keepVersions(scope, run, settled);
  await keepRefused(scope, run, settled);
  const given = renamed.map(({ row, into }) => ({ before: row, now: takenOver(run, { row, into }) }));
  const stood = [...given, ...settled.map(({ met, row }) => ({ before: met.known, now: row }))];
  await writeSourceRecords(scope, run, stood);
  const { entries: ofLinks, ...beside } = await keepLinks(scope, taking, settled);
  await writeEntries(scope, run, [...entries, ...ofLinks]);
  const added = tally(run, settled);
  const checkpoint = withCounts(run.checkpoint, stream.id, (counts) => ({
    ...standingNow(run, stood)(counts),
    read: counts.read + (added.read ?? 0),
  }));
  return advanceSourced(scope, run, {
    added,
    seen: { streamId: stream.id, numbers: settled.map(({ row }) => row.number) },
    checkpoint: moved({
      ...withAgain(withBeside(checkpoint, beside), run, stood),
      remarks: addRemarks(checkpoint.remarks, loadedIn(settled)),
      position: settled.reduce((last, one) => one.position ?? last, checkpoint.position),
      entries: checkpoint.entries + entries.length + ofLinks.length,
    }),
  });
}

async function settle(scope: Scope, taking: Taking, met: readonly Met[]) {
  let { position } = taking.run.checkpoint;
  const placed = met.map((one) => ({ one, position: one.how === "held" || one.how === "load" ? ++position : null }));
  const { outcomes, entries } = await load(
    scope,
    taking,
    placed.filter(({ one }) => one.how === "load"),
  );
  let next = 0;
  const settled = placed.map(({ one, position }): Settled => {
    const outcome = one.how === "load" ? (outcomes[next++] as SourcedOutcome) : { kind: one.how };
    return { met: one, outcome, position, row: rowOf(taking, one, outcome) };
  });
  return { settled, entries };
}

interface Placed {
  one: Met;
  position: number | null;
}

async function load(scope: Scope, taking: Taking, placed: readonly Placed[]) {
  const { run, stream } = taking;
  const prepared = placed.map((each) => ({ ...each, is: prepareRecord(taking, each.one.arrival.item.payload) }));
  const rows = prepared.flatMap(({ one, position, is }) => (is.ok ? [sourcedRow(run, { one, position, is })] : []));
  const { outcomes, entries } =
    rows.length === 0
      ? { outcomes: [], entries: [] }
      : await stream.sourced.load(scope, {
          ...{ runId: run.id, connectorId: run.connectorId, sourceName: run.name },
          ...{ startedAt: run.startedAt, startedBy: run.startedBy },
          ...{ rules: run.settings.rules, rows },
        });
  let next = 0;
  const all = prepared.map(({ is }): SourcedOutcome =>
    is.ok ? (outcomes[next++] as SourcedOutcome) : { kind: "refused", refusals: is.refusals },
  );
  return { outcomes: all, entries };
}

function sourcedRow(
  run: SourcedRun,
  { one, position, is }: Placed & { is: Extract<Prepared, { ok: true }> },
): SourcedRow<unknown> {
  const { known, arrival, versionId } = one;
  const { changedAt } = arrival.item;
  return {
    ...{ position: position ?? 0, rawRecordId: versionId, canonical: is.canonical, hash: is.hash },
    ...{ sourceRecordId: one.recordId, remoteId: arrival.item.id },
    isNew: known === null,
    // A source whose clock is ahead says nothing of tomorrow.
    saidAt: changedAt !== null && changedAt < run.startedAt ? changedAt : run.startedAt,
    was: known && isTrusted(run, known) ? known.subject_id : null,
    goneAt: known?.gone_at ?? null,
  };
}

async function keepVersions(scope: Scope, run: SourcedRun, settled: readonly Settled[]): Promise<void> {
  const rows = settled.flatMap(({ met, outcome, position, row }) =>
    position === null || met.isStored
      ? []
      : [
          {
            ...{ account_id: scope.account.id, id: met.versionId, run_id: run.id, position },
            payload: toJson(met.arrival.item.payload as Json),
            ...told(outcome),
            source_record_id: row.id,
          },
        ],
  );
  for (const some of rowChunks(rows)) await scope.db.insertInto("raw_records").values(some).execute();
  for (const { met, outcome, position } of settled) {
    if (position !== null && met.isStored && isLoaded(outcome)) await markVersion(scope, met.versionId, outcome);
  }
}

/** Says anew what became of a version that is kept already. */
async function markVersion(scope: Scope, rawRecordId: string, outcome: SourcedOutcome): Promise<void> {
  await scope.db
    .updateTable("raw_records")
    .set(told(outcome))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", rawRecordId)
    .execute();
}

/** What waits, or was kept out by the rules, is of nobody. */
function told(outcome: Settled["outcome"]) {
  if (outcome.kind === "refused") return { outcome: "refused" as const, subject_id: null };
  if (!isLoaded(outcome) || outcome.kind === "left") return { outcome: "same" as const, subject_id: null };
  return { outcome: outcome.kind, subject_id: outcome.subjectId };
}

function isLoaded(outcome: Settled["outcome"]): outcome is SourcedOutcome {
  return !["same", "older", "held"].includes(outcome.kind);
}

function loadedIn(settled: readonly Settled[]): SourcedOutcome[] {
  return settled.map(({ outcome }) => outcome).filter(isLoaded);
}

/** Refusals of this run; those of before that hold no longer go. */
async function keepRefused(scope: Scope, run: SourcedRun, settled: readonly Settled[]): Promise<void> {
  const before = settled.flatMap(({ met: { known, newest } }) =>
    known?.state === "refused" && newest?.run_id === run.id ? [newest.position] : [],
  );
  await dropRefusals(scope, run.id, before);
  const noCells = { cells: [] };
  const refused = settled.flatMap(({ outcome, position, met, row: { id: sourceRecordId } }) =>
    outcome.kind === "refused" && position !== null
      ? [
          {
            raw: { ...noCells, rawRecordId: met.versionId, position: placeOf(run, met) ?? position },
            outcome,
            sourceRecordId,
          },
        ]
      : [],
  );
  await keepRefusals(scope, { id: run.id, settings: {} }, refused);
}

/** Where its version stands in this run, if it stands in this one. */
function placeOf(run: SourcedRun, { isStored, newest }: Met): number | null {
  return isStored && newest?.run_id === run.id ? newest.position : null;
}

async function writeEntries(scope: Scope, run: SourcedRun, entries: readonly Entry[]): Promise<void> {
  const first = run.checkpoint.entries + 1;
  await addEntries(
    scope,
    run.changeSetId,
    entries.map((entry, index) => ({ ...entry, position: first + index })),
  );
}
