import { countedContacts, isCustomField } from "~/features/contacts/contact";
import { type FieldDefinition, nameOfField } from "~/features/contacts/custom/custom-field";
import { type BuiltInSort, type ContactListView, shownColumns } from "~/features/contacts/list/contact-list";

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

const sortWords: Record<BuiltInSort, { by: string; ascending: string; descending: string }> = {
  name: { by: "name", ascending: "A to Z", descending: "Z to A" },
  company: { by: "company", ascending: "A to Z", descending: "Z to A" },
  email: { by: "email", ascending: "A to Z", descending: "Z to A" },
  city: { by: "city", ascending: "A to Z", descending: "Z to A" },
  created: { by: "when they were made", ascending: "oldest first", descending: "newest first" },
  changed: { by: "last change", ascending: "oldest first", descending: "newest first" },
};

/** "Sorted by city, A to Z." where no head of the table says it; "" where one does. */
export function sortLine(view: ContactListView, fields: readonly FieldDefinition[] = []): string {
  const { sort, order } = view;
  if (sort === "name" || shownColumns(view).includes(sort)) return "";
  if (!isCustomField(sort)) return `Sorted by ${sortWords[sort].by}, ${sortWords[sort][order]}.`;
  const by = `Sorted by ${nameOfField(sort, fields)}${order === "descending" ? ", from the last" : ""}`;
  // A field may be called "Client no."
  return by.endsWith(".") ? by : `${by}.`;
}
