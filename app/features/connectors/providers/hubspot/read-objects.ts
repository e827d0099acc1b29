/**
 * Reads contacts or companies: everything by their list, or what has changed since by searching. A search finds no more
 * than ten thousand, and what was just written a little later; so it is asked anew behind each page, by the time of the
 * last change and, where more changed in one instant than a page holds, by the ids within it.
 */
import { createHash } from "node:crypto";
import {
  type Connection,
  CursorExpired,
  type Json,
  type Page,
  type Reading,
  type SourceRecord,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { type HubSpotApi, hubspotApi } from "~/features/connectors/providers/hubspot/hubspot-api";
import { kindOf } from "~/features/connectors/providers/hubspot/kinds";
import { archivedStep, listStep } from "~/features/connectors/providers/hubspot/list-steps";
import { searchStep, tieStep } from "~/features/connectors/providers/hubspot/search-steps";
import { type Choice } from "~/features/connectors/providers/hubspot/object-records";

/** What comes next of a reading. Times are milliseconds since 1970, by HubSpot's clock. */
export type Place =
  | { phase: "list"; after: string | null }
  /** From this time on, without those that were read before. */
  | { phase: "search"; from: number; seen: readonly string[] }
  /** Of what changed in this very instant: behind this id, without those that were read before. */
  | { phase: "tie"; at: number; behind: string; seen: readonly string[] }
  /** Deleted ones, which no search finds. */
  | { phase: "archived"; after: string | null };

export interface Step {
  records: SourceRecord[];
  /** All that the page had, also what is left out. */
  ids: string[];
  /** Null: this phase is through. */
  next: Place | null;
}

/** A reading and how far it has come. */
interface Progress {
  place: Place;
  /** When it began; null: nothing has been answered yet. */
  startedAt: number | null;
}

interface ChangesFrom {
  from: number;
  /** Of what was chosen. */
  choice: string;
}

const MINUTE_MS = 60 * 1000;
/** So much of the time before is read again: a search finds late what was just written. */
const OVERLAP_MS = 15 * MINUTE_MS;
/** Deleted ones are listed for ninety days: an older cursor might miss some. */
const OLDEST_MS = 60 * 24 * 60 * MINUTE_MS;

export async function* readObjects(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const api = await hubspotApi(connection);
  const choice: Choice = { kind: kindOf(reading.streamId), fields: reading.fields };
  const since = sinceOf(connection, reading);
  let progress = startOf(reading, since);
  const watch = turningPages("HubSpot");
  for (;;) {
    const { records, ids, next } = await stepAt(api, choice, progress.place, since);
    const startedAt = progress.startedAt ?? api.answeredAt();
    const place = next ?? phaseAfter(progress.place, reading);
    watch.page(ids);
    if (place === null) {
      const changesFrom: ChangesFrom = { from: startedAt - OVERLAP_MS, choice: choiceOf(reading) };
      yield { records, after: null, changesFrom: { ...changesFrom } };
      return;
    }
    watch.toNext(JSON.stringify(place));
    progress = { place, startedAt };
    yield { records, after: { ...progress } };
  }
}

function startOf({ how, after }: Reading, since: number): Progress {
  if (isObject(after)) return after as unknown as Progress;
  const isSearched = how.kind === "changes" || how.start !== null;
  const place: Place = isSearched ? { phase: "search", from: since, seen: [] } : { phase: "list", after: null };
  return { place, startedAt: null };
}

/** Where searching begins; 0 where everything is read. */
function sinceOf(connection: Connection, reading: Reading): number {
  const { how } = reading;
  if (how.kind === "whole") return how.start === null ? 0 : Date.parse(how.start);
  const { from, choice } = readChangesFrom(how.since);
  if (choice !== choiceOf(reading)) {
    throw new CursorExpired("Other fields are read than before, so everything is read once more from HubSpot.");
  }
  if (Date.parse(connection.now()) - from > OLDEST_MS) {
    throw new CursorExpired("HubSpot was last read so long ago that it may have forgotten what was deleted since.");
  }
  return from;
}

function readChangesFrom(since: Json): ChangesFrom {
  if (isObject(since) && typeof since.from === "number" && typeof since.choice === "string") {
    return { from: since.from, choice: since.choice };
  }
  throw new CursorExpired("Where reading HubSpot’s changes began is not known any more.");
}

/** Short, however many properties there are. */
function choiceOf({ fields }: Reading): string {
  return createHash("sha256")
    .update([...fields].sort().join("\n"))
    .digest("base64url")
    .slice(0, 16);
}

function stepAt(api: HubSpotApi, choice: Choice, place: Place, since: number): Promise<Step> {
  switch (place.phase) {
    case "list":
      return listStep(api, choice, place);
    case "search":
      return searchStep(api, choice, place);
    case "tie":
      return tieStep(api, choice, place);
    case "archived":
      return archivedStep(api, choice, { ...place, since });
  }
}

/** What was deleted does not come up in a search; reading everything tells it by leaving it out. */
function phaseAfter({ phase }: Place, { how }: Reading): Place | null {
  return phase === "search" && how.kind === "changes" ? { phase: "archived", after: null } : null;
}
