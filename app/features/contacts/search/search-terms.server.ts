import { fold } from "~/platform/fold.server";

/**
 * What a search asks, defined once for both engines: a contact is found when its search text (`searchText`) contains
 * every needle. A word of three characters and more is looked for anywhere, one of two begins a word, and one of a single
 * character begins a word of the name. Numbers written as phones are looked for by their digits. Words are cut alike on
 * both sides, so that apostrophes and the punctuation around a word never matter.
 */

const MAX_QUERY = 200;

/** Around the first character of each word of a name, in the search text. `fold` lets neither come from a user. */
const INITIAL_START = "\uF8FE";
const INITIAL_END = "\uF8FF";

export interface SearchTerms {
  /** Folded words, for marking hits. */
  words: string[];
  /** Each must be contained in the search text. At least three characters long, spaces and marks included. */
  needles: string[];
}

/** The terms of a query as typed, or null when there is nothing in it to look for. */
export function parseSearch(query: string): SearchTerms | null {
  const digits = phoneDigits(query.slice(0, MAX_QUERY));
  const folded = fold(query.slice(0, MAX_QUERY)).slice(0, MAX_QUERY);
  const all = searchWords(folded);
  // A lone "&" or "–" between words is no word; alone it is all that was asked.
  const spoken = all.filter((word) => !isPunctuation(word));
  const words = digits ? [digits] : [...new Set(spoken.length > 0 ? spoken : all)];
  return words.length > 0 ? { words, needles: words.map(needleFor) } : null;
}

function needleFor(word: string): string {
  const length = Array.from(word).length;
  if (length === 1) return initialMark(word);
  return length === 2 ? ` ${word}` : word;
}

/** Around a word these say nothing: all punctuation but the @ of an address, and the brackets around one. */
const EDGE = "(?:(?!@)[\\p{P}<>])";
const edges = new RegExp(`^${EDGE}+|${EDGE}+$`, "gu");
const onlyEdge = new RegExp(`^${EDGE}+$`, "u");
/** ASCII without an apostrophe and with nothing at the edges: most words, quicker told than cut. */
const plainWord = /^[a-z0-9](?:[!-&(-~]*[a-z0-9])?$/;

/** The words of a folded text as they are searched: "o'connor," is "oconnor". What is all punctuation stays as it is. */
export function searchWords(folded: string): string[] {
  const words: string[] = [];
  for (const word of folded.split(" ")) {
    if (word === "") continue;
    words.push(plainWord.test(word) ? word : word.replaceAll("'", "").replace(edges, "") || word);
  }
  return words;
}

/** Whether a folded text is punctuation that counts for nothing at a word's edge. */
export function isPunctuation(folded: string): boolean {
  return onlyEdge.test(folded);
}

/** How the search text notes that a word of the name begins with this character. */
export function initialMark(character: string): string {
  return `${INITIAL_START}${character}${INITIAL_END}`;
}

/** Whether a search text is found. The definition that both engines are held to. */
export function matches(searchText: string, { needles }: Pick<SearchTerms, "needles">): boolean {
  return needles.every((needle) => searchText.includes(needle));
}

const phoneLike = /^[+(\d][\d\s()+\-./]*$/;
const dateLike = /^\s*\d{1,4}([./-])\d{1,2}\1\d{1,4}\s*$/;
const FEWEST_DIGITS = 5;

/**
 * The digits of a number typed as on a letterhead, without what a caller from abroad leaves out: "020 7946 0182",
 * "+44 (0)20 7946 0182" and "0044 20 7946 0182" all find +442079460182. Null when the query is no such number.
 */
function phoneDigits(query: string): string | null {
  const text = query.normalize("NFKC").replace(/^[\s,;:]+|[\s,;:.]+$/g, "");
  if (!phoneLike.test(text) || dateLike.test(text)) return null;
  const digits = text.replace(/\(\s*0\s*\)/g, "").replace(/\D/g, "");
  const significant = digits.replace(/^0+/, "");
  return digits.length >= FEWEST_DIGITS && significant.length >= 3 ? significant : null;
}
