import { type RestoreValueResult } from "~/features/contacts/history/restore-value.server";

/** What has come of restoring an old value, in a sentence. */
export function restoredWords(label: string, result: RestoreValueResult): string {
  if (result.ok) return `${label} restored, and pinned: no import overwrites it.`;
  if (result.reason === "says-so-already") return `${label} says so already. Nothing was changed.`;
  if (result.reason === "not-possible") return `${label} cannot be restored like this any more. ${result.message}`;
  return `${label} cannot be restored: there would be nothing left to know this contact by.`;
}
