/** Which column holds the label or the note of which value: told once a file by how its columns stand. */

export interface Beside {
  /** By the value's column: where its label and its note stand. */
  label: ReadonlyMap<number, number>;
  note: ReadonlyMap<number, number>;
}

/**
 * @param mapping a field for each column; absent: labels stand before their values
 * Labels stand before their values (Google) or after them (our own): all as the first one does. Notes stand after.
 */
export function besideOf(
  rule: "email" | "phone",
  fields: readonly string[],
  mapping?: readonly string[],
): Beside | null {
  if (!mapping) return null;
  const values = placesOf(mapping, (field) => fields.includes(field));
  const labels = placesOf(mapping, (field) => field === `${rule}Label`);
  const notes = placesOf(mapping, (field) => field === `${rule}Note`);
  const labelsFirst = (labels[0] ?? 0) < (values[0] ?? 0);
  return { label: paired(labels, values, labelsFirst), note: paired(notes, values, false) };
}

function placesOf(mapping: readonly string[], is: (field: string) => boolean): number[] {
  return mapping.flatMap((field, place) => (is(field) ? [place] : []));
}

/** Each with the nearest value after it, or before it. */
function paired(places: readonly number[], values: readonly number[], isBefore: boolean): Map<number, number> {
  const found = new Map<number, number>();
  for (const place of places) {
    const value = isBefore ? values.find((at) => at > place) : values.findLast((at) => at < place);
    if (value !== undefined && !found.has(value)) found.set(value, place);
  }
  return found;
}
