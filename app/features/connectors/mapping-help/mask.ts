/** What is shown of a value outside the house: its shape, and nothing that it says. */

const MOST_LETTERS = 4;
const MOST_DIGITS = 8;
const MOST_CHARACTERS = 40;
/** Longer values are looked at as far as this. */
const MOST_LOOKED_AT = 200;

/** What shapes are told by: emails, phones, dates, addresses. Whatever else is no letter or digit becomes a `?`. */
const kept = /[@.,;:+\-/\\()_&#%'"*=|]/;

/**
 * Letters become x (X where it begins with a capital), at most four in a row; digits become 9, at most eight in a row.
 * So all that is left of somebody's name is that it was one or two words: "Folasade Adebayo" is "Xxxx Xxxx".
 */
export function mask(value: string): string {
  const shape = value
    .slice(0, MOST_LOOKED_AT)
    .normalize("NFKC")
    .trim()
    .replace(/[\p{L}\p{M}]+|\p{N}+|\s+|[^]/gu, maskPiece);
  return shape.length > MOST_CHARACTERS ? `${shape.slice(0, MOST_CHARACTERS).trimEnd()}…` : shape;
}

function maskPiece(piece: string): string {
  if (/^[\p{L}\p{M}]/u.test(piece)) return maskWord(piece);
  if (/^\p{N}/u.test(piece)) return "9".repeat(Math.min([...piece].length, MOST_DIGITS));
  if (/^\s/.test(piece)) return " ";
  return kept.test(piece) ? piece : "?";
}

function maskWord(word: string): string {
  const letters = Math.min([...word].length, MOST_LETTERS);
  if (/^[\p{Lu}\p{M}]+$/u.test(word)) return "X".repeat(letters);
  return (/^\p{Lu}/u.test(word) ? "X" : "x") + "x".repeat(letters - 1);
}

/** So many different shapes of a column's values, in their order. */
export function maskedSamples(values: readonly string[], most: number): string[] {
  const shapes = new Set<string>();
  for (const value of values) {
    if (shapes.size >= most) break;
    const shape = mask(value);
    if (shape !== "") shapes.add(shape);
  }
  return [...shapes];
}
