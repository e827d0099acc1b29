import { type ComingRun } from "~/features/connectors/schedule/coming-runs";
import { type ConnectorState } from "~/features/connectors/connector-state";
import { nextRuns } from "~/features/connectors/schedule/next-run";
import { type RunSchedule } from "~/features/connectors/schedule/run-schedule";
import { type ScheduledConnector } from "~/features/connectors/schedule/save-schedule.server";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, formatRelative, type Place } from "~/platform/time";

const SHOWN = 3;

const resting: Record<ConnectorState, string | null> = {
  on: null,
  "setting-up": "It is not switched on yet.",
  paused: "It is paused: until it is switched on again it does not run by itself.",
  asking: "It waits for an answer, and does not run by itself until it has one.",
  "needs-reconnecting": "It has to be connected again before it runs.",
};

/** The next runs of a connector in words. */
export function comingOf(scope: Scope, { state, schedule, nextRunAt }: ScheduledConnector) {
  return { runs: comingRuns(scope, { schedule, nextRunAt: state === "on" ? nextRunAt : null }), rests: resting[state] };
}

/** The next runs of whatever has a schedule. `nextRunAt`: as it is planned; null: it is not. */
export function comingRuns(
  scope: Scope,
  { schedule, nextRunAt }: { schedule: RunSchedule; nextRunAt: string | null },
): ComingRun[] {
  const { place, account } = scope;
  const now = scope.clock.now();
  // The first may have been put off, e.g. to the end of quiet hours.
  const planned = nextRunAt !== null && nextRunAt > now ? [nextRunAt] : [];
  const after = planned[0] ?? now;
  const more = nextRuns(schedule, { after, timeZone: account.timeZone, count: SHOWN - planned.length });
  return [...planned, ...more].map((at) => {
    const text = `${weekdayOf(place, at)}, ${formatInstant(place, at)}`;
    return { at, text, ago: formatRelative(place.locale, at, now) };
  });
}

function weekdayOf({ locale, timeZone }: Place, at: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, weekday: "long" }).format(new Date(at));
}

/** "Europe/Berlin" as people say it. */
export function clocksOf({ account }: Scope): string {
  return (account.timeZone.split("/").at(-1) ?? account.timeZone).replaceAll("_", " ");
}
