/** Findings as their page lists them. */
import { type DoneRun } from "~/features/reconciliation/results/find-result.server";
import { ordersCompared } from "~/features/reconciliation/results/bucket-amounts";
import { type Called, findCalled } from "~/features/reconciliation/results/find-called.server";
import {
  type FindingFilter,
  findingQuery,
  findingSorts,
  isStorable,
  readFindingFilter,
  wordValue,
} from "~/features/reconciliation/results/finding-filter";
import { type Finding, listFindings } from "~/features/reconciliation/results/list-findings.server";
import { type Names, namesOf } from "~/features/reconciliation/results/names.server";
import {
  causesOf,
  flagsOf,
  listedWords,
  rowWords,
  shownOrderBuckets,
  shownRowBuckets,
  whyWords,
} from "~/features/reconciliation/results/words";
import { moneyText } from "~/features/reconciliation/results/money-texts";
import { type Scope } from "~/platform/scope.server";
import { formatShortDate } from "~/platform/time";
import { type DoneResult, headFacts, resultTabs } from "~/routes/reconciliations/results/result.server";
import { orderPath, rowPath, whenText } from "~/routes/reconciliations/results/side-facts.server";

/** With those of the frame six statements at the most. */
export async function findingsFacts(result: DoneResult) {
  const { scope, run, params, here } = result;
  const { filter, problems } = readFindingFilter(params);
  const runId = run.isLatest ? null : run.id;
  const isWrong = Object.keys(problems).length > 0;
  const page = isWrong
    ? { findings: [], after: null, lookedTo: null }
    : await listFindings(scope, run.id, filter, { after: params.get("after") });
  const names = await namesIn(scope, run, page.findings);
  const query = (changes: Partial<FindingFilter>, more = {}) =>
    findingQuery({ ...filter, ...changes }, { run: runId, ...more });
  return {
    ...headFacts(result),
    tabs: resultTabs(result, "/findings"),
    ...{ sides: sideTabs(scope, run, { filter, query }), words: listedWords(filter) },
    problems,
    filter,
    options: optionsOf(run, filter),
    sorts: Object.fromEntries(findingSorts.map((sort) => [sort, sortOf(filter, sort, query)])),
    kept: keptOf(filter, runId),
    isNarrowed: isWrong || isNarrowed(filter),
    clearHref: query({ from: null, until: null, method: null, channel: null, currency: null, why: null }),
    fileQuery: query({}),
    isEmpty: page.findings.length === 0,
    lines: page.findings.map((finding) => lineOf(result, finding, names)),
    nextHref: page.after === null ? null : query({}, { after: page.after }),
    lookedTo: page.lookedTo === null ? null : formatShortDate(scope.place, page.lookedTo),
    findingsHref: `${here}/findings`,
  };
}

/** Where an id leads that somebody typed: straight there, or a list to choose from. */
export async function whereTo(result: DoneResult) {
  const { scope, run, params } = result;
  const typed = params.get("id")?.trim() ?? "";
  if (typed === "") return null;
  const fits = typed.length <= 200 && isStorable(typed);
  const found = fits ? await findCalled(scope, run.settings, typed) : [];
  // An order and what was tracked for it often go by one name: its page shows both.
  const orders = found.filter(({ side }) => side === "order");
  const [only, other] = orders.length > 0 ? orders : found;
  return {
    only: only && !other ? pathOf(result, only) : null,
    typed: fits ? typed : "",
    found: found.map(({ side, key, name, at }) => ({
      ...{ key: `${side} ${key}`, name: side === "order" ? `Order ${name}` : `Purchase ${name}` },
      ...{
        at: formatShortDate(scope.place, at),
        href: pathOf(result, { side, key }),
      },
    })),
  };
}

function pathOf(result: DoneResult, { side, key }: Pick<Called, "side" | "key">): string {
  return side === "order" ? orderPath(result, key) : rowPath(result, key);
}

function namesIn(scope: Scope, { settings }: DoneRun, findings: readonly Finding[]): Promise<Names> {
  return namesOf(scope, settings, {
    orderKeys: findings.flatMap(({ order_key }) => order_key ?? []),
    rowIds: findings.flatMap(({ side, row_id }) => (side === "row" && row_id !== null ? [row_id] : [])),
  });
}

type Query = (changes: Partial<FindingFilter>, more?: Record<string, string>) => string;

/** Both sides, each with its buckets; what a filter narrows is of one bucket and is not taken along. */
function sideTabs({ place }: Scope, { figures }: DoneRun, { filter, query }: { filter: FindingFilter; query: Query }) {
  const nothing = { from: null, until: null, method: null, channel: null, currency: null, why: null };
  const start = { ...nothing, sort: "day" as const, descending: false };
  const number = (count: number) => count.toLocaleString(place.locale);
  const orders = shownOrderBuckets.map((bucket) => ({
    label: listedWords({ side: "order", bucket }).name,
    count: bucket === "matched" ? undefined : number(ordersCompared(figures, bucket)),
    href: query({ ...start, side: "order", bucket }),
    current: filter.side === "order" && filter.bucket === bucket,
  }));
  const rows = shownRowBuckets
    .filter((bucket) => bucket !== "primary")
    .map((bucket) => ({
      ...{ label: rowWords[bucket].name, count: number(figures.rows[bucket]) },
      href: query({ ...start, side: "row", bucket }),
      current: filter.side === "row" && filter.bucket === bucket,
    }));
  return { orders, rows };
}

function isNarrowed({ from, until, method, channel, currency, why }: FindingFilter): boolean {
  return [from, until, method, channel, currency, why].some((one) => one !== null);
}

/** What there is to choose from in this bucket, as its figures say. */
function optionsOf({ figures }: DoneRun, { side, bucket }: FindingFilter) {
  const wordsOf = (dimension: "payment-method" | "channel" | "currency") => {
    const lines = figures.breakdowns[dimension].filter(
      ({ orders }) => side === "row" || (orders[bucket as keyof typeof orders]?.count ?? 0) > 0,
    );
    return [...new Set(lines.flatMap(({ value }) => value ?? []))].sort();
  };
  const named = (words: string[]) => words.map((word) => ({ value: wordValue(word), label: word || "None said" }));
  const isOfOrders = side === "order" || bucket === "duplicate" || bucket.endsWith("-hit");
  return {
    method: isOfOrders ? named(wordsOf("payment-method")) : [],
    channel: isOfOrders ? named(wordsOf("channel")) : [],
    currency: wordsOf("currency").map((value) => ({ value, label: value })),
    why: side === "order" ? causesOf(bucket).map((value) => ({ value, label: whyWords(bucket, value) })) : [],
  };
}

function sortOf(filter: FindingFilter, sort: FindingFilter["sort"], query: Query) {
  const isNow = filter.sort === sort;
  const order = filter.descending ? ("descending" as const) : ("ascending" as const);
  const descending = isNow ? !filter.descending : sort === "amount";
  return { href: query({ sort, descending }) || "?", order: isNow ? order : undefined };
}

function keptOf({ side, bucket, sort, descending }: FindingFilter, runId: string | null): Record<string, string> {
  return {
    ...{ bucket, ...(side === "row" ? { side } : {}), ...(sort === "day" ? {} : { sort }) },
    ...{ ...(descending ? { order: "descending" } : {}), ...(runId === null ? {} : { run: runId }) },
  };
}

function lineOf(result: DoneResult, finding: Finding, names: Names) {
  const { scope } = result;
  const order = orderOf(result, finding, names);
  const rowId = finding.row_id ?? "";
  const isOrder = finding.side === "order";
  return {
    key: String(finding.position),
    name: isOrder ? (order?.name ?? "") : (names.rows.get(rowId) ?? rowId),
    href: isOrder ? order?.href : rowPath(result, rowId),
    when: whenText(scope, finding),
    ...{ method: finding.payment_method, channel: finding.channel },
    amount: moneyText(finding.amount_minor, finding.currency, scope),
    ...trackedTexts(scope, finding),
    why: whyWords(finding.bucket, finding.cause),
    order: isOrder ? null : order,
    flags: flagsOf(finding.flags).map(({ short }) => short),
  };
}

function orderOf(result: DoneResult, { order_key: key }: Finding, names: Names) {
  return key === null ? null : { name: names.orders.get(key) ?? key, href: orderPath(result, key) };
}

/** The difference only where both are of one currency. */
function trackedTexts(scope: Scope, { tracked_minor: minor, tracked_currency: trackedIn, ...finding }: Finding) {
  if (minor === null || trackedIn === null) return { tracked: "", difference: "" };
  const { currency, amount_minor: amount } = finding;
  const tracked = moneyText(minor, trackedIn, scope);
  return { tracked, difference: trackedIn === currency ? moneyText(minor - amount, currency, scope) : "" };
}
