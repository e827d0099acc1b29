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
  const label = tail.turn % 2 === 0 ? "Undo" : "Redo";
  const whyNot = whyItStays(scope, change) ?? notNow(scope, { ...tail, isWritten: change.eventId !== null });
  return {
    whyNot: whyNot ?? (scope.ownOnly && (isImport || isLong(change)) ? "An administrator can undo it" : null),
    ...{ target: tail.id, label, asks: tail.turn === 0 && (isImport || isLong(change)) },
  };
}

/** It is undone, and what would undo that stands in a line of its own. */
function whyItStays(scope: Scope, { last, turn, undone }: Change): string | null {
  if (!last || !undone) return null;
  const place = (at: string, by: string | null) => [by && `by ${by}`, formatInstant(scope.place, at)];
  const told = (word: string, at: string, by: string | null) => `${word} ${place(at, by).filter(Boolean).join(", ")}`;
  if (turn > 0) return told(turn % 2 === 1 ? "Redone" : "Undone", undone.at, undone.by);
  return last.turn % 2 === 1 ? told("Undone", last.at, last.by) : null;
}

function notNow(scope: Scope, { at, isWritten }: { at: string; isWritten: boolean }): string | null {
  if (!isWritten) return "Still at work";
  return at < later(scope.clock.now(), -UNDO_MS) ? `More than ${UNDO_DAYS} days ago` : null;
}

function isLong({ counts }: Change): boolean {
  return Object.values(counts).some((count) => count > MOST_AT_ONCE);
}
