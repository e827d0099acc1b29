import { phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import { inCountry } from "~/features/contacts/values/country-name";
import { type Draft } from "~/features/pipeline/draft/draft-run.server";
import { countsLine } from "~/features/pipeline/run/import-words";
import { describeRemarks } from "~/features/pipeline/run/remarks";
import { type AnySubject } from "~/features/pipeline/subject";
import { cameBefore, countEndedSince, listImportsAtWork } from "~/features/pipeline/trial/came-before.server";
import { type LeftOut, leftOutSentence } from "~/features/pipeline/trial/left-out";
import { mustAsk } from "~/features/pipeline/trial/trial";
import { type TrialFacts } from "~/features/pipeline/trial/trials.server";
import { type Scope } from "~/platform/scope.server";
import { formatDate } from "~/platform/time";

/** What the check page says of a trial that is done. */
export async function trialShown(scope: Scope, subject: AnySubject, draft: Draft, trial: TrialFacts | null) {
  if (trial?.state !== "done" || !trial.result) return null;
  const { locale } = scope.place;
  const { result, startedAt } = trial;
  return {
    result,
    asks: mustAsk(result, scope.account.importAskPercent),
    leftOut: leftOutSentence([...(result.leftOut ?? []), ...leftInCards(draft)], locale),
    remarks: describeRemarks(subject, locale, result.remarks).map(({ name, text }) => ({ name, text })),
    ...(await meanwhile(scope, draft.id, startedAt)),
  };
}

/** What cards hold that is in no row of theirs. */
function leftInCards({ settings: { reading, correction } }: Draft): readonly LeftOut[] {
  return reading.format === "vcard" && !correction ? (reading.leftOut ?? []) : [];
}

/** Other imports that are at work, or were since the trial began: what they bring in is not in its numbers. */
async function meanwhile(scope: Scope, runId: string, since: string | null) {
  const atWork = await listImportsAtWork(scope, runId);
  return { atWork, endedSince: since ? await countEndedSince(scope, since) : 0 };
}

/** When and by whom the file, or its rows, came before. */
export async function cameBeforeShown(scope: Scope, draft: Draft, trial: TrialFacts | null) {
  const before = await cameBefore(scope, draft, trial);
  if (!before) return null;
  const { how, rows, run } = before;
  const { place } = scope;
  return {
    ...{ how, id: run.id, fileName: run.fileName, by: run.by },
    rows: rows?.toLocaleString(place.locale) ?? null,
    on: formatDate(place, run.at),
    counts: countsLine(run.counts, place.locale),
    undoneOn: run.undoneAt && formatDate(place, run.undoneAt),
  };
}

/** Where phone numbers without a country are read as from; null where there are no phones. */
export function phonesFrom(scope: Scope, { settings: { phoneCountry, mapping } }: Draft): string | null {
  const hasPhones = phoneFields.some((field) => mapping.includes(field));
  return hasPhones ? inCountry(phoneCountry, scope.place.locale) : null;
}
