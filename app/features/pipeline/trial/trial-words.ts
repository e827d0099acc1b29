import { type RunCounts } from "~/features/pipeline/run/run";

/** What a trial says, in sentences that are kept. */

/** In the log of the run that follows. */
export function toldSentence(counts: RunCounts, locale: string): string {
  return `Checked before the start: ${numbers(counts, locale)}.`;
}

/** Where a run did other than its trial had said; null where it did the same. */
export function differenceSentence(told: RunCounts, did: RunCounts, locale: string): string | null {
  const isSame = (Object.keys(told) as (keyof RunCounts)[]).every((key) => told[key] === did[key]);
  if (isSame) return null;
  return `The check before it had said ${numbers(told, locale)}. Contacts were changed between the two; what counts is what the import did.`;
}

function numbers({ created, changed, same, refused }: RunCounts, locale: string): string {
  const number = (count: number) => count.toLocaleString(locale);
  return `${number(created)} new, ${number(changed)} changed, ${number(same)} the same, ${number(refused)} refused`;
}
