import { type RunCounts } from "~/features/pipeline/run/run";
import { differenceSentence } from "~/features/pipeline/trial/trial-words";
import { findTrial } from "~/features/pipeline/trial/trials.server";
import { type Scope } from "~/platform/scope.server";

/** Where a run has done other than its trial had said: contacts may change between the two, and the run's own counts hold. */
export async function differenceFromTrial(
  scope: Scope,
  { id, counts }: { id: string; counts: RunCounts },
): Promise<string[]> {
  const told = (await findTrial(scope, id))?.result?.counts;
  const sentence = told ? differenceSentence(told, counts, scope.place.locale) : null;
  return sentence ? [sentence] : [];
}
