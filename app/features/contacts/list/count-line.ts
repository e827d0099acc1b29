import { countedContacts } from "~/features/contacts/contact";
import { type ContactListView } from "~/features/contacts/list/contact-list";

/** What a list of contacts is of, in one line: "284 companies." */
export function countLine(
  view: ContactListView,
  { total, capped }: { total: number; capped: boolean },
  locale: string,
): string {
  const count = total.toLocaleString(locale) + (capped ? "+" : "");
  if (view.query) return `${count} found for “${view.query}”.`;
  if (view.archived && total === 0) return "Whoever is put aside is here, and in no other list and no search.";
  if (view.archived) return `${count} put aside. They are in no list and no search but this one.`;
  const isOneSort = view.kind !== null || view.tagId !== null || total === 1;
  if (isOneSort) return `${countedContacts(total, locale, { kind: view.kind, text: count })}.`;
  return `${count} people, companies and estates.`;
}
