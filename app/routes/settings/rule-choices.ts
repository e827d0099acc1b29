import { checkedFieldsOf } from "~/features/pipeline/own-rules/checked-fields";
import { patterns } from "~/features/pipeline/own-rules/patterns";
import { type AnySubject } from "~/features/pipeline/subject";

/** What the form of a rule offers to choose from. */
export function ruleChoices(subject: AnySubject) {
  return {
    about: checkedFieldsOf(subject).map(({ id, label }) => ({ id, label })),
    patterns: Object.entries(patterns).map(([id, { label }]) => ({ id, label })),
  };
}
