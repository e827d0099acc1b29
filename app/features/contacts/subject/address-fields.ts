/** A row may have several addresses: how their fields are called. */

/** Addresses of one row, each of fields of its own. */
export const MOST_ADDRESSES_OF_A_ROW = 10;

/** A field of the first, second, third … address (0, 1, 2 …). */
export function addressField(id: string, place: number): string {
  return place === 0 ? id : `${place + 1}:${id}`;
}

const ordinals = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];

export function addressName(place: number): string {
  return `${ordinals[place] ?? place + 1} address`;
}
