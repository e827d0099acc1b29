/** Which findings of a run are looked at, and in which order: as the address of a list says it. */
import { orderBuckets, rowBuckets } from "~/features/reconciliation/compare/outcomes";
import { isCurrency } from "~/platform/money";
import { isDate } from "~/platform/time";

export const findingSorts = ["day", "amount", "method", "why"] as const;
export type FindingSort = (typeof findingSorts)[number];

export interface FindingFilter {
  side: "order" | "row";
  bucket: string;
  /** Plain dates, both included. */
  from: string | null;
  until: string | null;
  method: string | null;
  channel: string | null;
  currency: string | null;
  why: string | null;
  sort: FindingSort;
  descending: boolean;
}

const LONGEST = 200;

/** What the address says that cannot be meant, by the parameter's name. */
export type FilterProblems = Partial<Record<"from" | "until" | "currency" | "id", string>>;

/** Tabs are words of ours: another one is the first. What people type is told when it cannot be meant. */
export function readFindingFilter(params: URLSearchParams): { filter: FindingFilter; problems: FilterProblems } {
  const { from, until, problems } = readDays(params);
  const currency = textOf(params, "currency")?.toUpperCase() ?? null;
  if (currency !== null && !isCurrency(currency)) problems.currency = `“${currency}” is no currency.`;
  const filter: FindingFilter = {
    ...{ ...readTab(params), from, until, currency },
    ...{ method: wordOf(params, "method"), channel: wordOf(params, "channel"), why: textOf(params, "why") },
    sort: findingSorts.find((each) => each === params.get("sort")) ?? "day",
    descending: params.get("order") === "descending",
  };
  return { filter, problems };
}

function readTab(params: URLSearchParams): Pick<FindingFilter, "side" | "bucket"> {
  const bucket = params.get("bucket") ?? "";
  if (params.get("side") === "row") {
    return { side: "row", bucket: rowBuckets.find((each) => each === bucket) ?? "unexpected" };
  }
  return { side: "order", bucket: orderBuckets.find((each) => each === bucket) ?? "missing" };
}

function readDays(params: URLSearchParams): Pick<FindingFilter, "from" | "until"> & { problems: FilterProblems } {
  const problems: FilterProblems = {};
  const day = (name: "from" | "until") => {
    const text = textOf(params, name);
    if (text === null || isDate(text)) return text;
    problems[name] = `“${text}” is no day. Write it as 2026-05-31.`;
    return null;
  };
  const [from, until] = [day("from"), day("until")];
  if (from !== null && until !== null && from > until) problems.until = "The last day lies before the first.";
  return { from, until, problems };
}

/** Null for none, and for what no column can hold. */
function textOf(params: URLSearchParams, name: string): string | null {
  const text = params.get(name)?.trim() ?? "";
  return text === "" || text.length > LONGEST || !isStorable(text) ? null : text;
}

/** "none" is said of orders that say nothing: those have an empty word. */
const NOTHING_SAID = "(none)";

function wordOf(params: URLSearchParams, name: string): string | null {
  const text = textOf(params, name);
  return text === NOTHING_SAID ? "" : text;
}

/** As a select sends a word that may be empty. */
export function wordValue(word: string): string {
  return word === "" ? NOTHING_SAID : word;
}

/** Postgres takes no NUL, and neither takes half a character. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Cs}/u.test(text);
}

/** With the question mark; the usual order is left out. `more`: the run, where it is an earlier one, and the page. */
export function findingQuery(
  filter: Partial<FindingFilter>,
  more: Readonly<Record<string, string | null>> = {},
): string {
  const { side, sort, descending, method, channel } = filter;
  const said: Record<string, string | null | undefined> = {
    ...{ side: side === "row" ? side : null, bucket: filter.bucket, from: filter.from, until: filter.until },
    ...{ method: sentWord(method), channel: sentWord(channel), currency: filter.currency, why: filter.why },
    ...{ sort: sort === "day" ? null : sort, order: descending ? "descending" : null, ...more },
  };
  const params = Object.entries(said).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return params.length === 0 ? "" : `?${new URLSearchParams(params).toString()}`;
}

function sentWord(word: string | null | undefined): string | null {
  return typeof word === "string" ? wordValue(word) : null;
}
