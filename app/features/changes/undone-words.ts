import { type LeftAlone, type NotUndone, type UndoneAtOnce } from "~/features/changes/undo.server";
import { UNDO_DAYS } from "~/features/changes/undo-window";

/** More would not be read, nor find room in the message. */
const MOST_TOLD = 3;

const refusals = {
  "not-found": "This is no longer there.",
  "not-all-yours": "This also changed contacts that others look after. An administrator can undo it.",
  "too-late": `This is more than ${UNDO_DAYS} days ago and cannot be undone any more.`,
  "nothing-changed": "This changed nothing, or what it changed was removed for good.",
  "at-work": "This is still at work. It can be undone once it has ended.",
  "came-again":
    "Some of this came in again since and would be here twice. What is missing comes in when it is read, or its file is sent, once more.",
  "undone-already": "This was undone already. Nothing was changed.",
};

interface Told {
  /** "2 contacts". */
  counted: (records: number) => string;
  /** What was undone was an undo itself. */
  isRedo: boolean;
}

/** What has come of undoing, in a sentence or two. */
export function undoneWords(result: UndoneAtOnce | NotUndone, { counted, isRedo }: Told): string {
  if (!result.ok) return refusals[result.reason];
  const { undone, leftAlone } = result;
  const word = isRedo ? "redone" : "undone";
  const done =
    undone === 0 ? `Nothing was ${word}.` : capital(undone === 1 ? `${word}.` : `${word} for ${counted(undone)}.`);
  if (leftAlone.length === 0) return done;
  const told = leftAlone.slice(0, MOST_TOLD).map(leftWords);
  const more = leftAlone.length - told.length;
  return `${done} Left as it is: ${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function leftWords({ name, what, why }: LeftAlone): string {
  if (name === null) return "what is no longer there";
  return `${shortened(name)}, ${what.charAt(0).toLowerCase()}${what.slice(1)} (${why ?? "changed since"})`;
}

/** A message has little room. */
function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}
