import { type Channel, channels } from "~/features/contacts/consent/consent";
import { refuse } from "~/features/contacts/subject/contact-subject-text";
import { oneLine } from "~/features/contacts/values/typed-text";
import { type MappedCell, type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** Channels that a row says are not to be used. "No" says nothing: a file never lifts a mark. */

export const consentFields: Readonly<Record<Channel, string>> = {
  email: "noEmail",
  phone: "noPhone",
  letter: "noLetters",
};

const yes =
  "yes, y, true, 1, x, ok, on, ✓, ✔, ✗, ☑, ja, j, wahr, oui, o, vrai, si, sí, sì, s, verdadero, vero, sim, waar, tak, prawda, stop, opt-out, opt out, opted out, unsubscribed, abgemeldet";
const no =
  "no, n, false, 0, off, -, –, ☐, nein, falsch, non, faux, falso, não, nao, nee, onwaar, nie, fałsz, none, n/a";
const words = new Map([
  ...yes.split(", ").map((word) => [word, true] as const),
  ...no.split(", ").map((word) => [word, false] as const),
]);

/** The day on which they said so, as lists of people who unsubscribed have it. */
const aDay = /^\d{4}-\d\d?-\d\d?|^\d\d?[./-]\d\d?[./-]\d{2,4}/;

/** Null where it says neither. */
function saysYes(cell: MappedCell): boolean | null {
  const text = oneLine(cell.text).toLowerCase();
  return words.get(text) ?? (aDay.test(text) ? true : null);
}

export function noContactOf(row: MappedRow): Channel[] {
  return channels.filter((channel) => row.get(consentFields[channel])?.some((cell) => saysYes(cell)));
}

export function unreadableConsent(row: MappedRow): Refusal[] {
  return channels
    .flatMap((channel) => row.get(consentFields[channel]) ?? [])
    .filter((cell) => saysYes(cell) === null)
    .map((cell) => refuse(cell, "Write yes where this is not to be used, or leave the cell empty.", "yes-no"));
}
