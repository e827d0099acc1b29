import { type ContactListView, readView } from "~/features/contacts/list/contact-list";

/** The view that a list's address means: `/acme/contacts?q=brandt`. */
export function viewOfList(address: string): ContactListView {
  const [, query = ""] = /\?([^#]*)/.exec(address) ?? [];
  return readView(new URLSearchParams(query));
}

/** Whether a list's address is as short as it can be: a form also sends its controls that were left alone. */
export function isTidy(params: URLSearchParams): boolean {
  return ![...params].some(([name, value]) => value === "" || name === "move") && params.getAll("columns").length <= 1;
}

/** Cities to suggest: those on the page, the most frequent first. */
export function citiesOf(contacts: readonly { city: string | null }[]): string[] {
  const counts = new Map<string, number>();
  for (const { city } of contacts) if (city) counts.set(city, (counts.get(city) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([city]) => city);
}
