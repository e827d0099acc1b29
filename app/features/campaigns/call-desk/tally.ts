/** What came of calls, by hour of the day and by caller. Pure. */
import { type CallOutcome, isSpoken } from "~/features/campaigns/call-desk/call";

/** So many calls of one caller, in one hour, with one outcome. */
export interface CallCount {
  callerId: string | null;
  callerName: string | null;
  hour: number;
  outcome: CallOutcome;
  count: number;
}

export interface Tally {
  key: string;
  label: string;
  calls: number;
  /** Somebody of theirs was on the telephone. */
  spoken: number;
  /** Converted or not. */
  responded: number;
  converted: number;
  notInterested: number;
}

/** Hours in the order of the day, callers by their calls, the most first; and all together. */
export function tallies(counts: readonly CallCount[]): { byHour: Tally[]; byCaller: Tally[]; total: Tally } {
  const byHour = grouped(counts, ({ hour }) => [String(hour), `${two(hour)}:00–${two(hour + 1)}:00`]);
  const byCaller = grouped(counts, ({ callerId, callerName }) => [callerId ?? "", callerName ?? "Nobody known"]);
  const [total] = grouped(counts, () => ["all", "All"]);
  return {
    byHour: byHour.sort((a, b) => Number(a.key) - Number(b.key)),
    byCaller: byCaller.sort((a, b) => b.calls - a.calls || (a.label < b.label ? -1 : 1)),
    total: total ?? empty("all", "All"),
  };
}

const two = (hour: number) => String(hour).padStart(2, "0");

function empty(key: string, label: string): Tally {
  return { key, label, calls: 0, spoken: 0, responded: 0, converted: 0, notInterested: 0 };
}

function grouped(counts: readonly CallCount[], of: (each: CallCount) => [key: string, label: string]): Tally[] {
  const groups = new Map<string, Tally>();
  for (const each of counts) {
    const [key, label] = of(each);
    const tally = groups.get(key) ?? empty(key, label);
    groups.set(key, tally);
    add(tally, each);
  }
  return [...groups.values()];
}

function add(tally: Tally, { outcome, count }: CallCount): void {
  tally.calls += count;
  if (isSpoken(outcome)) tally.spoken += count;
  if (outcome === "responded" || outcome === "converted") tally.responded += count;
  if (outcome === "converted") tally.converted += count;
  if (outcome === "not-interested") tally.notInterested += count;
}
