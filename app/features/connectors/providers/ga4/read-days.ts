/**
 * Reads what was bought day by day. Of each day is said whether it can be trusted, before it is read to its end that it
 * cannot. Changes are not told: the last days, which Google still works on, are read again, and what such a day does not
 * bring any more is gone.
 */
import { type Connection, CursorExpired, type Json, type Page, type Reading } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { reporter, type Report, type RunReport } from "~/features/connectors/providers/ga4/data-api";
import {
  askDay,
  askFirstDay,
  doubtsOf,
  EARLIEST,
  factsOf,
  plainDate,
  type Property,
  propertyIn,
  type Question,
  recordsIn,
  reportedDay,
} from "~/features/connectors/providers/ga4/day-report";
import { vanished, type Seen } from "~/features/connectors/providers/ga4/vanished";

/** Where the reading is. Days are plain dates of the property's zone. */
interface Place {
  property: Property;
  /** The next question; null: every day was read. */
  ask: Question | null;
  /** What day it was when the reading began. */
  today: string;
  /** Of the day being read: currencies still to be asked for, what is doubtful, and how many rows its report has. */
  foreign: string[];
  doubts: string[];
  rowCount: number | null;
  /** Days without a doubt, where changes are read. */
  trusted: string[];
  hasDoubts: boolean;
}

/** Events come up to three days late, and are then still worked on. */
const DAYS_AGAIN = 4;
const DAY_MS = 24 * 60 * 60 * 1000;

const NOT_OVER = "The day was not over yet.";
const NOT_ENDED = "The day was not read to its end.";
const BROKE_OFF = "Google Analytics announced more transactions than it gave.";
const MOVED = "Transactions came in while the day was read.";

export async function* readDays(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const run = reporter(connection);
  const seen: Seen = new Map();
  let place = isObject(reading.after) ? (reading.after as unknown as Place) : await beginning(connection, reading, run);
  while (place.ask) {
    const { ask, property } = place;
    const report = await askDay(run, ask);
    checkProperty(report, property, ask.currency);
    const { records, foreign } = recordsIn(report, ask, property.currency, reading.fields);
    note(
      seen,
      ask,
      records.map(({ id }) => id),
    );
    const { next, reasons } = step({ ...place, ask }, report, { foreign, isChanges: reading.how.kind === "changes" });
    const days = [reportedDay(ask.day, reasons, factsOf(report, connection.now()))];
    yield { records, days, after: { ...next } as unknown as Json };
    place = next;
  }
  yield await lastPage(place, reading, { run, seen });
}

interface Step {
  next: Place;
  /** Why the day cannot be trusted, as far as it was read. */
  reasons: string[];
}

type Asking = Place & { ask: Question };

function step(at: Asking, report: Report, { foreign, isChanges }: { foreign: string[]; isChanges: boolean }): Step {
  const left = [...new Set([...at.foreign, ...foreign])].sort();
  const read = at.ask.offset + report.rows.length;
  const isMore = report.rows.length > 0 && read < report.rowCount;
  const doubts = [...new Set([...at.doubts, ...doubtsOf(report), ...pagingDoubts(at, report, isMore)])];
  const rest = { ...at, foreign: left, doubts };
  if (isMore)
    return { next: { ...rest, ask: { ...at.ask, offset: read }, rowCount: report.rowCount }, reasons: [NOT_ENDED] };
  const [currency, ...others] = left;
  if (currency !== undefined) {
    const ask = { day: at.ask.day, currency, offset: 0 };
    return { next: { ...rest, ask, foreign: others, rowCount: null }, reasons: [NOT_ENDED] };
  }
  return dayEnded(rest, isChanges);
}

function pagingDoubts({ ask, rowCount }: Asking, report: Report, isMore: boolean): string[] {
  const hasMoved = rowCount !== null && rowCount !== report.rowCount;
  const isShort = !isMore && ask.offset + report.rows.length < report.rowCount;
  return [...(hasMoved ? [MOVED] : []), ...(isShort ? [BROKE_OFF] : [])];
}

function dayEnded(at: Asking, isChanges: boolean): Step {
  const { ask, doubts, today } = at;
  const next = {
    ...at,
    ...{ ask: ask.day < today ? { day: dayAfter(ask.day, 1), currency: null, offset: 0 } : null },
    ...{ foreign: [], doubts: [], rowCount: null, hasDoubts: at.hasDoubts || doubts.length > 0 },
    trusted: isChanges && doubts.length === 0 ? [...at.trusted, ask.day] : at.trusted,
  };
  return { next, reasons: ask.day >= today ? [...doubts, NOT_OVER] : doubts };
}

/** What came of a day, where all of it came while this process ran. */
function note(seen: Seen, { day, currency, offset }: Question, ids: readonly string[]): void {
  if (currency === null && offset === 0) seen.set(day, new Set());
  const known = seen.get(day);
  for (const id of ids) known?.add(id);
}

async function beginning(connection: Connection, { how }: Reading, run: RunReport): Promise<Place> {
  const report = await askFirstDay(run);
  const property = propertyIn(report);
  const today = dayIn(property.zone, connection.now());
  const first =
    how.kind === "whole"
      ? (how.start ?? plainDate(report.rows[0]?.dimensions[0]) ?? today)
      : againFrom(how.since, property);
  const day = [first < EARLIEST ? EARLIEST : first, today].sort()[0]!;
  return {
    ...{ property, today, ask: { day, currency: null, offset: 0 } },
    ...{ foreign: [], doubts: [], rowCount: null, trusted: [], hasDoubts: false },
  };
}

function againFrom(since: Json, { zone, currency }: Property): string {
  if (!isObject(since) || typeof since.through !== "string") {
    throw new CursorExpired("Up to which day Google Analytics was read is not known any more.");
  }
  if (since.zone !== zone || since.currency !== currency) throw setOtherwise();
  return dayAfter(since.through, -DAYS_AGAIN);
}

/** Days would be others, and values would be in another currency. */
function checkProperty(report: Report, { zone, currency }: Property, asked: string | null): void {
  const { timeZone = zone, currencyCode = asked ?? currency } = report.metadata;
  if (timeZone !== zone || currencyCode !== (asked ?? currency)) throw setOtherwise();
}

function setOtherwise(): CursorExpired {
  return new CursorExpired("The property’s time zone or currency is another than before, so everything is read anew.");
}

async function lastPage(
  { property, today, trusted, hasDoubts }: Place,
  reading: Reading,
  { run, seen }: { run: RunReport; seen: Seen },
): Promise<Page> {
  const changesFrom = { through: today, zone: property.zone, currency: property.currency };
  if (reading.how.kind === "whole") {
    return { records: [], after: null, changesFrom, ...(hasDoubts ? {} : { isAll: true }) };
  }
  const gone = await vanished(reading, { trusted, seen, own: property.currency, run });
  return { records: gone.map((id) => ({ id, gone: "deleted" as const })), after: null, changesFrom };
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function dayIn(timeZone: string, instant: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const found = Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${found.year}-${found.month}-${found.day}`;
}
