/** How many orders were found, day by day and payment method by payment method: small enough to be kept with each run. */
import { dateOfDay } from "~/features/reconciliation/columns/calendar";
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { codesOf, orderBuckets } from "~/features/reconciliation/compare/outcomes";

export interface TrendCounts {
  matched: number;
  /** Found, with another value or currency. */
  otherwise: number;
  missing: number;
  ambiguous: number;
  /** Not known by now: pending or unverifiable. They are in no rate. */
  open: number;
}

export interface Trend {
  /** Plain dates on which there were orders that take part, in order. */
  days: string[];
  /** Counts by day, in the order of `days`. Null as the method: all that have no line of their own; "": none was said. */
  methods: ({ method: string | null } & Record<keyof TrendCounts, number[]>)[];
}

const parts = ["matched", "otherwise", "missing", "ambiguous", "open"] as const satisfies (keyof TrendCounts)[];

/** Each has a line of its own for every day. */
const MOST_METHODS = 12;

const code = codesOf(orderBuckets);
const partOfBucket = new Map<number, number>(
  (
    [
      ["matched", "matched"],
      ["value-mismatch", "otherwise"],
      ["currency-mismatch", "otherwise"],
      ["missing", "missing"],
      ["ambiguous", "ambiguous"],
      ["pending", "open"],
      ["unverifiable", "open"],
    ] as const
  ).map(([bucket, part]) => [code[bucket], parts.indexOf(part)]),
);

export function trendOf(comparison: Comparison): Trend {
  const { books, eligibility, orders } = comparison;
  const { method } = books.orders.facts;
  const places = methodPlaces(comparison);
  const names = [...places.keys()].map((number) => books.methods.text(number));
  const lines = [...names, null];
  const byDay = new Map<number, Uint32Array>();
  for (let order = 0; order < books.orders.length; order++) {
    const part = partOfBucket.get(orders.bucket[order]!);
    if (part === undefined) continue;
    const day = eligibility.day[order]!;
    const counts = byDay.get(day) ?? new Uint32Array(lines.length * parts.length);
    byDay.set(day, counts);
    counts[(places.get(method[order]!) ?? names.length) * parts.length + part]! += 1;
  }
  const sorted = [...byDay].sort(([one], [other]) => one - other);
  const methods = lines.map((name, line) => ({
    method: name,
    ...(Object.fromEntries(
      parts.map((part, at) => [part, sorted.map(([, counts]) => counts[line * parts.length + at]!)]),
    ) as Record<keyof TrendCounts, number[]>),
  }));
  return {
    days: sorted.map(([day]) => dateOfDay(day)),
    methods: methods.filter((line) => parts.some((part) => line[part].some((count) => count > 0))),
  };
}

/** Those of most orders, by their numbers in the books; of equals by their words, so that the same input gives the same. */
function methodPlaces({ books, orders }: Comparison): Map<number, number> {
  const counts = new Uint32Array(books.methods.size);
  for (let order = 0; order < books.orders.length; order++) {
    if (partOfBucket.has(orders.bucket[order]!)) counts[books.orders.facts.method[order]!]! += 1;
  }
  const numbers = Array.from(counts.keys()).filter((number) => counts[number]! > 0);
  numbers.sort(
    (one, other) => counts[other]! - counts[one]! || (books.methods.text(one) < books.methods.text(other) ? -1 : 1),
  );
  return new Map(numbers.slice(0, MOST_METHODS).map((number, place) => [number, place]));
}

/** Of one payment method, or of all together (undefined), each day with its counts. */
export function daysOf({ days, methods }: Trend, method?: string): ({ day: string } & TrendCounts)[] {
  const lines = methods.filter((line) => method === undefined || line.method === method);
  const sum = (part: keyof TrendCounts, at: number) => lines.reduce((total, line) => total + (line[part][at] ?? 0), 0);
  return days.map((day, at) => ({
    ...{ day, matched: sum("matched", at), otherwise: sum("otherwise", at), missing: sum("missing", at) },
    ...{ ambiguous: sum("ambiguous", at), open: sum("open", at) },
  }));
}

/** Those of which it is known by now. */
export function settledOf({ matched, otherwise, missing, ambiguous }: TrendCounts): number {
  return matched + otherwise + missing + ambiguous;
}
