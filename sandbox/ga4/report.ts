/** `runReport`: what was tracked, counted as it is asked for. */
import { type Reply } from "../frame/stand-in";
import { invalid } from "./errors";

/** One event. */
export interface Tracked {
  transactionId: string;
  /** By the property's clock: "2026-11-21". */
  day: string;
  value: number;
  currency: string;
  event: "purchase" | "refund";
}

export interface ReportRequest {
  dimensions?: { name: string }[];
  metrics?: { name: string }[];
  dateRanges?: { startDate: string; endDate: string }[];
  dimensionFilter?: Expression;
  orderBys?: { dimension?: { dimensionName: string }; desc?: boolean }[];
  limit?: string | number;
  offset?: string | number;
  currencyCode?: string;
  returnPropertyQuota?: boolean;
}

interface Expression {
  filter?: { fieldName: string; stringFilter?: { matchType?: string; value: string } };
  andGroup?: { expressions: Expression[] };
}

const known = new Set([
  ...[
    "property",
    "dimensions",
    "metrics",
    "dateRanges",
    "dimensionFilter",
    "metricFilter",
    "orderBys",
    "limit",
    "offset",
  ],
  ...["currencyCode", "returnPropertyQuota", "keepEmptyRows", "metricAggregations", "cohortSpec", "comparisons"],
]);

type Dimension = (one: Tracked) => string;

const dimensions: Readonly<Record<string, Dimension>> = {
  transactionId: ({ transactionId }) => (transactionId === "" ? "(not set)" : transactionId),
  currencyCode: ({ currency }) => currency,
  date: ({ day }) => day.replaceAll("-", ""),
  eventName: ({ event }) => event,
};

type Metric = (some: readonly Tracked[], value: (one: Tracked) => number) => number;

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const isPurchase = ({ event }: Tracked) => event === "purchase";

const metrics: Readonly<Record<string, { type: string; of: Metric }>> = {
  eventCount: { type: "TYPE_INTEGER", of: (some) => some.length },
  transactions: { type: "TYPE_INTEGER", of: (some) => some.length },
  ecommercePurchases: { type: "TYPE_INTEGER", of: (some) => some.filter(isPurchase).length },
  purchaseRevenue: {
    type: "TYPE_CURRENCY",
    of: (some, value) => sum(some.map((one) => (isPurchase(one) ? value(one) : -value(one)))),
  },
  grossPurchaseRevenue: { type: "TYPE_CURRENCY", of: (some, value) => sum(some.filter(isPurchase).map(value)) },
};

const MOST_ROWS = 250_000;

export function wrongRequest(request: ReportRequest): Reply | null {
  const stranger = Object.keys(request).find((name) => !known.has(name));
  if (stranger) return invalid(`Invalid JSON payload received. Unknown name "${stranger}": Cannot find field.`);
  const [dimension] = names(request.dimensions).filter((name) => !dimensions[name]);
  if (dimension)
    return invalid(
      `Field ${dimension} is not a valid dimension. For a list of valid dimensions and metrics, see https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema`,
    );
  const [metric] = names(request.metrics).filter((name) => !metrics[name]);
  if (metric)
    return invalid(
      `Field ${metric} is not a valid metric. For a list of valid dimensions and metrics, see https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema`,
    );
  if (request.dateRanges?.length !== 1) return invalid("A dateRange is required.");
  if (request.dateRanges[0]!.startDate < "2015-08-14") return invalid("startDate must not be before 2015-08-14.");
  const limit = Number(request.limit ?? 10_000);
  return limit >= 1 && limit <= MOST_ROWS ? null : invalid(`limit must be between 1 and ${MOST_ROWS}.`);
}

const names = (list: { name: string }[] = []) => list.map(({ name }) => name);

interface Counted {
  dimensionValues: { value: string }[];
  metricValues: { value: string }[];
}

interface Means {
  today: string;
  /** What one unit of a currency is in the one that is asked for. */
  rate(currency: string): number;
}

export function counted(events: readonly Tracked[], request: ReportRequest, { today, rate }: Means): Counted[] {
  const { startDate, endDate } = request.dateRanges![0]!;
  const day = (text: string) => (text === "today" ? today : text);
  const fits = ({ day: own }: Tracked) => own >= day(startDate) && own <= day(endDate);
  const by = names(request.dimensions);
  const groups = new Map<string, { values: string[]; some: Tracked[] }>();
  for (const one of events) {
    if (!fits(one) || !isWanted(one, request.dimensionFilter)) continue;
    const values = by.map((name) => dimensions[name]!(one));
    const key = values.join("\u0000");
    const group = groups.get(key) ?? { values, some: [] };
    groups.set(key, group);
    group.some.push(one);
  }
  const value = (one: Tracked) => one.value * rate(one.currency);
  return sorted([...groups.values()], request).map(({ values, some }) => ({
    dimensionValues: values.map((value) => ({ value })),
    metricValues: names(request.metrics).map((name) => ({ value: String(metrics[name]!.of(some, value)) })),
  }));
}

function isWanted(one: Tracked, filter: Expression | undefined): boolean {
  if (filter?.andGroup) return filter.andGroup.expressions.every((each) => isWanted(one, each));
  const { fieldName, stringFilter } = filter?.filter ?? {};
  if (fieldName === undefined || !stringFilter) return true;
  return dimensions[fieldName]?.(one) === stringFilter.value;
}

function sorted<Group extends { values: string[] }>(
  groups: Group[],
  { orderBys = [], ...request }: ReportRequest,
): Group[] {
  const by = names(request.dimensions);
  const places = orderBys.map(({ dimension, desc = false }) => ({
    at: by.indexOf(dimension?.dimensionName ?? ""),
    desc,
  }));
  return groups.sort((one, other) => {
    for (const { at, desc } of places) {
      const [left = "", right = ""] = [one.values[at], other.values[at]];
      if (left !== right) return (left < right ? -1 : 1) * (desc ? -1 : 1);
    }
    return 0;
  });
}

export function headersOf(request: ReportRequest) {
  return {
    dimensionHeaders: names(request.dimensions).map((name) => ({ name })),
    metricHeaders: names(request.metrics).map((name) => ({ name, type: metrics[name]!.type })),
  };
}
