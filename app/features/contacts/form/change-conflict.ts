import { type Home } from "~/features/contacts/values/address-text";
import { type ContactField } from "~/features/contacts/contact";
import { type FieldDefinition, nameOfField } from "~/features/contacts/custom/custom-field";
import { fieldText } from "~/features/contacts/history/history";
import { type EditSides } from "~/features/contacts/form/merge-edit";

/** Two people changed the same field of a contact: what it said, what it says now, and what was typed. */
export interface Disagreement {
  field: ContactField;
  label: string;
  /** Null: not known. */
  original: string | null;
  theirs: string;
  mine: string;
}

export function disagreements(
  clashes: readonly ContactField[],
  { original, theirs, mine }: EditSides,
  home: Home,
): Disagreement[] {
  return clashes.map((field) => ({
    field,
    label: nameOfField(field, home.fields),
    original: original && fieldText(field, original, home),
    theirs: fieldText(field, theirs, home),
    mine: fieldText(field, mine, home),
  }));
}

/** Who changed any of these fields last, of a contact's history with the newest first. */
export function lastToChange<Entry extends { changes: readonly { field: ContactField | null }[] }>(
  entries: readonly Entry[],
  fields: readonly ContactField[],
): Entry | undefined {
  return entries.find((entry) => entry.changes.some(({ field }) => field !== null && fields.includes(field)));
}

/** "Saved. Ben Okafor had changed Company meanwhile; that is kept." */
export function savedWords(
  kept: readonly ContactField[],
  by: { who: string | null; runId: string | null } | undefined,
  own: readonly FieldDefinition[] = [],
): string {
  if (kept.length === 0) return "Saved.";
  const who = by?.runId ? "An import" : (by?.who ?? "Somebody else");
  const what = new Intl.ListFormat("en-GB").format(kept.map((field) => nameOfField(field, own)));
  return `Saved. ${who} had changed ${what} meanwhile; that is kept.`;
}
