import { MOST_CHOICES, MOST_FIELDS } from "~/features/contacts/custom/custom-field";
import { type FieldResult } from "~/features/contacts/custom/custom-fields.server";

type Refused = Extract<FieldResult, { ok: false }>;
type Shown = Exclude<Refused, { reason: "not-found" }>;

/** Why a field is not made or changed: at which part of the form, and in a sentence. */
export function fieldRefusal(refused: Shown): {
  at: "name" | "type" | "choices";
  message: string;
} {
  switch (refused.reason) {
    case "name-taken":
      return { at: "name", message: `There is a field called “${refused.like}” already. Choose another name.` };
    case "too-many":
      return { at: "name", message: `An account has at most ${MOST_FIELDS} fields of its own, retired ones too.` };
    case "no-choices":
      return { at: "choices", message: "Write what can be chosen, one to a line." };
    case "too-many-choices":
      return {
        at: "choices",
        message: `At most ${MOST_CHOICES} choices, those that are no longer offered among them.`,
      };
    case "type-in-use":
      return {
        at: "type",
        message:
          "Contacts have values of this field, or had them, and those may be nothing of another type. Add another field, and retire this one.",
      };
  }
}
