import { countedContacts } from "~/features/contacts/contact";
import { type AboutUndo, type Stays } from "~/features/contacts/undo/about-undo.server";

/** What of a change would stay if it were undone, in sentences with numbers. */
export function stayWords({ made, stays }: Pick<AboutUndo, "made" | "stays">, locale: string): string[] {
  const { madeChanged, madeKnown, changed, deleted } = stays;
  const that = (count: number, more: string) =>
    `${countedContacts(count, locale)}${more} ${count === 1 ? "stays" : "stay"}`;
  const ofThem = (count: number) => (count === 1 ? "it" : "them");
  const words = [
    ...(madeChanged > 0 ? [`${that(madeChanged, " that it made")}, as something was changed since.`] : []),
    ...(madeKnown > 0
      ? [
          `${that(madeKnown, " that it made")}, as a later run or another source says something of ${ofThem(madeKnown)}.`,
        ]
      : []),
    ...(changed > 0
      ? [
          `Of ${made > 0 ? `${changed.toLocaleString(locale)} of the others` : countedContacts(changed, locale)} something was changed since.`,
        ]
      : []),
    ...(deleted > 0 ? [`${countedContacts(deleted, locale)} ${deleted === 1 ? "was" : "were"} deleted since.`] : []),
  ];
  return nothingStays(stays) ? ["Nothing of it was changed since, so nothing stays."] : words;
}

export function nothingStays(stays: Stays): boolean {
  return Object.values(stays).every((count) => count === 0);
}
