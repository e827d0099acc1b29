/**
 * Reads a stream of a tap. It can be asked to go on only from where it said it stood (STATE): what stands behind a page is
 * therefore the state that came before its last records, and the pages' number. Taken up there, records come again that
 * came before, which are then known.
 */
import { createHash } from "node:crypto";
import {
  type Connection,
  type Json,
  type JsonObject,
  OutOfOrder,
  type Page,
  type Reading,
  type SourceRecord,
  Trouble,
} from "~/features/connectors/connector";
import { discoverStreams, selected, type TapStream } from "~/features/connectors/providers/singer/catalog";
import { BrokenMessage, type Message, readMessage } from "~/features/connectors/providers/singer/messages";
import { runTap, type TapWorld } from "~/features/connectors/providers/singer/run-tap";

/** Behind a page. */
interface Place {
  page: number;
  /** As the tap said it last; null: it has not. */
  state: Json;
  /** It said that what it sends is all there is. */
  isAll: boolean;
  /** How often it ended in the middle. */
  breaks: number;
}

const MOST_BREAKS = 5;
/** A state is worth a page of its own behind so many records. */
const FEW_RECORDS = 100;

const atTheStart: Place = { page: 0, state: null, isAll: false, breaks: 0 };

export async function* readTap(connection: Connection, world: TapWorld, reading: Reading): AsyncGenerator<Page> {
  const { streamId, fields } = reading;
  const streams = await discoverStreams(connection, world);
  const stream = streams.find(({ id }) => id === streamId);
  if (!stream) throw new Trouble(`${world.tap.label} has no “${streamId}” any more. Choose again what is read of it.`);
  const from = placeOf(reading);
  const collecting = collect(world, stream, { fields, from });
  const job = {
    ...{ kind: "read" as const, catalog: selected(streams, streamId, fields), state: from.state },
    gotOn: collecting.gotOn,
  };
  try {
    for await (const line of runTap(connection, world, job)) {
      if (collecting.take(messageIn(world, line))) yield collecting.page();
    }
  } catch (error) {
    if (!(error instanceof OutOfOrder) || !collecting.gotOn()) throw error;
    // What came until then is good.
    yield collecting.brokenOff();
    throw from.breaks < MOST_BREAKS ? error : new Trouble(`${error.message} It was tried ${MOST_BREAKS + 1} times.`);
  }
  yield collecting.last();
}

function placeOf({ how, after }: Reading): Place {
  if (after !== null) return after as unknown as Place;
  const since = how.kind === "changes" ? (how.since as { state?: Json } | null) : null;
  return { ...atTheStart, state: since?.state ?? null };
}

/** @throws OutOfOrder */
export function messageIn({ tap: { label } }: TapWorld, line: string): Message | null {
  try {
    return readMessage(line);
  } catch (error) {
    if (!(error instanceof BrokenMessage)) throw error;
    throw new OutOfOrder(`${label} sent half a message. It is tried again by itself.`);
  }
}

interface Wanted {
  fields: readonly string[];
  from: Place;
}

function collect({ tap: { label }, limits }: TapWorld, stream: TapStream, { fields, from }: Wanted) {
  const place = { ...from };
  let records: SourceRecord[] = [];
  let bytes = 0;
  let gotOn = false;
  let keys: readonly string[] = stream.keys;
  let hasRecords = false;

  const isMine = (name: string) => name === stream.name || name === stream.id;
  const handOver = (): SourceRecord[] => {
    const page = records;
    [records, bytes] = [[], 0];
    place.page += 1;
    return page;
  };

  function schema(named: readonly string[]): boolean {
    if (hasRecords && named.join("\n") !== keys.join("\n")) {
      throw new Trouble(`${label} changed in the middle by what it tells records apart. Read everything again.`);
    }
    keys = named;
    return false;
  }

  function record(said: JsonObject): boolean {
    hasRecords = gotOn = true;
    records.push(toRecord(said, { stream, keys, fields }));
    bytes += JSON.stringify(said).length;
    return records.length >= limits.mostRecords || bytes >= limits.mostPageBytes;
  }

  function state(value: Json): boolean {
    place.state = value;
    gotOn = true;
    return records.length >= FEW_RECORDS;
  }

  /** Whether a page is full. */
  function take(message: Message | null): boolean {
    if (message?.type === "STATE") return state(message.value);
    if (message === null || !isMine(message.stream)) return false;
    if (message.type === "RECORD") return record(message.record);
    if (message.type === "SCHEMA") return schema(message.keys);
    if (message.type === "ACTIVATE_VERSION") return !(place.isAll = true);
    throw new Trouble(
      `${label} wants to hand its records over in files (BATCH), which is not possible here. Switch that off in its configuration.`,
    );
  }

  return {
    take,
    gotOn: () => gotOn,
    page: (): Page => ({ records: handOver(), after: { ...place } }),
    brokenOff: (): Page => ({ records: handOver(), after: { ...place, breaks: from.breaks + 1 } }),
    last: (): Page => ({
      ...{ records: handOver(), after: null },
      ...(place.state === null ? {} : { changesFrom: { state: place.state } }),
      ...(place.isAll ? { isAll: true } : {}),
    }),
  };
}

interface Told {
  stream: TapStream;
  keys: readonly string[];
  fields: readonly string[];
}

function toRecord(record: JsonObject, { stream, keys, fields }: Told): SourceRecord {
  const id = idOf(record, keys);
  if (typeof record._sdc_deleted_at === "string" && record._sdc_deleted_at !== "") return { id, gone: "deleted" };
  const payload = Object.fromEntries(
    fields.flatMap((field): [string, Json][] => {
      const value = Object.hasOwn(record, field) ? record[field] : undefined;
      return value === undefined || field === "__proto__" ? [] : [[field, value]];
    }),
  );
  return { id, payload, changedAt: changedAt(record, stream) };
}

const MOST_ID_LETTERS = 200;

/** By its key; without one by all it says, so that it is another when it says something else. */
function idOf(record: JsonObject, keys: readonly string[]): string {
  const named = keys.map((key) => record[key] ?? null);
  const [only] = named;
  if (named.length === 0) return hash(JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));
  const id = named.length === 1 && typeof only !== "object" ? String(only) : JSON.stringify(named);
  return id.length > MOST_ID_LETTERS ? hash(id) : id;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** What it knows changes by, where that is a time. */
function changedAt(record: JsonObject, { replicationKey }: TapStream): string | null {
  const value = replicationKey === null ? null : record[replicationKey];
  return typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? value : null;
}
