import { isPunctuation } from "~/features/contacts/search/search-terms.server";
import { fold } from "~/platform/fold.server";
import { type HitRange } from "~/ui/mark";

/** Where a search hit a text, so that it can be marked there. Counted in the text as it is shown, not as it is folded. */

export interface HitOptions {
  /** A word of a single character only ever begins a word of the name. */
  isName?: boolean;
}

export function hitRanges(
  text: string | null,
  words: readonly string[],
  { isName = false }: HitOptions = {},
): HitRange[] {
  if (!text || words.length === 0) return [];
  const places = foldWithPlaces(text);
  return words
    .filter((word) => isName || !isSingle(word))
    .flatMap((word) => placesOf(word, places).map((at): HitRange => [places.starts[at] ?? 0, endOf(places, at, word)]));
}

function isSingle(word: string): boolean {
  return Array.from(word).length === 1;
}

/** Three characters and more hit anywhere, fewer only where a word begins. */
function placesOf(word: string, { folded }: Folded): number[] {
  const anywhere = Array.from(word).length >= 3;
  const found: number[] = [];
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (anywhere || beginsWord(folded, at)) found.push(at);
  }
  return found;
}

/** Brackets, quotation marks and the like may stand before the first letter. */
function beginsWord(folded: string, at: number): boolean {
  let before = at;
  while (before > 0 && isPunctuation(folded[before - 1] ?? "")) before -= 1;
  return before === 0 || folded[before - 1] === " ";
}

function endOf({ ends }: Folded, at: number, word: string): number {
  return ends[at + word.length - 1] ?? at;
}

/** In a phone number only the digits count, as in the search text. */
export function phoneHitRanges(shown: string | null, words: readonly string[]): HitRange[] {
  if (!shown) return [];
  const places = [...shown].flatMap((character, index) => (/\d/.test(character) ? [index] : []));
  const digits = places.map((place) => shown[place]).join("");
  return words.flatMap((word): HitRange[] => {
    const at = /^\d{3,}$/.test(word) ? digits.indexOf(word) : -1;
    return at < 0 ? [] : [[places[at] ?? 0, (places[at + word.length - 1] ?? 0) + 1]];
  });
}

interface Folded {
  folded: string;
  /** For each place in the folded text, where its character starts and ends in the original. */
  starts: number[];
  ends: number[];
}

function foldWithPlaces(text: string): Folded {
  const result: Folded = { folded: "", starts: [], ends: [] };
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const folded = foldCharacter(character);
    // An apostrophe is shown, but not searched; a hit goes over it.
    const piece = folded.replaceAll("'", "");
    // A mark belongs to the letter before it.
    if (folded === "" && result.ends.length > 0) result.ends[result.ends.length - 1] = end;
    for (let unit = 0; unit < piece.length; unit++) {
      result.starts.push(at);
      result.ends.push(end);
    }
    result.folded += piece;
    at = end;
  }
  return result;
}

/** Most text is plain: folding it by the general rule, character by character, would take longer than the search. */
const plain = Array.from({ length: 128 }, (_, code) => foldAny(String.fromCharCode(code)));

function foldCharacter(character: string): string {
  return plain[character.charCodeAt(0)] ?? foldAny(character);
}

function foldAny(character: string): string {
  return /[\s\p{Cc}\p{Cf}\p{Co}]/u.test(character) ? " " : fold(character);
}
