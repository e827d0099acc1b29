import { type Attention } from "~/features/contacts/home/attention.server";
import { addDays, formatDate, type Place } from "~/platform/time";

/** One thing of the home page's list: what kind of thing, whom it is about, and what to do or to know. */
export interface ToDo {
  key: string;
  label: string;
  /** Null: the words alone. */
  href: string | null;
  who: string;
  words: string;
}

/** "turns 68 on 14 March 2026", "has a birthday today". */
export function birthdayWords(
  { on, turns }: { on: string; turns: number | null },
  today: string,
  place: Place,
): string {
  const what = turns === null ? "has a birthday" : `turns ${turns}`;
  if (on === today) return `${what} today`;
  if (on === addDays(today, 1)) return `${what} tomorrow`;
  return `${what} on ${formatDate(place, on)}`;
}

const moreEstates: ToDo = {
  key: "more estates",
  label: "Estate",
  href: "contacts?kind=estate",
  who: "More estates",
  words: "have nobody to write to",
};

const moreBirthdays: ToDo = {
  key: "more birthdays",
  label: "Birthday",
  href: null,
  who: "More people",
  words: "have their birthday within a week",
};

export function contactToDos({ birthdays, estatesAlone, isMore }: Attention, today: string, place: Place): ToDo[] {
  return [
    ...estatesAlone.map(({ id, name }) => ({
      key: `estate ${id}`,
      label: "Estate",
      href: `contacts/${id}`,
      who: name,
      words: "has nobody to write to: say who is executor or attorney, and at which address",
    })),
    ...(isMore.estatesAlone ? [moreEstates] : []),
    ...birthdays.map(({ id, name, ...next }) => ({
      key: `birthday ${id}`,
      label: "Birthday",
      href: `contacts/${id}`,
      who: name,
      words: birthdayWords(next, today, place),
    })),
    ...(isMore.birthdays ? [moreBirthdays] : []),
  ];
}
