/** What a run of a connector was to read, and how far it came: in words. Pure. */
import { type RunMode, type RunState } from "~/features/pipeline/run/run";
import { type ConnectorRun } from "~/features/pipeline/run/run-of-connector.server";

type Told = Pick<ConnectorRun, "mode" | "takesAway" | "leaves">;

/** It came to its end. */
const done: Record<RunMode, string> = {
  whole: "Everything was read.",
  changes: "What changed since the last run was read.",
  refused: "What was refused before was tried again.",
  answer: "What somebody decided was carried out.",
};

/** It did not. */
const meant: Record<RunMode, string> = {
  whole: "Everything was to be read.",
  changes: "What changed since the last run was to be read.",
  refused: "What was refused before was to be tried again.",
  answer: "What somebody decided was to be carried out.",
};

/** What was read; where the run did not come to its end, how far it came. */
export function readWords(
  state: RunState,
  { mode, takesAway, leaves }: Told,
  { read, isNothing }: { read: string; isNothing: boolean },
): string {
  const isEarly = state === "failed" || state === "cancelled";
  if (takesAway) {
    return isEarly
      ? "What the connector brought was to be taken away. What was not reached is still here."
      : "What the connector brought was taken away. Nothing was read.";
  }
  if (!isEarly) return leaves ? "Somebody answered no: what waited stays here as it is. Nothing was read." : done[mode];
  const end = state === "failed" ? "it failed" : "it was cancelled";
  const reached = isNothing ? `Nothing was read until ${end}.` : `Until ${end}, ${read} were.`;
  return `${meant[mode]} ${reached}`;
}

/** Why there is no number of what is at the source beside the others; null: there is, or it did not come to its end. */
export function whyNotSaid(
  state: RunState,
  { mode, said, takesAway, leaves }: Told & Pick<ConnectorRun, "said">,
): string | null {
  if (said !== null || takesAway || leaves || (state !== "done" && state !== "attention")) return null;
  if (mode === "whole") return "The source gives no count of all to hold this against.";
  if (mode === "changes") return "The source tells only what changed, not how many there are in all.";
  return "The source was not asked anything.";
}
