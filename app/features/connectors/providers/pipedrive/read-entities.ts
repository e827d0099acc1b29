/**
 * Reads people or organisations: all by their id, or what has changed since by the time of its change. Changes do not tell
 * what was deleted or merged: once a week everything is read, which does.
 */
import {
  type Connection,
  CursorExpired,
  type Json,
  type Page,
  type Reading,
  Trouble,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { customIn, optionsOf } from "~/features/connectors/providers/pipedrive/entity-fields";
import { toRecord } from "~/features/connectors/providers/pipedrive/entity-records";
import {
  type ListPage,
  listPage,
  PAGE_SIZE,
  WrongRequest,
} from "~/features/connectors/providers/pipedrive/pipedrive-api";

/** Behind a page. Times are ISO 8601 UTC. */
interface Place {
  cursor: string;
  /** When this reading began, and when everything was last read. */
  startedAt: string;
  wholeAt: string;
}

interface Since {
  since: string;
  wholeAt: string;
}

const MINUTE_MS = 60_000;
/** What was being written when a reading began comes again the next time. */
const OVERLAP_MS = 5 * MINUTE_MS;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
/** More cannot be named. */
const MOST_CUSTOM = 15;

export async function* readEntities(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const { streamId, fields, how } = reading;
  const since = how.kind === "changes" ? sinceIn(how.since, connection.now()) : null;
  const options = await optionsOf(connection, streamId, fields);
  const watch = turningPages("Pipedrive");
  let place = isObject(reading.after) ? (reading.after as unknown as Place) : null;
  for (;;) {
    const page = await pageAt(connection, reading, { since, cursor: place?.cursor ?? null });
    const records = page.entries.map((entry) => toRecord(entry, { fields, options }));
    const began: Beginning = place ?? beginning(page.at ?? connection.now(), since);
    if (page.next === null) return yield { records, after: null, changesFrom: changesFrom(began) };
    watch.page(records.map(({ id }) => id));
    watch.toNext(page.next);
    place = { cursor: page.next, startedAt: began.startedAt, wholeAt: began.wholeAt };
    yield { records, after: { ...place } };
  }
}

type Beginning = Pick<Place, "startedAt" | "wholeAt">;

function beginning(at: string, since: Since | null): Beginning {
  const startedAt = earlier(at);
  return { startedAt, wholeAt: since?.wholeAt ?? startedAt };
}

function changesFrom({ startedAt, wholeAt }: Beginning) {
  return { since: startedAt, wholeAt } satisfies Since;
}

function earlier(instant: string): string {
  return new Date(Date.parse(instant) - OVERLAP_MS).toISOString();
}

function sinceIn(since: Json, now: string): Since {
  if (!isObject(since) || typeof since.since !== "string" || typeof since.wholeAt !== "string") {
    throw new CursorExpired("Where reading Pipedrive’s changes began is not known any more.");
  }
  if (Date.parse(now) - Date.parse(since.wholeAt) > WEEK_MS) {
    throw new CursorExpired("Pipedrive does not tell what was deleted, so everything is read once a week.");
  }
  return { since: since.since, wholeAt: since.wholeAt };
}

interface Asked {
  since: Since | null;
  cursor: string | null;
}

/** A cursor that was kept is refused only for being too old. */
async function pageAt(connection: Connection, reading: Reading, { since, cursor }: Asked): Promise<ListPage> {
  const query = {
    limit: String(PAGE_SIZE),
    ...(since ? { updated_since: since.since, sort_by: "update_time" } : { sort_by: "id" }),
    ...customQuery(reading.fields),
    ...(cursor ? { cursor } : {}),
  };
  try {
    return await listPage(connection, reading.streamId, query);
  } catch (error) {
    if (!(error instanceof WrongRequest)) throw error;
    if (cursor === null) throw new Trouble(error.message);
    throw new CursorExpired("Pipedrive has forgotten where the reading stood, so everything is read once more.");
  }
}

function customQuery(fields: readonly string[]): Record<string, string> {
  const named = customIn(fields);
  return named.length > 0 && named.length <= MOST_CUSTOM ? { custom_fields: named.join(",") } : {};
}
