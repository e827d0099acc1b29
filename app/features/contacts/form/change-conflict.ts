import { type Home } from "~/features/contacts/values/address-text";
import { type ContactField, fieldNames } from "~/features/contacts/contact";
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
    label: fieldNames[field],
    original: original && fieldText(field, original, home),
    theirs: fieldText(field, theirs, home),
    mine: fieldText(field, mine, home),
  }));
}

/** Who changed any of these fields last, of a contact's history with the newest first. */
export function lastToChange<Entry extends { changes: readonly { label: string }[] }>(
  entries: readonly Entry[],
  fields: readonly ContactField[],
): Entry | undefined {
  const labels = fields.map((field) => fieldNames[field]);
  return entries.find((entry) => entry.changes.some((change) => labels.includes(change.label)));
}

/** "Saved. Ben Okafor had changed Company meanwhile; that is kept." */
export function savedWords(
  kept: readonly ContactField[],
  by: { who: string | null; runId: string | null } | undefined,
): string {
  if (kept.length === 0) return "Saved.";
  const who = by?.runId ? "An import" : (by?.who ?? "Somebody else");
  const what = new Intl.ListFormat("en-GB").format(kept.map((field) => fieldNames[field]));
  return `Saved. ${who} had changed ${what} meanwhile; that is kept.`;
}
