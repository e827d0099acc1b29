/** The list that a person came from is carried along in the address, so that they come back to the same row of it. */

/** A path that carries the list along; null: there is none but the plain list, which goes without saying. */
export function withBack(path: string, list: string | null): string {
  return list ? `${path}?back=${encodeURIComponent(list)}` : path;
}

/** What the row of a contact is called in a list. */
export function rowId(contactId: string): string {
  return `contact-${contactId}`;
}

/** A list's address, at the row of a contact. */
export function rowOf(list: string, contactId: string): string {
  return `${list}#${rowId(contactId)}`;
}
