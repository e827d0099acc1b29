import { type RunFacts } from "~/features/pipeline/run/runs.server";

type Ended = Pick<RunFacts, "state" | "undone" | "connector">;

/**
 * Whether a run that did not come to its end can be begun once more as what it was. An answer is not given again: what is
 * asked by now may be something else. Taking away is gone on with, unless what went was put back.
 */
export function canStartAgain({ state, undone, connector }: Ended): boolean {
  const brokeOff = state === "failed" || state === "cancelled";
  if (!connector || !brokeOff) return false;
  return connector.takesAway ? undone === null : connector.mode !== "answer";
}
