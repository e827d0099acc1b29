/** A page of what was bought on one day, by transaction, each in the currency it was tracked in. */
import { type JsonObject, OutOfOrder, type SourceRecord } from "~/features/connectors/connector";
import { type Report, type RunReport } from "~/features/connectors/providers/ga4/data-api";

/** Google takes 250,000; ours are no larger than any answer may be. */
const PAGE_SIZE = 10_000;

/** What is asked of a day. */
export interface Question {
  day: string;
  /** Null: all, of which those in the property's own currency count; else those in this one, told in it. */
  currency: string | null;
  offset: number;
}

const exactly = (fieldName: string, value: string) => ({
  filter: { fieldName, stringFilter: { matchType: "EXACT", value } },
});
const bought = exactly("eventName", "purchase");

export function askDay(run: RunReport, { day, currency, offset }: Question): Promise<Report> {
  return run({
    dateRanges: [{ startDate: day, endDate: day }],
    dimensions: [{ name: "transactionId" }, { name: "currencyCode" }],
    metrics: [{ name: "eventCount" }, { name: "purchaseRevenue" }],
    // Refunds are events with the same id: the value is to be what was bought.
    dimensionFilter:
      currency === null ? bought : { andGroup: { expressions: [bought, exactly("currencyCode", currency)] } },
    ...(currency === null ? {} : { currencyCode: currency }),
    orderBys: ["transactionId", "currencyCode"].map((dimensionName) => ({ dimension: { dimensionName } })),
    ...{ limit: String(PAGE_SIZE), offset: String(offset) },
  });
}

/** The first day on which something was bought, and what the property is set to. */
export function askFirstDay(run: RunReport): Promise<Report> {
  return run({
    dateRanges: [{ startDate: EARLIEST, endDate: "today" }],
    dimensions: [{ name: "date" }],
    // Revenue, too: whether it may be seen is told at once.
    metrics: [{ name: "eventCount" }, { name: "purchaseRevenue" }],
    dimensionFilter: bought,
    orderBys: [{ dimension: { dimensionName: "date" } }],
    limit: "1",
  });
}

/** There are no reports of days before. */
export const EARLIEST = "2015-08-14";

interface DayRows {
  records: SourceRecord[];
  /** Currencies that are to be asked for themselves. */
  foreign: string[];
}

const unknownCurrency: ReadonlySet<string> = new Set(["", "(not set)", "(other)"]);

export function recordsIn(
  { rows }: Report,
  { day, currency }: Question,
  own: string,
  fields: readonly string[],
): DayRows {
  const records: SourceRecord[] = [];
  const foreign = new Set<string>();
  for (const { dimensions, metrics } of rows) {
    const [transactionId = "", tracked = ""] = dimensions;
    const isOwn = tracked === own || unknownCurrency.has(tracked);
    if (currency === null && !isOwn) foreign.add(tracked);
    else records.push(recordOf({ transactionId, tracked, day, metrics, currency: currency ?? own }, fields));
  }
  return { records, foreign: [...foreign].sort() };
}

interface Row {
  transactionId: string;
  tracked: string;
  day: string;
  currency: string;
  metrics: readonly string[];
}

/** A day's own id for a transaction: the same one may come on two days, and in two currencies. */
function recordOf({ transactionId, tracked, day, currency, metrics }: Row, fields: readonly string[]): SourceRecord {
  const [eventCount = "", value = ""] = metrics;
  const all: JsonObject = { transactionId, day, revenue: { value, currency }, eventCount };
  const payload = Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)));
  return { id: `${day} ${tracked} ${transactionId}`, payload, changedAt: null };
}

export const dayOfId = (id: string) => id.slice(0, 10);

/** Why a day may not be all there was. Kept by these names, told in words. */
export type Doubt = "lumped" | "held-back" | "sample" | "broke-off" | "moved" | "not-over";

/** By what Google says of the report itself. */
export function doubtsOf({ metadata, rows }: Report): Doubt[] {
  const { dataLossFromOtherRow: isLumped, subjectToThresholding: isHidden, samplingMetadatas: samples } = metadata;
  const hasOther = rows.some(({ dimensions }) => dimensions.includes("(other)"));
  return [
    ...(isLumped === true || hasOther ? ["lumped" as const] : []),
    ...(isHidden === true ? ["held-back" as const] : []),
    ...(Array.isArray(samples) && samples.length > 0 ? ["sample" as const] : []),
  ];
}

export interface Property {
  zone: string;
  currency: string;
}

export function propertyIn({ metadata }: Report): Property {
  const { timeZone: zone, currencyCode: currency } = metadata;
  if (typeof zone === "string" && zone !== "" && typeof currency === "string") return { zone, currency };
  throw new OutOfOrder("Google Analytics does not say which time zone and currency the property has.");
}
