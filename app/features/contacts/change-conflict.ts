import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { type ContactValues, fieldNames } from "~/features/contacts/contact";
import { fieldText } from "~/features/contacts/history";

/** Two people changed the same contact: what it says now beside what was typed, field by field. */
export interface Disagreement {
  label: string;
  theirs: string;
  mine: string;
}

export function disagreements(theirs: ContactValues, mine: ContactValues): Disagreement[] {
  return changedFieldsOf(theirs, mine).map((field) => ({
    label: fieldNames[field],
    theirs: fieldText(field, theirs),
    mine: fieldText(field, mine),
  }));
}
