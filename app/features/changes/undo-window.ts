import { DAY_MS } from "~/platform/time";

/** How long a change can be undone, and what was deleted is kept. */
export const UNDO_DAYS = 30;
export const UNDO_MS = UNDO_DAYS * DAY_MS;

/** What has more entries is undone by a job. */
export const MOST_AT_ONCE = 300;

/** The button that takes back a change, for the message that tells of it. Null where nothing was changed. */
export function undoLink(slug: string, changeSetId: string | null, label = "Undo") {
  if (changeSetId === null) return undefined;
  return { label, href: `/${slug}/changes/${changeSetId}/undo`, method: "post" } as const;
}
