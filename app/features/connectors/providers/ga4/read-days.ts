/**
 * Reads what was bought day by day, and keeps of each day whether it may be all there was. Changes are not told: the last
 * days, which Google still works on, are read again, and what such a day does not bring any more is gone. Where the
 * quota is used up the reading breaks off, and the days it has not come to stay unread: never empty.
 */
import {
  type Connection,
  CursorExpired,
  type Json,
  type JsonObject,
  OutOfOrder,
  type Page,
  type Reading,
  type SourceRecord,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { reporter, type Report, type RunReport } from "~/features/connectors/providers/ga4/data-api";
import {
  askDay,
  askFirstDay,
  type Doubt,
  doubtsOf,
  EARLIEST,
  type Property,
  propertyIn,
  type Question,
  recordsIn,
} from "~/features/connectors/providers/ga4/day-report";
import { type Since, sinceIn } from "~/features/connectors/providers/ga4/days-read";
import { dayAfter, dayIn, plainDate } from "~/features/connectors/providers/ga4/plain-days";
import { type Seen, vanished } from "~/features/connectors/providers/ga4/vanished";

/** Where the reading is. Days are plain dates of the property's zone. */
interface Place {
  property: Property;
  /** The next question; null: every day was read. */
  ask: Question | null;
  /** The first day that was ever read, and what day it was when this reading began. */
  from: string;
  today: string;
  /** Of the day being read: currencies still to be asked for, and what is doubtful. */
  foreign: readonly string[];
  own: readonly Doubt[];
  /** Of its report, where pages of that were read: how many rows it has, and what the last page began with. */
  rowCount: number | null;
  pageBegan: string | null;
  /** Of all days that were read, also before. */
  doubts: Readonly<Record<string, readonly Doubt[]>>;
  /** Where days are read again: those that are all there was, as far as Google says. */
  trusted: readonly string[] | null;
  quota: JsonObject;
}

type Asking = Place & { ask: Question };

/** Events come up to three days late, and are then still worked on. */
const DAYS_AGAIN = 4;

export async function* readDays(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const run = reporter(connection);
  const seen: Seen = new Map();
  let place = isObject(reading.after) ? (reading.after as unknown as Place) : await beginning(connection, reading, run);
  for (let { ask } = place; ask; ask = place.ask) {
    const report = await askDay(run, ask);
    checkProperty(report, place.property, ask.currency);
    checkTurned(report, place);
    const { records, foreign } = recordsIn(report, ask, place.property.currency, reading.fields);
    note(seen, ask, records);
    place = placeBehind({ ...place, ask }, report, foreign);
    yield { records, after: place as unknown as Json };
  }
  yield await lastPage(place, reading, { run, seen });
}

function placeBehind(at: Asking, report: Report, foreign: readonly string[]): Place {
  const left = [...new Set([...at.foreign, ...foreign])].sort();
  const read = at.ask.offset + report.rows.length;
  const isMore = report.rows.length > 0 && read < report.rowCount;
  const own = [...new Set([...at.own, ...doubtsOf(report), ...pagingDoubts(at, report, isMore)])];
  const rest = { ...at, own, quota: report.quota };
  if (isMore) {
    const ask = { ...at.ask, offset: read };
    return { ...rest, ask, foreign: left, rowCount: report.rowCount, pageBegan: beginningOf(report) };
  }
  const [currency, ...others] = left;
  if (currency === undefined) return dayBehind(rest);
  const ask = { day: at.ask.day, currency, offset: 0 };
  return { ...rest, ask, foreign: others, rowCount: null, pageBegan: null };
}

function pagingDoubts({ ask, rowCount }: Asking, report: Report, isMore: boolean): Doubt[] {
  const hasMoved = rowCount !== null && rowCount !== report.rowCount;
  const isShort = !isMore && ask.offset + report.rows.length < report.rowCount;
  return [...(hasMoved ? ["moved" as const] : []), ...(isShort ? ["broke-off" as const] : [])];
}

function dayBehind(at: Asking): Place {
  const { day } = at.ask;
  const isOver = day < at.today;
  const { [day]: _before, ...others } = at.doubts;
  const doubts: readonly Doubt[] = isOver ? at.own : [...at.own, "not-over"];
  return {
    ...at,
    ...{ ask: isOver ? { day: dayAfter(day, 1), currency: null, offset: 0 } : null },
    ...{ foreign: [], own: [], rowCount: null, pageBegan: null },
    doubts: doubts.length > 0 ? { ...others, [day]: doubts } : others,
    trusted: at.trusted && at.own.length === 0 ? [...at.trusted, day] : at.trusted,
  };
}

/** What came of a day, where all of it came while this process ran. */
function note(seen: Seen, { day, currency, offset }: Question, records: readonly SourceRecord[]): void {
  if (currency === null && offset === 0) seen.set(day, new Set());
  const known = seen.get(day);
  for (const { id } of records) known?.add(id);
}

async function beginning(connection: Connection, { how }: Reading, run: RunReport): Promise<Place> {
  const report = await askFirstDay(run);
  const property = propertyIn(report);
  const today = dayIn(property.zone, connection.now());
  const where = how.kind === "changes" ? daysAgain(sinceOf(how.since, property), today) : allDays(how, report, today);
  return { property, today, foreign: [], rowCount: null, pageBegan: null, quota: report.quota, ...where };
}

type Where = Pick<Place, "ask" | "from" | "own" | "doubts" | "trusted">;

function daysAgain({ through, from, doubts }: Since, today: string): Where {
  const day = within(dayAfter(through, -DAYS_AGAIN), today);
  const ask = { day, currency: null, offset: 0 };
  return { ask, from: from < day ? from : day, own: [], doubts, trusted: [] };
}

function allDays({ start }: { start: string | null }, report: Report, today: string): Where {
  const day = within(start ?? firstDayIn(report) ?? today, today);
  // Where days were held back, the first that was told is not surely the first.
  const own = start === null ? doubtsOf(report) : [];
  return { ask: { day, currency: null, offset: 0 }, from: day, own, doubts: {}, trusted: null };
}

/** Null: nothing was ever bought. */
function firstDayIn({ rows: [first] }: Report): string | null {
  const day = plainDate(first?.dimensions[0]);
  if (first && day === null) throw new OutOfOrder("Google Analytics does not say when something was first bought.");
  return day;
}

function within(day: string, today: string): string {
  if (day < EARLIEST) return EARLIEST;
  return day > today ? today : day;
}

function sinceOf(kept: Json, { zone, currency }: Property): Since {
  const since = sinceIn(kept);
  if (!since) throw new CursorExpired("Up to which day Google Analytics was read is not known any more.");
  if (since.zone !== zone || since.currency !== currency) throw setOtherwise();
  return since;
}

/** Else days would be others, and values would be in another currency. */
function checkProperty({ metadata }: Report, { zone, currency }: Property, asked: string | null): void {
  const wanted = asked ?? currency;
  const { timeZone = zone, currencyCode = wanted } = metadata;
  if (timeZone !== zone || currencyCode !== wanted) throw setOtherwise();
}

/** A page that comes twice has as many rows as the one that is missing then. */
function checkTurned(report: Report, { pageBegan }: Place): void {
  if (pageBegan === null || pageBegan !== beginningOf(report)) return;
  throw new OutOfOrder("Google Analytics gave the same page of a day twice. It is tried again by itself.");
}

function beginningOf({ rows }: Report): string | null {
  return rows[0]?.dimensions.join(" ") ?? null;
}

function setOtherwise(): CursorExpired {
  return new CursorExpired("The property’s time zone or currency was changed, so everything is read anew.");
}

async function lastPage(place: Place, reading: Reading, { run, seen }: { run: RunReport; seen: Seen }): Promise<Page> {
  const { property, from, today, doubts, quota, trusted } = place;
  const changesFrom = { ...property, from, through: today, doubts, quota } as unknown as JsonObject;
  if (trusted === null) {
    // Of what a day holds back nobody knows whether it is gone.
    const isAll = Object.values(doubts).every((some) => some.every((doubt) => doubt === "not-over"));
    return { records: [], after: null, changesFrom, ...(isAll ? { isAll } : {}) };
  }
  const gone = await vanished(reading, { trusted, seen, own: property.currency, run });
  return { records: gone.map((id) => ({ id, gone: "deleted" as const })), after: null, changesFrom };
}
