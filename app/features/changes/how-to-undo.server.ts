/** Whether and how a change is undone, in words for a page: by the rules that `lookAt` goes by when it is. */
import { type Change } from "~/features/changes/list-changes.server";
import { hasOwnWay, isForJob, isTooLate, UNDO_DAYS } from "~/features/changes/undo-window";
import { type Undoing } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";
import { formatInstant } from "~/platform/time";

export interface HowToUndo {
  /** Why not, in a few words; null: it can be undone. */
  whyNot: string | null;
  /** The change set to undo: of what was undone and redone it is the redo. */
  target: string;
  label: "Undo" | "Redo";
  /** There may be much of it: its own page asks what is to become of what was changed since. */
  asks: boolean;
}

export const CAME_AGAIN = "What it brought has come in again since, so it cannot be redone";

type Ways = Pick<Undoing, "ownWays">;

export function howToUndo(scope: Scope, change: Change, { ownWays }: Ways): HowToUndo {
  const tail = change.last ?? change;
  return {
    whyNot: whyNot(scope, change, { ownWays }),
    target: tail.id,
    label: tail.turn % 2 === 0 ? "Undo" : "Redo",
    asks: tail.turn === 0 && isForJob(ownWays, change),
  };
}

/** The same, where it is also looked up whether what was undone has come in again since: then it is not redone. */
export async function howToUndoNow(
  scope: Scope,
  change: Change,
  { ownWays, cameAgain }: Pick<Undoing, "ownWays" | "cameAgain">,
): Promise<HowToUndo> {
  const how = howToUndo(scope, change, { ownWays });
  const isOwn = hasOwnWay(ownWays, change.undoOf?.rootAction ?? change.action);
  if (!isOwn || how.whyNot !== null || how.label === "Undo") return how;
  const again = await cameAgain(scope, change.undoOf?.rootId ?? change.id);
  return again ? { ...how, whyNot: CAME_AGAIN } : how;
}

function whyNot(scope: Scope, change: Change, { ownWays }: Ways): string | null {
  // Also of what undid it: the way back of an import is that of its redo.
  const isOwn = hasOwnWay(ownWays, change.undoOf?.rootAction ?? change.action);
  const why = whyItStays(scope, change) ?? nothingChanged(change, isOwn) ?? notNow(scope, change.last ?? change);
  return why ?? (scope.ownOnly && isOwn ? OF_EVERYBODY : null);
}

const OF_EVERYBODY = "An administrator can undo it";

/** It is undone, and what would undo that stands in a line of its own. */
function whyItStays(scope: Scope, change: Change): string | null {
  const { last, turn, undone } = change;
  // Undone without a line: there was nothing to put back.
  const stays = last ? turn > 0 || last.turn % 2 === 1 : undone !== null;
  return stays ? whatCameOfIt(scope, change) : null;
}

/** "Undone by Ann Okafor, 3 May 2026, 10:04"; null where nothing came of it yet. */
export function whatCameOfIt({ place }: Scope, { last, turn, undone }: Change): string | null {
  if (!undone) return null;
  const told = (word: string, { at, by }: { at: string; by: string | null }) =>
    `${word}${by ? ` by ${by}` : ""}, ${formatInstant(place, at)}`;
  if (turn > 0) return told(turn % 2 === 1 ? "Redone" : "Undone", undone);
  return last && last.turn % 2 === 0 ? told("Undone, and redone", last) : told("Undone", last ?? undone);
}

function nothingChanged({ turn, counts, hasEntries, eventId }: Change, isOwn: boolean): string | null {
  const { created = 0, changed = 0, undone = 0 } = counts;
  // A run may have changed something without taking anything in; of old ones the entries are gone.
  const isNothing = turn > 0 ? undone === 0 : isOwn && created + changed === 0 && !hasEntries;
  return eventId !== null && isNothing ? "It changed nothing" : null;
}

function notNow({ clock }: Scope, { at, eventId }: { at: string; eventId: string | null }): string | null {
  if (eventId === null) return "Still at work";
  return isTooLate(clock.now(), at) ? `More than ${UNDO_DAYS} days ago` : null;
}
