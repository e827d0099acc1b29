import { type Change } from "~/features/changes/list-changes.server";
import { UNDO_DAYS, UNDO_MS } from "~/features/changes/undo-window";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, later } from "~/platform/time";

/** Why a change cannot be undone, in a few words; null: it can. */
export function whyNotUndone(scope: Scope, { at, undone, eventId }: Change): string | null {
  if (undone) return `Undone ${[undone.by, formatInstant(scope.place, undone.at)].filter(Boolean).join(", ")}`;
  if (eventId === null) return "Still at work";
  return at < later(scope.clock.now(), -UNDO_MS) ? `More than ${UNDO_DAYS} days ago` : null;
}
