/** A contact's place in the list that a person came from, and who stands beside it there. */
import { type ContactListView, COUNT_LIMIT, PAGE_SIZE } from "~/features/contacts/list/contact-list";

/** A contact beside another one, with the list to come back to: turned to the page that it stands on. */
export interface Neighbour {
  id: string;
  name: string;
  view: ContactListView;
}

export interface Neighbours {
  /** From 1; null where it is in the list no more, or too far from its page to be counted. */
  place: number | null;
  total: number;
  /** Counting stopped at `total`. */
  capped: boolean;
  previous: Neighbour | null;
  next: Neighbour | null;
}

export interface NeighbourRow {
  id: string;
  sort_key: string;
  previous_id: string | null;
  previous_name: string | null;
  next_id: string | null;
  next_name: string | null;
  few: number;
  listed: number;
  total: number;
  steps_in: number;
  steps_out: number;
}

/** Counting of steps stops here. */
const TOO_FAR = 1_001;

export function toNeighbours(view: ContactListView, row: NeighbourRow): Neighbours {
  const place = placeOf(view, row);
  return {
    place,
    total: Math.max(Math.min(row.total, COUNT_LIMIT), place ?? 0),
    capped: row.total > COUNT_LIMIT,
    previous: neighbour(row.previous_id, row.previous_name, turned(view, row, place, -1)),
    next: neighbour(row.next_id, row.next_name, turned(view, row, place, 1)),
  };
}

function neighbour(id: string | null, name: string | null, view: ContactListView): Neighbour | null {
  return id === null ? null : { id, name: name ?? "", view };
}

/** Of few it is counted from the beginning, of many from where the page begins, whose place the address says. */
function placeOf(view: ContactListView, row: NeighbourRow): number | null {
  if (row.listed === 0) return null;
  if (row.few === 1) return row.steps_in + 1;
  if (row.steps_in >= TOO_FAR || row.steps_out >= TOO_FAR) return null;
  const place = namedPlace(view) + stepsFromNamed(view, row);
  return place >= 1 ? place : null;
}

/** From the row that the address names: forwards, or (less than none) back. */
function stepsFromNamed(view: ContactListView, row: NeighbourRow): number {
  const { cursor } = view;
  if (cursor?.id === row.id && cursor.key === row.sort_key) return 0;
  // One of the two ways has none; where both have, the key says on which side it stands.
  const isAfter = row.steps_in > 0 || (row.steps_out === 0 && isBeyond(view, row));
  return isAfter ? row.steps_in + 1 : -row.steps_out - 1;
}

/** The place of the row that a page's address names: the last one before it, or the first one after it. */
function namedPlace({ cursor }: ContactListView): number {
  if (!cursor) return 0;
  return cursor.direction === "next" ? cursor.place : cursor.place + 1;
}

function isBeyond({ cursor, order }: ContactListView, { sort_key, id }: NeighbourRow): boolean {
  if (!cursor) return true;
  const later = cursor.key === sort_key ? id > cursor.id : inBytes(sort_key, cursor.key) > 0;
  return later === (order === "ascending");
}

/** As both databases compare text: by code points. */
function inBytes(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, place) => character !== right[place]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

/** The list's page that the next or previous contact is on: the one after or before this, where this one was at its end. */
function turned(view: ContactListView, row: NeighbourRow, place: number | null, step: 1 | -1): ContactListView {
  if (place === null) return view;
  const first = firstPlace(view);
  const to = place + step;
  const named = { key: row.sort_key, id: row.id };
  if (to >= first + PAGE_SIZE) return { ...view, cursor: { ...named, direction: "next", place } };
  if (to < first) return { ...view, cursor: { ...named, direction: "previous", place: place - 1 } };
  return view;
}

function firstPlace({ cursor }: ContactListView): number {
  if (!cursor) return 1;
  return cursor.direction === "next" ? cursor.place + 1 : Math.max(1, cursor.place - PAGE_SIZE + 1);
}
