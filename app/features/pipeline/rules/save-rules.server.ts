import { type Draft, saveSettings } from "~/features/pipeline/draft/draft-run.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { usualRules, type WritingRules } from "~/features/pipeline/subject-rules";
import { isDeepStrictEqual } from "node:util";
import { type Scope } from "~/platform/scope.server";

/** Saves how a draft's rows are to be written. The reason is a sentence. */
export async function saveRules(
  scope: Scope,
  subject: AnySubject,
  { draft, rules }: { draft: Draft; rules: WritingRules },
): Promise<{ ok: true } | { ok: false; reason: string }> {
  const matching = subject.matchings.find(({ id }) => id === rules.match);
  const known = new Set(subject.ruleFields(draft.settings.mapping).map(({ id }) => id));
  if (!matching || Object.keys(rules.fields).some((id) => !known.has(id))) {
    return { ok: false, reason: "The columns on the page were no longer those of the import. Choose again." };
  }
  if (!matching.isPossible(draft.settings.mapping)) return { ok: false, reason: matching.impossible };
  const fields = Object.fromEntries(Object.entries(rules.fields).filter(([, rule]) => rule !== "overwrite"));
  const chosen = { ...rules, fields };
  const settings = { ...draft.settings, rules: isDeepStrictEqual(chosen, usualRules) ? undefined : chosen };
  await saveSettings(scope, draft.id, settings);
  return { ok: true };
}
