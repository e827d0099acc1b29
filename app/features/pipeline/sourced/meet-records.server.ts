import { isDeepStrictEqual } from "node:util";
import { type OpenStream, type SourcedRun, isTrusted } from "~/features/pipeline/sourced/open-sourced-run.server";
import { blanks, hashOf, isTakenAlike } from "~/features/pipeline/sourced/prepare-record.server";
import { type LiveItem, type Payload, type RecordSource } from "~/features/pipeline/sourced/source";
import { findNamed, type SourceRecordRow } from "~/features/pipeline/sourced/source-records.server";
import "~/features/pipeline/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson } from "~/platform/db/json.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** Records that came, beside what is known of them: what is to become of each, decided before anything is written. */

/** A record as it came. */
export interface Arrival {
  item: LiveItem;
  hash: string;
  /** It comes from the raw zone, where it is stored already. */
  storedRawId?: string;
}

export interface Taking {
  run: SourcedRun;
  stream: OpenStream;
  source: RecordSource;
  /** What takes something away is taken, too: it has waited, and is to be followed. */
  isFinal?: boolean;
}

/** A version in the raw zone. */
interface Version {
  id: string;
  run_id: string;
  position: number;
  outcome: "new" | "changed" | "kept" | "same" | "refused";
  payload: Payload;
}

export interface Met {
  how: "same" | "older" | "held" | "load";
  arrival: Arrival;
  /** Of the record, new or not. */
  recordId: string;
  number: number;
  known: SourceRecordRow | null;
  /** Its newest version until now. */
  newest: Version | null;
  /** In the raw zone. */
  versionId: string;
  isStored: boolean;
}

export interface Meeting {
  met: Met[];
  /** Known under a name that another record has taken over. */
  renamed: { row: SourceRecordRow; into: string }[];
}

/** In the batch's transaction. Two statements. */
export async function meetRecords(scope: Scope, taking: Taking, arrivals: readonly Arrival[]): Promise<Meeting> {
  const { run, stream } = taking;
  const names = arrivals.flatMap(({ item }) => [item.id, ...(item.formerIds ?? [])]);
  const named = await findNamed(scope, { run, streamId: stream.id }, names);
  const items = arrivals.map(({ item }) => item);
  const { known, renamed } = knownAs(items, named);
  const found = arrivals.map((arrival, place) => ({ arrival, known: known[place] ?? null }));
  const versions = await versionsOf(
    scope,
    found.flatMap(({ known }) => (known ? [known.raw_record_id, known.taken_raw_id] : [])),
  );
  let last = run.seen.get(stream.id)?.last ?? 0;
  const met = found.map(({ arrival, known }) =>
    known ? meet(taking, { arrival, known }, versions) : metFirst(arrival, ++last),
  );
  return { met, renamed };
}

function meet(
  taking: Taking,
  { arrival, known }: { arrival: Arrival; known: SourceRecordRow },
  versions: ReadonlyMap<string, Version>,
): Met {
  const newest = versions.get(known.raw_record_id ?? "") ?? null;
  const taken = versions.get(known.taken_raw_id ?? "") ?? null;
  const storedId = arrival.storedRawId ?? (known.hash === arrival.hash ? newest?.id : undefined);
  const version = { versionId: storedId ?? newId(), isStored: storedId !== undefined };
  const how = judge(taking, { arrival, known, newest, taken });
  return { how, arrival, recordId: known.id, number: known.number, known, newest, ...version };
}

/** `number`: among the records of its stream. */
function metFirst(arrival: Arrival, number: number): Met {
  const own = { recordId: newId(), versionId: newId(), isStored: false };
  return { how: "load", arrival, number, known: null, newest: null, ...own };
}

/**
 * Each by its name, else by the first of its former ones; what else it was known as, it has taken over. A row is one's
 * only: who comes by the name first, then whoever says first that it was theirs. `known`: in the order of the items.
 */
export function knownAs(
  items: readonly LiveItem[],
  named: ReadonlyMap<string, SourceRecordRow>,
): { known: (SourceRecordRow | null)[]; renamed: Meeting["renamed"] } {
  const taken = new Set(items.flatMap(({ id }) => named.get(id)?.id ?? []));
  const renamed: Meeting["renamed"] = [];
  const known = items.map(({ id, formerIds = [] }) => {
    const own = named.get(id);
    const were = formerIds.flatMap((name) => named.get(name) ?? []).filter((row) => !taken.has(row.id));
    const [first, ...others] = [...new Set(own ? [own, ...were] : were)];
    for (const row of were) taken.add(row.id);
    for (const row of others) if (row.gone_at === null) renamed.push({ row, into: id });
    return first ?? null;
  });
  return { known, renamed };
}

async function versionsOf(scope: Scope, rawIds: readonly (string | null)[]): Promise<Map<string, Version>> {
  const ids = [...new Set(rawIds)].flatMap((id) => (id === null ? [] : [id]));
  const versions = new Map<string, Version>();
  for (const some of valueChunks(ids)) {
    const rows = await scope.db
      .selectFrom("raw_records")
      .select(["id", "run_id", "position", "outcome", "payload"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", some)
      .execute();
    for (const row of rows) versions.set(row.id, { ...row, payload: fromJson<Payload>(row.payload) });
  }
  return versions;
}

interface Judged {
  arrival: Arrival;
  known: SourceRecordRow;
  newest: Version | null;
  taken: Version | null;
}

function judge(taking: Taking, judged: Judged): Met["how"] {
  const { run, isFinal } = taking;
  const { known, arrival } = judged;
  if (arrival.storedRawId !== undefined || !isTrusted(run, known)) return isFinal ? "load" : heldOr(taking, judged);
  return leftAs(taking, judged) ?? heldOr(taking, judged);
}

/** What nothing is done with: what was said before, or what is known already. */
function leftAs(taking: Pick<Taking, "stream">, judged: Omit<Judged, "taken">): "older" | "same" | null {
  if (isOlder(judged.arrival.item, judged.known)) return "older";
  return isAsItWas(taking, judged) ? "same" : null;
}

/** The places of those with which a run would do nothing. One statement. @param known In the order of the items */
export async function leftAlone(
  scope: Scope,
  { stream, undone }: Pick<Taking, "stream"> & Pick<SourcedRun, "undone">,
  { items, known }: { items: readonly LiveItem[]; known: readonly (SourceRecordRow | null)[] },
): Promise<ReadonlySet<number>> {
  const trusted = known.map((row) => (row && isTrusted({ undone }, row) ? row : null));
  const versions = await versionsOf(
    scope,
    trusted.map((row) => row?.raw_record_id ?? null),
  );
  const places = items.flatMap((item, place) => {
    const row = trusted[place];
    if (!row) return [];
    const newest = versions.get(row.raw_record_id ?? "") ?? null;
    return leftAs({ stream }, { arrival: { item, hash: hashOf(stream, item) }, known: row, newest }) ? [place] : [];
  });
  return new Set(places);
}

/** Sources send what they have sent before, and not always in its order. */
function isOlder({ changedAt }: LiveItem, known: SourceRecordRow): boolean {
  const isThere = known.state !== "gone" && known.state !== "going";
  return isThere && changedAt !== null && known.remote_changed_at !== null && changedAt < known.remote_changed_at;
}

/** Property order may differ: hashes do then, too. */
function isAsItWas({ stream }: Pick<Taking, "stream">, { arrival, known, newest }: Omit<Judged, "taken">): boolean {
  if (!["standing", "kept"].includes(known.state) || known.gone_at !== null) return false;
  if (known.hash === arrival.hash) return true;
  return isTakenAlike(stream, known.hash) && isDeepStrictEqual(newest?.payload, arrival.item.payload);
}

/** What it said before stands here, and it says less now: that waits for the end of the reading. */
function heldOr({ run, stream, source, isFinal }: Taking, { arrival, known, taken }: Judged): "held" | "load" {
  const says = ["standing", "held", "refused", "kept"].includes(known.state) && known.gone_at === null;
  if (isFinal || !says || !taken || !isTrusted(run, known)) return "load";
  return blanks({ stream, source }, taken.payload, arrival.item.payload) ? "held" : "load";
}
