/** Several values of a kind, each with what it is called, as numbered columns. */

export interface Labelled {
  label: string | null;
  texts: readonly string[];
}

/** Between values of one cell, as Google itself writes them into a CSV file. */
const BETWEEN = " ::: ";

/**
 * Values that are called alike share a column, as in Google's own files; those that find no room any more share the last,
 * whose label then says what they have in common, if anything.
 */
export function grouped(values: readonly Labelled[], most: number): Labelled[] {
  const groups: Labelled[] = [];
  for (const { label, texts } of values) {
    const alike = groups.findIndex((group) => group.label === label && group.texts.length === texts.length);
    const at = alike < 0 ? Math.min(groups.length, most - 1) : alike;
    const there = groups[at];
    groups[at] = there ? together(there, { label, texts }) : { label, texts };
  }
  return groups;
}

function together(there: Labelled, more: Labelled): Labelled {
  return {
    label: there.label === more.label ? there.label : null,
    texts: there.texts.map((text, place) => text + BETWEEN + (more.texts[place] ?? "")),
  };
}

/** A list of one ends with what stands between two, so that a comma in it parts nothing. */
export function listed(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0] + BETWEEN : texts.join(BETWEEN);
}
