import { type ContactValues, displayName } from "~/features/contacts/contact";
import { initialMark, searchWords } from "~/features/contacts/search/search-terms.server";
import { fold } from "~/platform/fold.server";

/** Longer notes are searched by their beginning only: an index row has a limit, and so has patience. */
const NOTES_SEARCHED = 10_000;

/**
 * The text a contact is found by: folded, with a space before each word, so that " an" means "a word begins with an".
 * Names, company, notes, whole emails, phones as their digits, what else there is (`more`), and last the initials of the name's words, marked.
 */
export function searchText(values: ContactValues, more: readonly string[] = []): string {
  const names = new Set<string>();
  for (const part of [displayName(values), values.givenName, values.familyName]) addWords(names, part);
  const words = new Set(names);
  for (const text of [values.company, ...more]) addWords(words, text);
  for (const email of values.emails) addWords(words, email.value);
  for (const phone of values.phones) addWords(words, phone.value.replace(/\D/g, "") || phone.value);
  addWords(words, values.notes?.slice(0, NOTES_SEARCHED));

  let text = "";
  for (const word of words) text += ` ${word}`;
  return names.size > 0 ? `${text} ${marksOf(names)}` : text;
}

/** The initials, each once. */
function marksOf(names: ReadonlySet<string>): string {
  const initials = new Set([...names].map((name) => String.fromCodePoint(name.codePointAt(0) ?? 0)));
  return [...initials].map(initialMark).join("");
}

function addWords(words: Set<string>, text: string | null | undefined): void {
  if (!text) return;
  for (const word of searchWords(fold(text))) words.add(word);
}
