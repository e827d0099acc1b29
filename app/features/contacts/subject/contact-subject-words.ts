/** The language and the time zone of a row's contact. */
import { refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { isLanguage, languageNamed, languageOfLocale } from "~/features/contacts/values/language";
import { type ContactValues } from "~/features/contacts/contact";
import { type MappedRow, type Refusal } from "~/features/pipeline/subject";
import { timeZoneNamed } from "~/platform/time-zones.server";

/** Readings of this run, remembered: the same few words stand in every row. */
export interface WordReader {
  language(text: string): string | null;
  timeZone(text: string): string | null;
}

export function wordReader(locale: string): WordReader {
  return {
    language: remembering((text) =>
      isLanguage(text) ? text : (languageOfLocale(text) ?? languageNamed(text, locale)),
    ),
    timeZone: remembering(zoneOf),
  };
}

const MOST_REMEMBERED = 1_000;

function remembering(read: (text: string) => string | null): (text: string) => string | null {
  const known = new Map<string, string | null>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const reading = read(text);
    known.set(text, reading);
    return reading;
  };
}

/** Also as pages write it: "London (Europe)". */
function zoneOf(text: string): string | null {
  const [, place, area] = /^(.+) \((.+)\)$/.exec(text) ?? [];
  const written = place && area ? [...area.split(", ").reverse(), place].join("/") : text;
  return timeZoneNamed(written);
}

export function wordsOf(row: MappedRow, words: WordReader): Pick<ContactValues, "language" | "timeZone"> {
  const [language, zone] = [textOf(row, "language"), textOf(row, "timeZone")];
  return { language: language && words.language(language), timeZone: zone && words.timeZone(zone) };
}

export function unreadableWords(row: MappedRow, words: WordReader): Refusal[] {
  const refusals: Refusal[] = [];
  const { language, timeZone } = wordsOf(row, words);
  const [said, zone] = [row.get("language")?.[0], row.get("timeZone")?.[0]];
  if (said && language === null)
    refusals.push(refuse(said, "This is no language. Write its name or its code, like German or de.", "language"));
  if (zone && timeZone === null)
    refusals.push(refuse(zone, "This is no time zone. Write it like Europe/London, or name its city.", "time-zone"));
  return refusals;
}
