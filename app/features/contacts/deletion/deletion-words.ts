import { type Deletion } from "~/features/contacts/deletion/deleted-contacts.server";

/** What goes with contacts that are deleted, in numbers; what is nought is left out. */
export function deletionChanges(
  { contacts, archived, relationships, marks, rows, executors }: Omit<Deletion, "ids" | "name"> & { contacts: number },
  locale: string,
): { value: string; label: string }[] {
  const lines: [count: number, one: string, many: string][] = [
    [
      contacts,
      "contact leaves lists, search and every other page",
      "contacts leave lists, search and every other page",
    ],
    [archived, "of them is archived", "of them are archived"],
    [
      executors,
      "of them is executor of an estate: its letters may then have nobody to go to",
      "of them are executors of an estate: its letters may then have nobody to go to",
    ],
    [relationships, "relationship is no longer shown", "relationships are no longer shown"],
    [marks, "do-not-contact mark goes, too", "do-not-contact marks go, too"],
    [rows, "row of an imported file was about them", "rows of imported files were about them"],
  ];
  return lines
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => ({ value: count.toLocaleString(locale), label: count === 1 ? one : many }));
}
