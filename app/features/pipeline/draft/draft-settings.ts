/** The settings that a draft begins with: where its columns go, how its dates and phones are read, all at a guess. */
import { type Guess, guessColumns } from "~/features/pipeline/columns/guess-columns";
import { type ReadingSettings, type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type Recalled } from "~/features/pipeline/columns/saved-mappings.server";
import { type AnySubject, type PlaceFound } from "~/features/pipeline/subject";
import { type SourceRow } from "~/features/pipeline/files/source-row";

export interface FileSample {
  columns: string[];
  rows: SourceRow[];
}

interface Reading {
  reading: ReadingSettings;
  /** BCP 47, of whoever reads what was found out. */
  locale: string;
  /** ISO 3166-1 alpha-2: the account's, or what somebody chose (`isChosen`). */
  phoneCountry: string;
  isChosen: boolean;
}

/** As is known of the program that wrote the file, as somebody confirmed before, else at a guess. */
export function draftSettings(
  sample: FileSample,
  { reading, locale, phoneCountry, isChosen }: Reading,
  subject: AnySubject,
  recalled: Recalled,
): RunSettings {
  const { columns } = sample;
  const known = recalled.set ? null : knownColumns(sample, reading, subject);
  const cells = sample.rows.map((row) => row.cells);
  const guesses = known?.guesses ?? guessColumns(columns, cells, subject.fields, recalled.columns);
  const mapping = guesses.map(({ field }) => field);
  const found = known?.isOurs ? nothingFound : placeFound(sample, mapping, subject, { phoneCountry, locale });
  const guessed = countryAndOrder(found, recalled);
  return {
    reading,
    columns,
    mapping,
    guesses,
    ...onlyKnown({ origin: originOf(columns, reading, subject), recalled: recalled.set?.sentence }),
    ...onlyKnown({ dateOrder: guessed.dateOrder }),
    phoneCountry: isChosen ? phoneCountry : (guessed.phoneCountry ?? phoneCountry),
  };
}

/** Without what is not known: settings are kept as JSON. */
function onlyKnown<Facts extends object>(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}

/** As confirmed before, else as the values tell; an order that they only make likely is shown, but not settled. */
function countryAndOrder(
  found: PlaceFound,
  { set }: Recalled,
): Partial<Pick<RunSettings, "phoneCountry" | "dateOrder">> {
  if (set) return set;
  const order = found.dateOrder?.unsure ? undefined : found.dateOrder?.value;
  return { phoneCountry: found.phoneCountry?.value, dateOrder: order };
}

const nothingFound: PlaceFound = { phoneCountry: null, dateOrder: null };

/** Values of a column that are looked at. */
const VALUES_LOOKED_AT = 200;

/** What the values of columns that go to these fields tell of where the file comes from. */
export function placeFound(
  { rows }: Pick<FileSample, "rows">,
  mapping: readonly string[],
  subject: AnySubject,
  home: { phoneCountry: string; locale: string },
): PlaceFound {
  const columns = mapping.flatMap((field, index) => {
    if (field === "") return [];
    const values: string[] = [];
    for (const { cells } of rows) {
      const value = cells[index]?.trim();
      if (value) values.push(value.slice(0, 100));
      if (values.length >= VALUES_LOOKED_AT) break;
    }
    return [{ field, values }];
  });
  return subject.placeOf(columns, home);
}

function originOf(columns: readonly string[], reading: ReadingSettings, subject: AnySubject): string | undefined {
  if (reading.format === "vcard") return "vCard";
  return subject.layouts.find(({ mappingOf }) => mappingOf(columns) !== null)?.name;
}

/** Where a program is known by its columns. */
function knownColumns(
  { columns }: FileSample,
  reading: ReadingSettings,
  { layouts, fields }: AnySubject,
): { guesses: Guess[]; isOurs: boolean } | null {
  if (reading.format === "vcard") return null;
  for (const { name, mappingOf, rest } of layouts) {
    const mapping = mappingOf(columns);
    if (!mapping) continue;
    const isOurs = rest === "by-name";
    const why = `as ${name} exports it`;
    const guesses = mapping.map((field): Guess => ({
      field,
      sure: "sure",
      why: field ? why : `${why}; it has no place here`,
    }));
    const guessed = isOurs ? guessColumns(columns, [], fields) : [];
    return { isOurs, guesses: guesses.map((guess, index) => filledIn(guess, guessed[index], mapping)) };
  }
  return null;
}

/** What the layout does not name goes where its name says, unless another column goes there. */
function filledIn(guess: Guess, byName: Guess | undefined, mapping: readonly string[]): Guess {
  if (guess.field !== "" || !byName || byName.field === "" || mapping.includes(byName.field)) return guess;
  return byName;
}
