/** The rules of what can be undone, and how: each stands here alone, for those who ask and for whoever does it. */
import { DAY_MS, later } from "~/platform/time";

/** How long a change can be undone, and what was deleted is kept. */
export const UNDO_DAYS = 30;
export const UNDO_MS = UNDO_DAYS * DAY_MS;

/** Whatever was done before this instant can be undone no more. */
export function undoableSince(now: string): string {
  return later(now, -UNDO_MS);
}

export function isTooLate(now: string, at: string): boolean {
  return at < undoableSince(now);
}

/** What has more entries is undone by a job. */
export const MOST_AT_ONCE = 300;

/** By verb, as in `Undoing`. */
type OwnWays = Readonly<Record<string, unknown>>;

/** Whether what this verb does has a way back of its own, as an import has. */
export function hasOwnWay(ownWays: OwnWays, action: string): boolean {
  return action in ownWays;
}

/** Whether a job undoes it. `isMuch`: it has more than `MOST_AT_ONCE` entries. */
export function isForJob(ownWays: OwnWays, { action, isMuch }: { action: string; isMuch: boolean }): boolean {
  return isMuch || hasOwnWay(ownWays, action);
}

/** The button that takes back a change, for the message that tells of it. Null where nothing was changed. */
export function undoLink(slug: string, changeSetId: string | null, label = "Undo") {
  if (changeSetId === null) return undefined;
  return { label, href: `/${slug}/changes/${changeSetId}/undo`, method: "post" } as const;
}
