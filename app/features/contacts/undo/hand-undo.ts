/** What becomes of what a person typed and pinned when one of their changes is taken back. Pure. */
import { type ContactField, type ContactValues, fieldsIn, keysOf } from "~/features/contacts/contact";

type Data = Partial<ContactValues>;
type Pin = { at: string; by: string | null };
type Pins = Partial<Record<ContactField, Pin>>;

/** The by-hand record's data (null: there is none) and the pins. */
export interface Hand {
  byHand: Data | null;
  pinned: Pins;
}

export interface HandUndo {
  /** What it is to be. */
  hand: Hand;
  /** Fields that were put back. */
  putBack: ContactField[];
  /** Fields that somebody changed since. */
  changedSince: ContactField[];
}

/**
 * Field by field: what is as the change left it (`after`) becomes what it was (`before`), the rest stays as it is.
 * `editedToo`: what is no longer as it left it does, too.
 */
export function undoHand(
  { before, after, now }: { before: Hand; after: Hand; now: Hand },
  { editedToo = false } = {},
): HandUndo {
  const touched = touchedFields(before, after);
  const putBack = touched.filter((field) => editedToo || isSame(field, now, after));
  const changedSince = touched.filter((field) => !putBack.includes(field));
  const asLeft = changedSince.length === 0 && sameJson(now.byHand, after.byHand);
  return {
    hand: {
      // As a whole where it can be, so that even the order of what is stored is as it was.
      byHand: asLeft ? before.byHand : mixed(before, now, putBack),
      pinned: withPins(now.pinned, before.pinned, putBack),
    },
    putBack,
    changedSince,
  };
}

/** What a change made different by hand. */
export function touchedFields(before: Hand, after: Hand): ContactField[] {
  const said = [before, after].flatMap(({ byHand, pinned }) => [byHand, pinned]);
  return fieldsIn(...said).filter((field) => !isSame(field, before, after));
}

/** These fields as they were `before`, all others as they are. */
export function handBackTo(before: Hand, now: Hand, fields: readonly ContactField[]): Hand {
  return { byHand: mixed(before, now, fields), pinned: withPins(now.pinned, before.pinned, fields) };
}

function isSame(field: ContactField, one: Hand, other: Hand): boolean {
  return (
    sameJson(partOf(field, one.byHand), partOf(field, other.byHand)) &&
    sameJson(one.pinned[field] ?? null, other.pinned[field] ?? null)
  );
}

/** What the record says of a field; a value that is not there says something else than null. */
function partOf(field: ContactField, data: Data | null): unknown[] {
  return keysOf(field).map((key) => (data && key in data ? [data[key]] : null));
}

function mixed(before: Hand, now: Hand, putBack: readonly ContactField[]): Data | null {
  const keys: readonly string[] = putBack.flatMap((field) => [...keysOf(field)]);
  const kept = Object.entries(now.byHand ?? {}).filter(([key]) => !keys.includes(key));
  const back = Object.entries(before.byHand ?? {}).filter(([key]) => keys.includes(key));
  const data = Object.fromEntries([...kept, ...back]) as Data;
  return before.byHand === null && Object.keys(data).length === 0 ? null : data;
}

function withPins(now: Pins, before: Pins, putBack: readonly ContactField[]): Pins {
  const pins = { ...now };
  for (const field of putBack) {
    if (before[field]) pins[field] = before[field];
    else delete pins[field];
  }
  return pins;
}

/** Parts of a list may be noted in any order by different hands; what one command wrote and another reads is not. */
function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
