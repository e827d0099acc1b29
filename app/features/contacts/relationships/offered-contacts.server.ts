/** Contacts to choose one of, for forms that speak of another contact. */
import { readView } from "~/features/contacts/list/contact-list";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { type ListedContact } from "~/features/contacts/list/list-row.server";
import { type Scope } from "~/platform/scope.server";

const MOST_OFFERED = 12;

export interface Offered {
  value: string;
  label: string;
  hint: string;
}

export interface OfferedContacts {
  query: string;
  offered: Offered[];
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
    offered: others.slice(0, MOST_OFFERED).map(toOffered),
    isCut: others.length > MOST_OFFERED,
  };
}

/** By their name, and what tells them from others of the same: company, town, email. */
export function toOffered({
  id,
  name,
  company,
  city,
  email,
}: Pick<ListedContact, "id" | "name" | "company" | "city" | "email">): Offered {
  return {
    value: id,
    label: name,
    hint: [company, city, email].filter((text) => text && text !== name).join(", "),
  };
}
