/** Contacts to choose one of, for forms that speak of another contact. */
import { readView } from "~/features/contacts/list/contact-list";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { type Scope } from "~/platform/scope.server";

const MOST_OFFERED = 12;

export interface OfferedContacts {
  query: string;
  offered: { value: string; label: string; hint: string }[];
  /** There are more than are offered. */
  isCut: boolean;
}

/** Those that a search finds, but for one; nothing without a word to search for. */
export async function offerContacts(scope: Scope, typed: string | null, exceptId: string): Promise<OfferedContacts> {
  const view = readView(new URLSearchParams({ q: typed ?? "" }));
  const found = view.query ? await listContacts(scope, view) : null;
  const others = found?.contacts.filter((other) => other.id !== exceptId) ?? [];
  return {
    query: view.query,
    offered: others.slice(0, MOST_OFFERED).map(({ id, name, company, email }) => ({
      value: id,
      label: name,
      hint: [company === name ? null : company, email].filter(Boolean).join(", "),
    })),
    isCut: others.length > MOST_OFFERED,
  };
}
