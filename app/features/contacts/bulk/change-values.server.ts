/** What a contact says after a change of many. Pure. */
import { type BulkField, type HandBulk } from "~/features/contacts/bulk/bulk-edit";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { type ContactField, type ContactKind, type ContactValues, isKnown } from "~/features/contacts/contact";
import { fold } from "~/platform/fold.server";

/** What a contact is to say. Nothing happens to whoever could not be known any more. */
export function changedBy(values: ContactValues, change: HandBulk): { values: ContactValues; fields: ContactField[] } {
  const wanted = wantedBy(values, change);
  if (!isKnown(wanted)) return { values, fields: [] };
  return { values: wanted, fields: changedFieldsOf(values, wanted) };
}

function wantedBy(values: ContactValues, change: HandBulk): ContactValues {
  if (change.what === "field") return { ...values, ...fieldValue(change) };
  const keys = new Set(change.tags.map(fold));
  if (change.what === "untag") return { ...values, tags: values.tags.filter((tag) => !keys.has(fold(tag))) };
  const known = new Set(values.tags.map(fold));
  return { ...values, tags: [...values.tags, ...change.tags.filter((tag) => !known.has(fold(tag)))] };
}

function fieldValue({ field, value }: { field: BulkField; value: string | null }): Partial<ContactValues> {
  return field === "kind" ? { kind: value as ContactKind } : { [field]: value };
}
