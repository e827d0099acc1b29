/** Two people changed the same contact: what becomes of it, field by field. Pure. */
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { type ContactField, type ContactValues, keysOf, saidOf } from "~/features/contacts/contact";

export interface EditMerge {
  /** What only one of the two changed, as they did; of a clash mine. */
  merged: ContactValues;
  /** What only they changed. */
  kept: ContactField[];
  /** What both changed, to different things. */
  clashes: ContactField[];
}

/** Whose to take of each field that both changed. */
export type EditChoices = Partial<Record<ContactField, "mine" | "theirs">>;

export interface EditSides {
  /** What the contact said when the form was opened; null when nobody knows: then all that differs is a clash. */
  original: ContactValues | null;
  theirs: ContactValues;
  mine: ContactValues;
}

export function mergeEdit({ original, theirs, mine }: EditSides): EditMerge {
  const different = changedFieldsOf(theirs, mine);
  if (!original) return { merged: mine, kept: [], clashes: different };
  const mineChanged = new Set(changedFieldsOf(original, mine));
  const theirsChanged = new Set(changedFieldsOf(original, theirs));
  const kept = different.filter((field) => !mineChanged.has(field));
  return {
    merged: withFields(mine, kept, theirs),
    kept,
    clashes: different.filter((field) => mineChanged.has(field) && theirsChanged.has(field)),
  };
}

/** `values`, but with these fields as `from` has them. */
export function withFields(values: ContactValues, fields: readonly ContactField[], from: ContactValues): ContactValues {
  const keys = fields.flatMap((field) => [...keysOf(field)]);
  return { ...values, ...saidOf(keys, from) };
}
