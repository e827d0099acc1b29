import { setImmediate as nextTurn } from "node:timers/promises";
import { knownAs, leftAlone } from "~/features/pipeline/sourced/meet-records.server";
import { type OpenStream, openStream } from "~/features/pipeline/sourced/open-sourced-run.server";
import { undoneRuns } from "~/features/pipeline/sourced/undone-runs.server";
import { type Prepared, prepareRecord } from "~/features/pipeline/sourced/prepare-record.server";
import { type LiveItem, type RecordSource, type SourcePage } from "~/features/pipeline/sourced/source";
import { type SourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { findNamed, type SourceRecordRow } from "~/features/pipeline/sourced/source-records.server";
import { rehearsedTally, type StreamRehearsed } from "~/features/pipeline/sourced/rehearsed-tally";
import { nameInCells } from "~/features/pipeline/zones/name-in-cells";
import { type Refusal, type Subjects } from "~/features/pipeline/subject";
import { type SourcedRehearsal, type SourcedRow } from "~/features/pipeline/subject-sourced";
import { openScratch, type Scratch } from "~/platform/db/scratch.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Goes through the first records of a source as a run would, by the same stages, and writes nothing: what would have been
 * written lies in a scratch store. Relationships between records are left to the run.
 */

/** As many as a run takes at once: outcomes hang on what stands above. */
const RECORDS_AT_ONCE = 300;
/** As often as a run looks. */
const MOST_PASSES = 20;
/** Pages in a row without a record that was not seen before: more come of no source that gets anywhere. */
const MOST_PAGES_OF_NOTHING_NEW = 50;

export interface Rehearsing {
  connector: { id: string; name: string };
  settings: SourcedSettings;
  source: Pick<RecordSource, "cellsOf" | "pages">;
  /** Of each stream; what comes behind them is left to the run. */
  mostRecords: number;
  signal: AbortSignal;
  /** Told after each page how many records are behind. Throws to stop. */
  onRead: (records: number) => Promise<void>;
}

/** @throws ReadingEnded */
export async function rehearseRecords(
  scope: Scope,
  subjects: Subjects,
  rehearsing: Rehearsing,
): Promise<StreamRehearsed[]> {
  const scratch = openScratch();
  try {
    const undone = await undoneRuns(scope, rehearsing.connector.id);
    const startedAt = scope.clock.now();
    const ofSubjects = new Map<string, SourcedRehearsal<unknown>>();
    const results: StreamRehearsed[] = [];
    let read = 0;
    for (const settings of rehearsing.settings.streams) {
      const stream = await openStream(scope, subjects, { settings: rehearsing.settings, stream: settings, startedAt });
      const rehearsal = rehearsalOf(stream, ofSubjects, scratch);
      const trying = { ...rehearsing, scope, stream, rehearsal, startedAt, undone };
      const result = await rehearseStream({ ...trying, onRead: (count) => rehearsing.onRead(read + count) });
      read += result.counts.read;
      results.push(result);
    }
    return results;
  } finally {
    scratch.close();
  }
}

/** One for each kind of record: streams of the same meet one another's. */
function rehearsalOf(stream: OpenStream, known: Map<string, SourcedRehearsal<unknown>>, scratch: Scratch) {
  const rehearsal = known.get(stream.subject) ?? stream.sourced.rehearse(scratch);
  known.set(stream.subject, rehearsal);
  return rehearsal;
}

interface Trying extends Rehearsing {
  scope: Scope;
  stream: OpenStream;
  rehearsal: SourcedRehearsal<unknown>;
  startedAt: string;
  undone: readonly string[];
}

interface Aside {
  row: SourcedRow<unknown>;
  refusals: Refusal[];
}

async function rehearseStream(trying: Trying): Promise<StreamRehearsed> {
  const { scope, stream, mostRecords, signal, onRead } = trying;
  const tally = rehearsedTally(stream, { ...scope.account, ...scope.place });
  const aside: Aside[] = [];
  const seen = new Set<string>();
  const how = { kind: "whole" as const, start: stream.start };
  // Whatever is known already is read like the rest.
  const known = () => Promise.resolve([]);
  const reading = { streamId: stream.id, how, after: null, known, signal };
  let nothingNew = 0;
  let isAll = true;
  for await (const page of trying.source.pages(reading)) {
    signal.throwIfAborted();
    const fresh = freshIn(page, seen).slice(0, mostRecords - tally.rows());
    for (let at = 0; at < fresh.length; at += RECORDS_AT_ONCE) {
      await nextTurn();
      await tryRecords(trying, { tally, aside }, fresh.slice(at, at + RECORDS_AT_ONCE));
    }
    tally.said(page.count);
    await onRead(tally.rows());
    nothingNew = fresh.length > 0 ? 0 : nothingNew + 1;
    isAll = page.after === null;
    if (isAll || tally.rows() >= mostRecords || nothingNew >= MOST_PAGES_OF_NOTHING_NEW) break;
  }
  await lookAgain(trying, { tally, aside });
  for (const { row, refusals } of aside) tally.refuse(row.position, refusals);
  return tally.result({ isAll });
}

/** Each record once, however often it is sent. */
function freshIn({ records }: SourcePage, seen: Set<string>): LiveItem[] {
  return records.flatMap((record) => {
    if ("gone" in record || seen.has(record.id)) return [];
    seen.add(record.id);
    return [record];
  });
}

interface Told {
  tally: ReturnType<typeof rehearsedTally>;
  /** For which several records fitted: looked at again when all of the stream is in. */
  aside: Aside[];
}

async function tryRecords(trying: Trying, { tally, aside }: Told, items: readonly LiveItem[]): Promise<void> {
  const { scope, stream, connector, settings, source, undone } = trying;
  const run = { id: newId(), connectorId: connector.id, undone };
  const named = await findNamed(
    scope,
    { run, streamId: stream.id },
    items.flatMap(({ id, formerIds = [] }) => [id, ...formerIds]),
  );
  const { known } = knownAs(items, named);
  const alone = await leftAlone(scope, { stream, undone }, { items, known });
  const rows: SourcedRow<unknown>[] = [];
  for (const [place, item] of items.entries()) {
    const position = tally.read(item.id, nameOf(stream, source, item));
    const prepared = prepareRecord({ run: { settings }, stream, source }, item.payload);
    const row = known[place] ?? null;
    if (alone.has(place)) tally.leave({ position, was: row?.subject_id ?? null, ...prepared });
    else if (prepared.ok) rows.push(rowOf(trying, { item, position, prepared, known: row }));
    else tally.refuse(position, prepared.refusals);
  }
  await load(trying, {
    tally,
    rows,
    refused: (row, refusals) => void setAside(trying, { tally, aside }, row, refusals),
  });
}

function nameOf({ id, columns, mapping }: OpenStream, source: Trying["source"], { payload }: LiveItem): string {
  const cells = source.cellsOf(id, payload);
  return nameInCells(columns.map((column, at) => ({ field: mapping[at] ?? "", text: cells.get(column.id) ?? "" })));
}

function setAside({ stream }: Trying, { tally, aside }: Told, row: SourcedRow<unknown>, refusals: Refusal[]): void {
  if (refusals.some(({ rule }) => rule === stream.of.retryRule)) aside.push({ row, refusals });
  else tally.refuse(row.position, refusals);
}

interface Loading {
  tally: Told["tally"];
  rows: readonly SourcedRow<unknown>[];
  refused(row: SourcedRow<unknown>, refusals: Refusal[]): void;
}

async function load(trying: Trying, { tally, rows, refused }: Loading): Promise<void> {
  if (rows.length === 0) return;
  const { scope, rehearsal, connector, settings, startedAt } = trying;
  const { outcomes, met } = await rehearsal.load(scope, {
    ...{ runId: TRIAL, connectorId: connector.id, sourceName: connector.name, startedAt },
    ...{ startedBy: scope.user?.id ?? null, rules: settings.rules, rows },
  });
  tally.remark(outcomes.filter(({ kind }) => kind !== "refused"));
  rows.forEach((row, index) => {
    const outcome = outcomes[index];
    if (!outcome || outcome.kind === "refused") refused(row, outcome?.refusals ?? []);
    else tally.take(row, outcome, met[index] ?? null);
  });
}

/** No run is called so. */
const TRIAL = "trial";

async function lookAgain(trying: Trying, { tally, aside }: Told): Promise<void> {
  for (let pass = 1; pass <= MOST_PASSES && aside.length > 0; pass++) {
    await nextTurn();
    trying.signal.throwIfAborted();
    const before = aside.splice(0);
    await load(trying, {
      tally,
      rows: before.map(({ row }) => row),
      refused: (row, refusals) => void aside.push({ row, refusals }),
    });
    if (aside.length === before.length) return;
  }
}

interface Knowing {
  item: LiveItem;
  position: number;
  prepared: Extract<Prepared, { ok: true }>;
  known: SourceRecordRow | null;
}

/** As `take-records` has it. */
function rowOf(
  { startedAt, undone }: Trying,
  { item: { id: remoteId, changedAt }, position, prepared, known }: Knowing,
): SourcedRow<unknown> {
  const isTrusted = known !== null && !undone.includes(known.changed_run_id);
  return {
    ...{ position, rawRecordId: newId(), canonical: prepared.canonical, hash: prepared.hash },
    ...{ sourceRecordId: known?.id ?? newId(), remoteId, isNew: known === null },
    saidAt: changedAt !== null && changedAt < startedAt ? changedAt : startedAt,
    was: isTrusted ? known.subject_id : null,
    goneAt: known?.gone_at ?? null,
  };
}
