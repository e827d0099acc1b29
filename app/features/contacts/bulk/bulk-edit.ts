/** A change of many contacts at once. Pure. */
import { type Channel } from "~/features/contacts/consent/consent";
import { type CustomField, isCustomField } from "~/features/contacts/contact";

/** Fields that hold one value, which many contacts may have alike. */
export const bulkFields = ["company", "jobTitle", "kind", "language", "timeZone", "notes"] as const;
export type BuiltInBulkField = (typeof bulkFields)[number];
/** Built in, or of the account's own. */
export type BulkField = BuiltInBulkField | CustomField;

export function isBuiltIn(field: BulkField): field is BuiltInBulkField {
  return !isCustomField(field);
}

export type BulkChange =
  | { what: "tag" | "untag"; tags: string[] }
  /** Null: emptied. */
  | { what: "field"; field: BulkField; value: string | null }
  /** Null: nobody. */
  | { what: "owner"; ownerId: string | null; ownerName: string | null }
  /** Only ever stricter. */
  | { what: "marks"; channels: Channel[]; reason: string }
  | { what: "archive" | "unarchive" | "delete" };

export const bulkStates = ["collecting", "ready", "waiting", "running", "done", "cancelled", "failed"] as const;
export type BulkState = (typeof bulkStates)[number];

export function isAtWork(state: BulkState): boolean {
  return state === "collecting" || state === "waiting" || state === "running";
}

/** A change of what a contact says, which is typed and pinned as on its form. */
export type HandBulk = Extract<BulkChange, { what: "tag" | "untag" | "field" }>;

export function isByHand(change: BulkChange): change is HandBulk {
  return change.what === "tag" || change.what === "untag" || change.what === "field";
}
