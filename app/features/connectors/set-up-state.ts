/** How far a connector has come on its way to being switched on. */
import { type SetUpStep } from "~/features/connectors/set-up-steps";

export interface SetUpFacts {
  isConnected: boolean;
  /** Whether each has been chosen or approved yet, be it as it was proposed. */
  isSelected: boolean;
  isMapped: boolean;
  hasRules: boolean;
  hasSchedule: boolean;
}

/** The first step that is still to be done; the trial is the last of them. */
export function nextStep(facts: SetUpFacts): SetUpStep {
  if (!facts.isConnected) return "connection";
  if (!facts.isSelected) return "fields";
  if (!facts.isMapped) return "mapping";
  if (!facts.hasRules) return "rules";
  return facts.hasSchedule ? "trial" : "schedule";
}
