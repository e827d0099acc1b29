import { type Along } from "~/features/pipeline/corrections/undone-along.server";
import { countOf } from "~/features/pipeline/run/import-words";
import { formatDate, type Place } from "~/platform/time";

interface Told {
  /** Of the change that they go along with. */
  turn: number;
  place: Place;
  /** "3 contacts" */
  counted: (records: number) => string;
}

/** What is asked of the corrections before an import is undone or redone; null: there are none. */
export function alongWords(along: readonly Along[], { turn, ...told }: Told): { label: string; hint: string } | null {
  if (along.length === 0) return null;
  const which = along.map((each) => whichOf(each, told)).join("; ");
  if (turn % 2 === 1) return { label: "Bring the corrections back, too", hint: `They were undone with it: ${which}.` };
  const label = "Undo the corrections, too";
  if (turn > 0) return { label, hint: `They came back with it: ${which}.` };
  const count = along.reduce((total, each) => total + each.count, 0);
  return { label, hint: `${countOf(count, "corrected row", told.place.locale)} came in afterwards: ${which}.` };
}

/** More would not be read, nor find room in the message. */
const MOST_TOLD = 3;

/** Says of corrections that were not brought back that they were left, and why; by their files. */
export function cameAgainWords(files: readonly string[]): string {
  const names = files.slice(0, MOST_TOLD).map((name) => `“${name.length > 60 ? `${name.slice(0, 59)}…` : name}”`);
  const more = files.length - names.length;
  const which = names.join(", ") + (more > 0 ? ` and ${more} more` : "");
  const isOne = files.length === 1;
  return `Left as ${isOne ? "it is" : "they are"}: ${which}. Rows of ${isOne ? "it" : "them"} came in again since, by another import, and would be here twice.`;
}

/** "20 rows on 3 May 2026 as “Clients.xlsx”", "3 contacts of “Clients.xlsx”" */
function whichOf({ fileName, count, at }: Along, { place, counted }: Omit<Told, "turn">): string {
  if (at === null) return `${counted(count)} of “${fileName}”`;
  return `${countOf(count, "row", place.locale)} on ${formatDate(place, at)} as “${fileName}”`;
}
