/** From a row of a file, or the cells of a connector's record, to what analytics tracked. */
import { type MappedRow, type ReaderSettings, type Refusal, type RowReader } from "~/features/pipeline/subject";
import { type CanonicalRecord, type Facts } from "~/features/reconciliation/records/record-kind";
import { readDay, readTime, type ReadTime } from "~/features/reconciliation/records/read-time";
import { DAMAGED_ID, LOCAL_TIME } from "~/features/reconciliation/records/remarks";
import {
  amountOf,
  amountRefusals,
  cellOf,
  countOf,
  currencyOf,
  currencyRefusals,
  isDamaged,
  lengthRefusals,
  missing,
  refused,
  shortened,
  textOf,
} from "~/features/reconciliation/records/row-texts";
import { dateIn } from "~/platform/time";

/** More of one ID on one day is no shop's order. */
const MOST_EVENTS = 10_000;

/** Analytics reckons with doubles: more decimals than the currency has are rounded, and told. */
const rounds = true;

export function transactionReader(settings: ReaderSettings): RowReader<CanonicalRecord> {
  return {
    validate: (row) => refusalsOf(row, settings),
    normalise: (row) => transactionOf(row, settings),
    dateOf: (row, field) => (field === "day" || field === "at" ? dayOf(row, settings) : null),
  };
}

/** An empty ID is one, too: that something was tracked without is what people look for. */
function refusalsOf(row: MappedRow, settings: ReaderSettings): Refusal[] {
  return [
    ...timeRefusals(row, settings),
    ...currencyRefusals(row),
    ...(cellOf(row, "value") ? [] : [missing("no-value", "The row does not say what was tracked as its value.")]),
    ...amountRefusals(row, ["value"], { settings, rounds }),
    ...eventRefusals(row),
    ...lengthRefusals(row, ["transactionId", "property"]),
  ];
}

function timeOf(row: MappedRow, { timeZone = "UTC" }: ReaderSettings): ReadTime | null {
  const text = textOf(row, "at");
  const time = text === null ? null : readTime(text, timeZone);
  return time?.isDayOnly ? null : time;
}

/** A day of its own is the property's; that of an instant is the account's. */
function dayOf(row: MappedRow, settings: ReaderSettings): string | null {
  const said = readDay(textOf(row, "day") ?? "") ?? readDay(textOf(row, "at") ?? "");
  if (said !== null) return said;
  const time = timeOf(row, settings);
  return time && dateIn(settings.timeZone ?? "UTC", time.instant);
}

function timeRefusals(row: MappedRow, settings: ReaderSettings): Refusal[] {
  const [day, at] = [cellOf(row, "day"), cellOf(row, "at")];
  if (day === null && at === null) return [missing("no-time", "The row does not say on which day it was tracked.")];
  if (day !== null && readDay(day.text) === null) {
    const reason = `“${shortened(day.text)}” is no day that can be read in one way only. Write it like 2026-03-29 or 20260329.`;
    return [refused(day, "unreadable-time", reason)];
  }
  if (at === null || readDay(at.text) !== null || timeOf(row, settings)) return [];
  const reason = `“${shortened(at.text)}” is no time that can be read in one way only. Write it like 2026-03-29 14:05:00 +0200.`;
  return [refused(at, "unreadable-time", reason)];
}

function eventRefusals(row: MappedRow): Refusal[] {
  const cell = cellOf(row, "events");
  if (cell === null) return [];
  const count = countOf(cell.text);
  if (count !== null && count >= 1 && count <= MOST_EVENTS) return [];
  return [refused(cell, "not-a-count", `“${shortened(cell.text)}” is no number of events, from 1 to 10,000.`)];
}

function transactionOf(row: MappedRow, settings: ReaderSettings): CanonicalRecord {
  const id = textOf(row, "transactionId") ?? "";
  const time = timeOf(row, settings);
  const [day, currency] = [dayOf(row, settings), currencyOf(row)];
  const at: Facts = time ? { at: time.instant } : {};
  return {
    name: [time ? time.instant : day, id, currency].join(" "),
    shop: textOf(row, "property"),
    facts: { transaction_id: id, day, ...at, currency, ...valueOf(row, settings), event_count: eventsOf(row) },
    isFurtherLine: false,
    remarks: remarksOf(id, time),
  };
}

/** A connector says of itself that it has rounded. */
function valueOf(row: MappedRow, settings: ReaderSettings): Facts {
  const value = amountOf(row, "value", { settings, rounds });
  if (!value?.ok) return { value_minor: null, is_rounded: 0 };
  return { value_minor: String(value.minor), is_rounded: Number(value.isRounded || isYes(textOf(row, "rounded"))) };
}

function eventsOf(row: MappedRow): number {
  const text = textOf(row, "events");
  return (text === null ? null : countOf(text)) ?? 1;
}

function remarksOf(id: string, time: ReadTime | null): string[] {
  return [...(isDamaged(id) ? [DAMAGED_ID] : []), ...(time?.isLocal ? [LOCAL_TIME] : [])];
}

function isYes(text: string | null): boolean {
  return /^(yes|true|1|y)$/i.test(text ?? "");
}
