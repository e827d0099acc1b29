/** Along which index findings are listed, what of the filter it knows, and where a page begins. Pure. */
import { type FindingFilter, isStorable } from "~/features/reconciliation/results/finding-filter";
import { isDate } from "~/platform/time";

export type WordColumn = "payment_method" | "channel" | "cause" | "currency";
export type WalkedColumn = WordColumn | "day" | "amount_minor";

export interface Walk {
  side: "order" | "row";
  bucket: string;
  /** What the index begins with, each with the value that it has. */
  within: [WordColumn, string][];
  /** In what order it goes on, before the position. */
  along: WalkedColumn[];
  direction: "asc" | "desc";
  /** Days, both included, that the index knows. */
  days: { from: string | null; until: string | null };
  /** What it does not know: looked for row by row. */
  beside: [WordColumn, string][];
  daysBeside: { from: string | null; until: string | null };
}

const alongOf: Record<FindingFilter["sort"], WalkedColumn[]> = {
  day: ["day"],
  amount: ["currency", "amount_minor"],
  method: ["payment_method", "day"],
  why: ["cause", "day"],
};

const none = { from: null, until: null };

export function walkOf(filter: FindingFilter): Walk {
  const wanted: [WordColumn, string | null][] = [
    ["payment_method", filter.method],
    ["cause", filter.why],
    ["channel", filter.channel],
    ["currency", filter.currency],
  ];
  const narrowed = wanted.filter((one): one is [WordColumn, string] => one[1] !== null);
  const along = alongOf[filter.sort];
  // An index begins with one word: in the order of days that can be any that has an index of its own.
  const leads = ([column]: [WordColumn, string]) =>
    filter.sort === "day" ? column !== "currency" : column === along[0];
  const lead = narrowed.find(leads);
  const days = { from: filter.from, until: filter.until };
  const knowsDays = filter.sort === "day" || (filter.sort !== "amount" && lead !== undefined);
  return {
    ...{ side: filter.side, bucket: filter.bucket, along, direction: filter.descending ? "desc" : "asc" },
    within: lead ? [lead] : [],
    beside: narrowed.filter((one) => one !== lead),
    days: knowsDays ? days : none,
    daysBeside: knowsDays ? none : days,
  };
}

/** Whether the index knows all of the filter. */
export function isWhole({ beside, daysBeside }: Walk): boolean {
  return beside.length === 0 && daysBeside.from === null && daysBeside.until === null;
}

/** Where a page ends: what the index has there. */
export interface Place {
  keys: string[];
  position: number;
}

export function cursorOf({ keys, position }: Place): string {
  return JSON.stringify([...keys, position]);
}

/** Null for what is none of this walk's. */
export function placeIn({ along }: Walk, cursor: string): Place | null {
  const read = parsed(cursor);
  if (!Array.isArray(read) || read.length !== along.length + 1) return null;
  const keys = along.flatMap((column, at) => {
    const key: unknown = read[at];
    return typeof key === "string" && fits(column, key) ? [key] : [];
  });
  const position: unknown = read.at(-1);
  if (keys.length < along.length || typeof position !== "number" || !Number.isSafeInteger(position)) return null;
  return Math.abs(position) < 2 ** 31 ? { keys, position } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fits(column: WalkedColumn, key: string): boolean {
  if (column === "day") return isDate(key);
  return column === "amount_minor" ? /^-?\d{1,18}$/.test(key) : isStorable(key);
}
