/** Answers questions in Salesforce's query language, page by page. */
import { type Asked, type PageTrouble, type Reply } from "../frame/stand-in";
import { noSuchField, noSuchObject, refusal, tooLong, tookTooLong } from "./errors";
import { instantText } from "./ids";
import { type Organisation, type SalesforceObject } from "./objects";
import { bounds, fits, Malformed, namesIn, type Question, readSoql } from "./soql";

/** Salesforce has 16,384; Node’s own server takes no more than that with all headers. */
const LONGEST_ADDRESS = 15_000;
const MOST_PER_PAGE = 2_000;
/** Of more fields than these, fewer records fit into an answer. */
const MANY_FIELDS = 100;

type Row = Readonly<Record<string, unknown>>;

export interface Querying {
  organisation: Organisation;
  name: string;
  /** Fields that whoever agreed may not see, as "Contact.Birthdate". */
  hidden: ReadonlySet<string>;
  /** A question about a longer time than this takes too long. */
  patienceMs: number;
  clock(): Date;
  /** What was found and not given out yet, by its locator. */
  open: Map<string, { rows: object[]; size: number }>;
  /** The last answer, for when the next is to be the same. */
  last: object | null;
}

export function query(
  querying: Querying,
  asked: Asked,
  { all, trouble }: { all: boolean; trouble: PageTrouble },
): Reply {
  if (asked.path.length + encodeURI(asked.query.get("q") ?? "").length > LONGEST_ADDRESS) return tooLong();
  if (querying.last && trouble.takes("repeated-page")) return { status: 200, body: querying.last };
  const soql = asked.query.get("q") ?? "";
  try {
    const reply = answer(querying, soql, { all, size: sizeOf(asked) });
    if (reply.status !== 200) return reply;
    querying.last = trouble.takes("duplicate-page") ? doubled(reply.body as Found) : (reply.body as object);
    return { status: 200, body: querying.last };
  } catch (error) {
    if (error instanceof Malformed) return refusal(400, "MALFORMED_QUERY", error.message);
    throw error;
  }
}

interface Found {
  totalSize: number;
  done: boolean;
  records: object[];
  nextRecordsUrl?: string;
}

const doubled = (found: Found): Found => ({ ...found, records: [...found.records, ...found.records] });

function sizeOf({ headers }: Asked): number {
  const [, size] = /batchSize=(\d+)/i.exec(String(headers["sforce-query-options"] ?? "")) ?? [];
  return Math.min(MOST_PER_PAGE, Math.max(200, Number(size ?? MOST_PER_PAGE)));
}

function answer(querying: Querying, soql: string, { all, size }: { all: boolean; size: number }): Reply {
  const question = readSoql(soql);
  if (question.object === "Organization") return { status: 200, body: organizationPage(querying) };
  const object = Object.values(querying.organisation.objects).find(({ name }) => name === question.object);
  if (!object) return noSuchObject(question.object);
  const wrong = [...(question.fields ?? []), ...namesIn(question.where)].find(
    (field) => !isSeen(querying, object, field),
  );
  if (wrong) return noSuchField(soql, wrong, object.name);
  if (isTooMuch(querying, question)) return tookTooLong();
  const rows = rowsOf(object, question, all);
  const { fields } = question;
  if (!fields) return { status: 200, body: { totalSize: rows.length, done: true, records: [] } };
  const shown = rows.map((row) => shownAs(object, row, fields));
  return { status: 200, body: page(querying, shown, fields.length > MANY_FIELDS ? Math.min(size, 500) : size) };
}

function organizationPage({ name }: Querying): Found {
  const attributes = { type: "Organization", url: "/services/data/v62.0/sobjects/Organization/00D4S000000oz4eUAA" };
  return { totalSize: 1, done: true, records: [{ attributes, Id: "00D4S000000oz4eUAA", Name: name }] };
}

function isSeen({ hidden }: Querying, { name, fields }: SalesforceObject, field: string): boolean {
  if (name === "Contact" && field === "Account.Name") return true;
  return fields.some((each) => each.name === field) && !hidden.has(`${name}.${field}`);
}

function isTooMuch({ patienceMs, clock }: Querying, { where }: Question): boolean {
  const asked = bounds(where, "SystemModstamp");
  const from = asked.find(({ operator }) => operator === ">=")?.values[0];
  const until = asked.find(({ operator }) => operator === "<")?.values[0] ?? clock().getTime();
  return typeof from === "number" && Number(until) - from > patienceMs;
}

/** No more of them are looked at than the question needs. */
function rowsOf(object: SalesforceObject, question: Question, all: boolean): Row[] {
  const rows: Row[] = [];
  const most = question.limit ?? Infinity;
  for (const key of candidates(object, question)) {
    if (rows.length >= most) break;
    const row = object.row(key);
    if (row && fits(question.where, row)) rows.push(row);
  }
  if (!all) return rows;
  const deleted: Row[] = object.deleted().flatMap(({ key }): Row[] => [object.row(key) ?? {}]);
  return [...rows, ...deleted.filter((row) => fits(question.where, row))].sort(byId).slice(0, most);
}

const byId = (one: Row, other: Row) => (String(one.Id) < String(other.Id) ? -1 : 1);

function candidates(object: SalesforceObject, { where, orderBy }: Question): Iterable<number> {
  const from = bounds(where, "SystemModstamp").find(({ operator }) => operator === ">=")?.values[0];
  if (orderBy[0] === "SystemModstamp") return object.keysSince(Number(from ?? 0));
  const named = bounds(where, "Id").find(({ operator }) => operator === "IN");
  if (named) return named.values.flatMap((id) => object.keyOf(String(id)) ?? []);
  const behind = bounds(where, "Id").find(({ operator }) => operator === ">")?.values[0];
  return object.keys(object.keyOf(String(behind ?? "")) ?? 0);
}

export function shownAs({ name }: SalesforceObject, row: Row, fields: readonly string[]): object {
  const attributes = { type: name, url: `/services/data/v62.0/sobjects/${name}/${String(row.Id)}` };
  const shown: Record<string, unknown> = { attributes };
  for (const field of fields) {
    const [first = ""] = field.split(".");
    shown[first] = row[first] ?? null;
  }
  return shown;
}

function page(querying: Querying, rows: object[], size: number): Found {
  if (rows.length <= size) return { totalSize: rows.length, done: true, records: rows };
  const locator = `01g4S00000${String(querying.open.size).padStart(5, "0")}QAA`;
  querying.open.set(locator, { rows, size });
  return { ...nextPage(querying, `${locator}-0`) } as Found;
}

/** What comes behind a place in what was found; null: nobody knows that any more. */
export function nextPage({ open }: Querying, place: string): Found | null {
  const [locator = "", offset = "0"] = place.split("-");
  const found = open.get(locator);
  if (!found) return null;
  const end = Number(offset) + found.size;
  const records = found.rows.slice(Number(offset), end);
  const totalSize = found.rows.length;
  if (end >= totalSize) return { totalSize, done: true, records };
  return { totalSize, done: false, nextRecordsUrl: `/services/data/v62.0/query/${locator}-${end}`, records };
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const minuteOf = (text: string | null) => Math.floor(Date.parse(text ?? "") / MINUTE_MS) * MINUTE_MS;

/** Ids of what was deleted from a minute on until another, which is told for fifteen days. */
export function deletedIn(
  object: SalesforceObject,
  { query }: Asked,
  { clock }: Querying,
  isForgotten: boolean,
): Reply {
  const [start, end] = [minuteOf(query.get("start")), minuteOf(query.get("end"))];
  const now = clock().getTime();
  if (Number.isNaN(start + end) || end - start < MINUTE_MS) {
    return refusal(400, "INVALID_REPLICATION_DATE", "startDate must be at least one minute before endDate");
  }
  if (start < now - 30 * DAY_MS) {
    return refusal(400, "INVALID_REPLICATION_DATE", "startDate cannot be more than 30 days ago");
  }
  const deleted = object.deleted().filter(({ at }) => at >= start && at < end);
  return {
    status: 200,
    body: {
      deletedRecords: deleted.map(({ key, at }) => ({ id: object.idOf(key), deletedDate: instantText(at) })),
      earliestDateAvailable: instantText(isForgotten ? now : now - 15 * DAY_MS),
      latestDateCovered: instantText(end),
    },
  };
}
