/**
 * Several values of one cell stand apart by `:::`, as Google writes them into its files; one alone may have it behind it, so
 * that a comma in it parts nothing. For the reader of contacts: people are shown the values.
 */
const APART = /\s*:::\s*/;

export function valuesIn(cell: string): string[] {
  return cell.split(APART).filter((value) => value.trim() !== "");
}
