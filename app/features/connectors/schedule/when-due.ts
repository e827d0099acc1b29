/** Whether it is time for what was planned: a pure question, whatever it is that is planned. */
import { endOfQuiet } from "~/features/connectors/schedule/next-run";
import { type RunSchedule } from "~/features/connectors/schedule/run-schedule";
import { later, MINUTE_MS } from "~/platform/time";

/** The clocks of machines differ: a job that comes this early comes in time. */
const EARLY_MS = MINUTE_MS;

/** `early`: it is to be asked for again at its time. `quiet`: quiet hours have begun meanwhile, and it waits for their end. */
export type Due = { kind: "now" } | { kind: "early" } | { kind: "quiet"; until: string };

interface Planned {
  schedule: RunSchedule;
  dueAt: string;
}

export function whenDue({ schedule, dueAt }: Planned, { now, timeZone }: { now: string; timeZone: string }): Due {
  if (dueAt > later(now, EARLY_MS)) return { kind: "early" };
  const until = endOfQuiet(schedule, { at: laterOf(dueAt, now), timeZone });
  return until === null ? { kind: "now" } : { kind: "quiet", until };
}

export function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}
