/** What may be said of a field of an account's own, and what becomes of its choices. */
import { type Choice, type FieldDefinition, MOST_CHOICES } from "~/features/contacts/custom/custom-field";
import { type FieldFacts } from "~/features/contacts/custom/custom-field-form";
import { type FieldResult } from "~/features/contacts/custom/custom-fields.server";
import { sameChoice } from "~/features/contacts/custom/custom-value";
import { takenLabel } from "~/features/contacts/custom/taken-labels.server";
import { toJson } from "~/platform/db/json.server";
import { fold } from "~/platform/fold.server";

export function columnsOf(
  facts: FieldFacts,
  { choices, requiredAt }: { choices: Choice[]; requiredAt: string | null },
) {
  return {
    name: facts.name,
    name_key: fold(facts.name),
    hint: facts.hint,
    required_at: requiredAt,
    choices: toJson(facts.type === "choice" ? choices : []),
  };
}

type Refused = Extract<FieldResult, { ok: false }>;

export function refusedFacts(
  { name, type, choices: offered }: FieldFacts,
  others: readonly FieldDefinition[],
  choices: readonly Choice[],
): Refused | null {
  const key = fold(name);
  const like = others.find((each) => fold(each.name) === key)?.name ?? takenLabel(name);
  if (like) return { ok: false, reason: "name-taken", like };
  if (type !== "choice") return null;
  if (offered.length === 0) return { ok: false, reason: "no-choices" };
  return Math.max(choices.length, offered.length) > MOST_CHOICES ? { ok: false, reason: "too-many-choices" } : null;
}

/** As they are offered from now on, and after them those that no longer are: some contact may have them. */
export function mergedChoices(before: readonly Choice[], offered: readonly string[]): Choice[] {
  const gone = before.filter(({ text }) => !offered.some((each) => sameChoice(each, text)));
  return [
    ...offered.map((text) => ({ text: before.find((each) => sameChoice(each.text, text))?.text ?? text })),
    ...gone.map(({ text }) => ({ text, retired: true as const })),
  ];
}

export function changedFacts(field: FieldDefinition, facts: FieldFacts, choices: readonly Choice[]): string[] {
  return [
    ...(field.name === facts.name ? [] : ["name"]),
    ...(field.type === facts.type ? [] : ["type"]),
    ...(field.hint === facts.hint ? [] : ["hint"]),
    ...(field.isRequired === facts.required ? [] : ["required"]),
    ...(JSON.stringify(field.choices) === JSON.stringify(choices) ? [] : ["choices"]),
  ];
}
