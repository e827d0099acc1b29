/** Text of somebody else's as one line without anything unseen, not longer than that. */
export function plainLine(text: string, most: number): string {
  const line = text
    .slice(0, most * 4)
    .replace(/[\p{C}\p{Z}\s]+/gu, " ")
    .trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}
