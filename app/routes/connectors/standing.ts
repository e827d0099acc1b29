/** How a connector stands, in a word with its colour and shape; and what its runs counted. */
import { type ShownState } from "~/features/connectors/connector-state";
import { type ConnectorRunLine } from "~/features/pipeline/run/connector-runs.server";
import { WAITS_FOR_ANSWER } from "~/features/pipeline/run/import-words";
import { isAtWork } from "~/features/pipeline/run/run";
import { formatInstant, type Place } from "~/platform/time";
import { type StatusKind } from "~/ui/status";

export interface Standing {
  of: StatusKind;
  words: string;
}

const standings: Record<ShownState, Standing> = {
  "setting-up": { of: "pending", words: "Being set up" },
  on: { of: "done", words: "On" },
  paused: { of: "cancelled", words: "Paused" },
  disconnected: { of: "cancelled", words: "Disconnected" },
  "needs-reconnecting": { of: "attention", words: "Has to be connected again" },
  asking: { of: "attention", words: WAITS_FOR_ANSWER },
};

/** A run that is at work says more than that it is on. */
export function standingOf(
  state: ShownState,
  lastRun: ConnectorRunLine | null,
  { isByKey }: { isByKey: boolean },
): Standing {
  if (isByKey && state === "needs-reconnecting") return { ...standings[state], words: "Needs its key again" };
  const isOn = state === "on" || state === "paused";
  if (isOn && lastRun && isAtWork(lastRun.state)) return runStanding(lastRun);
  return standings[state];
}

export function stateWords(state: ShownState): string {
  return standings[state].words;
}

const runWords: Partial<Record<ConnectorRunLine["state"], string>> = { draft: "Not started" };

export function runStanding({ state, waitingUntil, isUndone, asks }: ConnectorRunLine): Standing {
  if (asks && !isUndone) return standings.asking;
  if (isUndone) return { of: "cancelled", words: "Undone" };
  if (isAtWork(state) && waitingUntil !== null) return { of: "running", words: "Waiting for the source" };
  const of = state === "draft" ? ("pending" as const) : state;
  return { of, words: runWords[state] ?? words[of] };
}

const words: Record<Exclude<ConnectorRunLine["state"], "draft">, string> & { pending: string } = {
  ...{ pending: "Pending", queued: "Queued", running: "Running", done: "Done" },
  ...{ attention: "Needs attention", failed: "Failed", cancelled: "Cancelled" },
};

/** What waited for an answer stays here: nothing was read for it. */
const LEFT_AS_IT_IS = "left as it is here";

/** "1,204 read: 3 new, 1 changed, 1,200 the same, 2 gone"; what is nothing is left out. */
export function countsWords({ counts, gone, beside, takesAway, leaves }: ConnectorRunLine, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  if (leaves) return LEFT_AS_IT_IS;
  if (takesAway) return `${number(gone)} taken away`;
  const told = [
    [counts.created, "new"],
    [counts.changed, "changed"],
    [counts.same, "the same"],
    [gone, "gone"],
    [counts.refused, "refused"],
    [beside?.related ?? 0, "related"],
  ] as const;
  const parts = told.filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}`);
  const read = `${number(counts.read)} read`;
  return parts.length === 0 ? read : `${read}: ${parts.join(", ")}`;
}

export interface RunView {
  id: string;
  standing: Standing;
  at: string;
  when: string;
  counts: string;
}

/** A run as lists show it. */
export function runView(run: ConnectorRunLine, place: Place): RunView {
  const at = run.startedAt ?? run.createdAt;
  const { id } = run;
  return { id, standing: runStanding(run), at, when: formatInstant(place, at), counts: countsWords(run, place.locale) };
}
