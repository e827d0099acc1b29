/** One page of each phase of a reading, and what comes behind it. */
import { OutOfOrder, type SourceRecord, Trouble } from "~/features/connectors/connector";
import { type DeletedFeed } from "~/features/connectors/providers/salesforce/deleted-steps";
import { IS_PERSON, type Kind } from "~/features/connectors/providers/salesforce/kinds";
import {
  bookkeepingOf,
  convertedRecord,
  goneRecord,
  instantOf,
  recordOf,
} from "~/features/connectors/providers/salesforce/object-records";
import { type Place, type PlaceOf, type Step } from "~/features/connectors/providers/salesforce/places";
import { QueryTimeout } from "~/features/connectors/providers/salesforce/refusals";
import { type Row, type SalesforceApi } from "~/features/connectors/providers/salesforce/salesforce-api";
import {
  behindId,
  countOf,
  instant,
  isName,
  isTooLong,
  PAGE_SIZE,
  pageSizeFor,
  type Question,
  soqlOf,
} from "~/features/connectors/providers/salesforce/soql";

export interface Asking {
  api: SalesforceApi;
  kind: Kind;
  fields: readonly string[];
  feed: DeletedFeed;
}

interface Found {
  rows: Row[];
  isLast: boolean;
}

const pageSizeOf = ({ kind, fields }: Asking) => pageSizeFor([...bookkeepingOf(kind), ...fields]);

/** With all that was chosen. */
async function found({ api, kind, fields }: Asking, question: Pick<Required<Question>, "where" | "orderBy" | "limit">) {
  const chosen = [...new Set([...bookkeepingOf(kind), ...fields.filter(isName)])];
  const isLong = isTooLong(chosen);
  // What belongs to another record is only to be had by asking for it in a query.
  const asked = isLong ? [...bookkeepingOf(kind), ...chosen.filter((field) => field.includes("."))] : chosen;
  const { rows, isLast } = await api.query(soqlOf({ ...question, type: kind.type, fields: asked }));
  const page: Found = { rows, isLast: isLast && rows.length < question.limit };
  if (!isLong || rows.length === 0) return { ...page, last: rows.at(-1) };
  return { ...page, rows: await withFields(api, kind, { rows, fields: chosen }), last: rows.at(-1) };
}

/** More fields than an address can name are asked for in a second request. Who was deleted in between is left out. */
async function withFields(
  api: SalesforceApi,
  { type }: Kind,
  { rows, fields }: { rows: readonly Row[]; fields: readonly string[] },
): Promise<Row[]> {
  const own = fields.filter((field) => !field.includes("."));
  const ids = rows.map(({ Id }) => Id);
  const further = new Map((await api.retrieve(type, ids, own)).flatMap((row) => (row ? [[row.Id, row] as const] : [])));
  return rows.flatMap((row) => {
    const more = further.get(row.Id);
    return more ? [{ ...row, ...more }] : [];
  });
}

const notConverted = ({ type }: Kind) => (type === "Lead" ? ["IsConverted = false"] : []);

const SMALLEST_PAGE = 50;

/** All there are, in the order of their ids. What takes Salesforce too long is asked for in smaller pages. */
export async function listStep(asking: Asking, place: PlaceOf<"list">): Promise<Step> {
  const { kind, fields } = asking;
  const { behind, size = pageSizeOf(asking) } = place;
  const where = [...notConverted(kind), ...behindId(behind)];
  try {
    const { rows, isLast, last } = await found(asking, { where, orderBy: "Id", limit: size });
    const records = rows.map((row) => recordOf(row, kind, fields));
    const next = isLast || !last ? null : { ...place, behind: last.Id };
    return { records, ids: rows.map(({ Id }) => Id), next };
  } catch (error) {
    if (!(error instanceof QueryTimeout) || size <= SMALLEST_PAGE) throw error;
    return listStep(asking, { ...place, size: Math.max(SMALLEST_PAGE, Math.floor(size / 4)) });
  }
}

/** How many there are, where all are read, and if it does not take Salesforce too long to say. */
export async function countAt({ api, kind, fields }: Asking, { phase }: Place): Promise<{ count?: number }> {
  if (phase !== "list") return {};
  const businesses = kind.type === "Account" && fields.includes(IS_PERSON) ? [`${IS_PERSON} = false`] : [];
  try {
    return { count: (await api.query(countOf(kind.type, [...notConverted(kind), ...businesses]))).total };
  } catch (error) {
    if (error instanceof QueryTimeout) return {};
    throw error;
  }
}

/** By when it last changed, in whole seconds, as literals have no smaller ones. */
function secondOf({ SystemModstamp }: Row): number {
  const time = Date.parse(instantOf(SystemModstamp) ?? "");
  if (Number.isNaN(time)) throw new OutOfOrder("Salesforce sent a record that does not say when it changed.");
  return Math.floor(time / 1000);
}

const SMALLEST_SPAN = 60;

/**
 * What changed from a second on. Only seconds that are whole in the page are taken, and the next page begins with the one
 * that is not; where a single second is more than a page, its records are told apart by their ids.
 */
export async function timeStep(asking: Asking, place: PlaceOf<"time">): Promise<Step> {
  try {
    return await timePage(asking, place);
  } catch (error) {
    if (!(error instanceof QueryTimeout)) throw error;
    return timeStep(asking, { ...place, span: smaller(place, asking.api, error) });
  }
}

async function timePage(asking: Asking, { from, span }: PlaceOf<"time">): Promise<Step> {
  const { kind, fields, api } = asking;
  const until = span === null ? null : from + span;
  const before = until === null ? [] : [`SystemModstamp < ${instant(until)}`];
  const where = [`SystemModstamp >= ${instant(from)}`, ...before];
  const { rows, isLast, last } = await found(asking, {
    where,
    orderBy: "SystemModstamp, Id",
    limit: pageSizeOf(asking),
  });
  if (rows.some((row) => secondOf(row) < from)) throw beside();
  const cut = last && !isLast ? secondOf(last) : null;
  if (cut === from) return { records: [], ids: [], next: { phase: "tie", at: from, behind: "", span } };
  const whole = cut === null ? rows : rows.filter((row) => secondOf(row) < cut);
  const next: Place | null = cut === null ? windowBehind(until, span, api) : { phase: "time", from: cut, span };
  return { records: whole.map((row) => recordOf(row, kind, fields)), ids: whole.map(({ Id }) => Id), next };
}

function windowBehind(until: number | null, span: number | null, api: SalesforceApi): Place | null {
  return until === null || until * 1000 > api.answeredAt() ? null : { phase: "time", from: until, span };
}

/** Half of what took Salesforce too long. @throws QueryTimeout where that is too small to be the reason */
function smaller({ from, span }: PlaceOf<"time">, api: SalesforceApi, error: QueryTimeout): number {
  const before = span ?? Math.ceil(api.answeredAt() / 1000) - from;
  if (before <= SMALLEST_SPAN) throw error;
  return Math.max(SMALLEST_SPAN, Math.ceil(before / 2));
}

function beside(): Trouble {
  return new Trouble(
    "Salesforce gives other records than it was asked for, so that reading them would never end. Nothing was deleted. Try again later; if it stays so, tell Salesforce.",
  );
}

/** What changed in one second, in the order of ids. */
export async function tieStep(asking: Asking, place: PlaceOf<"tie">): Promise<Step> {
  const { kind, fields } = asking;
  const { at, behind, span } = place;
  const where = [`SystemModstamp >= ${instant(at)}`, `SystemModstamp < ${instant(at + 1)}`, ...behindId(behind)];
  const { rows, isLast, last } = await found(asking, { where, orderBy: "Id", limit: pageSizeOf(asking) });
  if (rows.some((row) => secondOf(row) !== at)) throw beside();
  const page = { records: rows.map((row) => recordOf(row, kind, fields)), ids: rows.map(({ Id }) => Id) };
  return { ...page, next: isLast || !last ? { phase: "time", from: at + 1, span } : { ...place, behind: last.Id } };
}

/** Losers of merges, as long as they are in the recycle bin. */
export function mergedStep(asking: Asking, place: PlaceOf<"merged">): Promise<Step> {
  const where = ["IsDeleted = true", "MasterRecordId != null"];
  const record = (row: Row) => goneRecord(row.Id, row.MasterRecordId);
  return goneStep(asking, place, { where, field: "MasterRecordId", all: true, record });
}

export function convertedStep(asking: Asking, place: PlaceOf<"converted">): Promise<Step> {
  const where = ["IsConverted = true"];
  return goneStep(asking, place, { where, field: "ConvertedContactId", all: false, record: convertedRecord });
}

interface GoneQuestion {
  where: string[];
  field: string;
  all: boolean;
  record(row: Row): SourceRecord;
}

async function goneStep(
  { api, kind }: Asking,
  place: PlaceOf<"merged" | "converted">,
  { where, field, all, record }: GoneQuestion,
): Promise<Step> {
  const question = { type: kind.type, fields: ["Id", field], orderBy: "Id", limit: PAGE_SIZE };
  const soql = soqlOf({ ...question, where: [...where, ...behindId(place.behind)] });
  const { rows, isLast } = await api.query(soql, { all });
  const last = rows.at(-1);
  const next = !last || (isLast && rows.length < PAGE_SIZE) ? null : { ...place, behind: last.Id };
  return { records: rows.map(record), ids: rows.map(({ Id }) => Id), next };
}
