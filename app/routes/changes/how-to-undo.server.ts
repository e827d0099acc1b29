import { undoing } from "~/composition.server";
import { type Change } from "~/features/changes/list-changes.server";
import { MOST_AT_ONCE, UNDO_DAYS, UNDO_MS } from "~/features/changes/undo-window";
import { type Scope } from "~/platform/scope.server";
import { formatInstant, later } from "~/platform/time";

export interface HowToUndo {
  /** Why not, in a few words; null: it can be undone. */
  whyNot: string | null;
  /** The change set to undo: of what was undone and redone it is the redo. */
  target: string;
  label: "Undo" | "Redo";
  /** There may be much of it: its own page asks what is to become of what was changed since. */
  asks: boolean;
}

/** Whether and how a change is undone from the list or its page. `isImport`: it is one, or undoes one. */
export function howToUndo(scope: Scope, change: Change, isImport: boolean): HowToUndo {
  const tail = change.last ?? { id: change.id, turn: change.turn, at: change.at };
  const isMuch = isImport || isLong(change);
  const whyNot =
    whyItStays(scope, change) ??
    nothingChanged(change, isImport) ??
    notNow(scope, { ...tail, isWritten: change.eventId !== null });
  return {
    whyNot: whyNot ?? notOne(scope, isImport),
    target: tail.id,
    label: tail.turn % 2 === 0 ? "Undo" : "Redo",
    asks: tail.turn === 0 && isMuch,
  };
}

/** The same, where it must also be looked up whether what was undone has come in again since: then it is not redone. */
export async function howToUndoNow(scope: Scope, change: Change, isImport: boolean): Promise<HowToUndo> {
  const how = howToUndo(scope, change, isImport);
  if (!isImport || how.whyNot !== null || how.label === "Undo") return how;
  const cameAgain = await undoing.cameAgain(scope, change.undoOf?.rootId ?? change.id);
  return cameAgain ? { ...how, whyNot: "Its rows have come in again since, so it cannot be redone" } : how;
}

/** An import is of everybody's. */
function notOne({ ownOnly }: Scope, isImport: boolean): string | null {
  return ownOnly && isImport ? "An administrator can undo it" : null;
}

/** It is undone, and what would undo that stands in a line of its own. */
function whyItStays(scope: Scope, change: Change): string | null {
  const { last, turn } = change;
  return last && (turn > 0 || last.turn % 2 === 1) ? whatCameOfIt(scope, change) : null;
}

/** "Undone by Ann Okafor, 3 May 2026, 10:04"; null where nothing came of it yet. */
export function whatCameOfIt({ place }: Scope, { last, turn, undone }: Change): string | null {
  if (!last || !undone) return null;
  const told = (word: string, { at, by }: { at: string; by: string | null }) =>
    `${word}${by ? ` by ${by}` : ""}, ${formatInstant(place, at)}`;
  if (turn > 0) return told(turn % 2 === 1 ? "Redone" : "Undone", undone);
  return told(last.turn % 2 === 1 ? "Undone" : "Undone, and redone", last);
}

function nothingChanged({ turn, counts, eventId }: Change, isImport: boolean): string | null {
  const { created = 0, changed = 0, undone = 0 } = counts;
  const isNothing = turn > 0 ? undone === 0 : isImport && created + changed === 0;
  return eventId !== null && isNothing ? "It changed nothing" : null;
}

function notNow(scope: Scope, { at, isWritten }: { at: string; isWritten: boolean }): string | null {
  if (!isWritten) return "Still at work";
  return at < later(scope.clock.now(), -UNDO_MS) ? `More than ${UNDO_DAYS} days ago` : null;
}

function isLong({ counts }: Change): boolean {
  return Object.values(counts).some((count) => count > MOST_AT_ONCE);
}
