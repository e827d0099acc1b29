/** Fields that name somebody or something, the best first; those of one line belong together. */
const naming = [
  ...[["name"], ["wholeName"], ["listName"], ["givenName", "familyName"], ["company"], ["email"]],
  ...[["number"], ["orderNumber"], ["transactionId"]],
];

/** What a record calls itself, by where the mapping sends its cells: its id tells people nothing. "" where it says no name. */
export function nameInCells(cells: readonly { field: string; text: string }[]): string {
  for (const fields of naming) {
    const name = fields
      .map((field) => cells.find((cell) => cell.field === field && cell.text.trim() !== "")?.text.trim())
      .filter(Boolean)
      .join(" ");
    if (name !== "") return name;
  }
  return "";
}
