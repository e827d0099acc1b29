/**
 * Where the columns of a file go, at a guess, and how sure that is. What somebody of the account confirmed before weighs
 * most, then a column's name, then what its values look like (see docs/decisions/018).
 */
import { ourColumns, plainName, wordOf } from "~/features/pipeline/columns/columns";
import { type Likeness, type SubjectField } from "~/features/pipeline/subject";

export interface Guess {
  /** "" for none. */
  field: string;
  /** `unsure`: somebody should look. */
  sure: "sure" | "likely" | "unsure";
  /** In words: "by its name". */
  why: string;
}

/** What was confirmed before of a column. */
export interface Remembered {
  field: string;
  /** "as in your import of 3 May 2026" */
  why: string;
}

/** Values of a column that are looked at. */
const VALUES_LOOKED_AT = 100;
/** Of the values, so many must be alike; and so many where nothing else speaks for it. */
const MOSTLY = 0.7;
const NEARLY_ALL = 0.9;
const HARDLY = 0.3;
/** Fewer values than that show nothing against a name. */
const FEW = 3;

interface Column {
  plain: string;
  values: readonly string[];
  skipped: boolean;
  remembered: Remembered | undefined;
}

interface Looking {
  fields: readonly SubjectField[];
  byId: ReadonlyMap<string, SubjectField>;
}

type Tier = (column: Column, looking: Looking) => Guess | null;

/** The surest first: a field of which there is one goes to the column that has the most to say for it. */
const tiers: readonly Tier[] = [byMemory, byName, byPartOfName, byValues];

export function guessColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  fields: readonly SubjectField[],
  remembered: readonly (Remembered | undefined)[] = [],
): Guess[] {
  const ours = ourColumns(names);
  const looking = { fields, byId: new Map(fields.map((field) => [field.id, field])) };
  const columns = names.map((name, index) => ({
    plain: plainName(name),
    values: ours[index] ? [] : firstValues(rows, index),
    skipped: ours[index] ?? false,
    remembered: remembered[index],
  }));
  const guesses: (Guess | null)[] = columns.map(({ skipped }) => (skipped ? leftOut("tells what to mend") : null));
  const taken = new Set<string>();
  for (const tier of tiers) {
    columns.forEach((column, index) => {
      if (guesses[index]) return;
      const guess = tier(column, looking);
      if (!guess || (taken.has(guess.field) && !looking.byId.get(guess.field)?.many)) return;
      guesses[index] = guess;
      if (guess.field !== "") taken.add(guess.field);
    });
  }
  return guesses.map((guess, index) => guess ?? nothingToGoBy(columns[index] as Column));
}

function firstValues(rows: readonly (readonly string[])[], index: number): string[] {
  const values: string[] = [];
  for (const row of rows) {
    const value = row[index]?.trim();
    if (value) values.push(value.slice(0, 200));
    if (values.length >= VALUES_LOOKED_AT) break;
  }
  return values;
}

function leftOut(why: string): Guess {
  return { field: "", sure: "sure", why };
}

function nothingToGoBy({ values }: Column): Guess {
  return values.length === 0
    ? leftOut("it is empty")
    : { field: "", sure: "unsure", why: "neither its name nor its values say where it belongs" };
}

function byMemory({ remembered: found }: Column, { byId }: Looking): Guess | null {
  if (!found || (found.field !== "" && !byId.has(found.field))) return null;
  return { field: found.field, sure: "sure", why: found.why };
}

/** A name says it, unless the values say something else. */
function byName(column: Column, looking: Looking): Guess | null {
  const field = looking.byId.get(wordOf(column.plain, looking.fields) ?? "");
  if (!field) return null;
  const against = contradiction(column, field, looking);
  if (against) return against;
  const likeness = likenessOf(field);
  if (!likeness || column.values.length < FEW) return { field: field.id, sure: "sure", why: "by its name" };
  const count = alike(column.values, likeness);
  if (field.looksLike && count < column.values.length * MOSTLY) {
    const why = `not sure: please look. Only ${ofValues(count, column)} look like ${likeness.plural}`;
    return { field: field.id, sure: "unsure", why };
  }
  return { field: field.id, sure: "sure", why: "by its name" };
}

/** Values of which hardly any are what the name says, and nearly all are something else that is plain to see. */
function contradiction(column: Column, named: SubjectField, { fields }: Looking): Guess | null {
  if (named.anyText || column.values.length === 0) return null;
  const own = likenessOf(named);
  if (own && alike(column.values, own) > column.values.length * HARDLY) return null;
  for (const field of fields) {
    const likeness = plainToSee(field, column);
    if (!likeness || sharesLikeness(field, named)) continue;
    const count = alike(column.values, likeness);
    if (count < column.values.length * NEARLY_ALL) continue;
    const why = `not sure: please look. Its name says “${named.label}”, but ${ofValues(count, column)} look like ${likeness.plural}`;
    return { field: field.id, sure: "unsure", why };
  }
  return null;
}

/** An email is one even where it stands alone; of a title or a country that takes a few. */
function plainToSee(field: SubjectField, { values }: Column): Likeness | undefined {
  if (field.looksLike) return likenessOf(field);
  return field.telling && values.length >= FEW ? field.resembles : undefined;
}

/** A work phone holds phones like any other. */
function sharesLikeness(one: SubjectField, other: SubjectField): boolean {
  return one.id === other.id || (one.list !== undefined && one.list === other.list);
}

/** Somebody else's, whose contact the row is not about. */
const others =
  /\b(?:assistant|assistants|emergency|spouse|partner|wife|husband|manager|referrer|referred|parent|mother|father|guardian|supervisor|vorgesetzter|ehepartner|notfall|conjoint|conyuge)\b/;
/** Names that say that the values are no such thing, whatever they look like. */
const neverByValues =
  /(?:^| )(?:labels?|notes?|types?|id|ids|uuid|guid|no|nr|num|number|nummer|numero|code|key|ref|reference|account|konto|iban|bic|vat|tax|url|link|created|changed|updated|modified|added|order|invoice|amount|total|price|count)(?: \d+)?$|^address \d+ /;

/** "Client email address", "Telefonnummer (Büro)": a part of its name says it, and the values agree. */
function byPartOfName(column: Column, { fields }: Looking): Guess | null {
  if (column.values.length === 0 || neverByValues.test(column.plain)) return null;
  const padded = ` ${column.plain} `;
  const found = fields
    .filter((field) => !field.onlyWhole && (field.looksLike ?? field.resembles))
    .flatMap((field) => field.words.filter((word) => padded.includes(` ${word} `)).map((word) => ({ field, word })))
    .sort((a, b) => b.word.length - a.word.length);
  for (const { field } of found) {
    const likeness = likenessOf(field);
    const count = likeness ? alike(column.values, likeness) : 0;
    if (!likeness || count < column.values.length * Math.min(MOSTLY, likeness.enough ?? MOSTLY)) continue;
    if (others.test(column.plain))
      return { ...leftOut("not sure: please look. It may be somebody else’s"), sure: "unsure" };
    const why = `by a part of its name, and ${ofValues(count, column)} look like ${likeness.plural}`;
    return { field: field.id, sure: "likely", why };
  }
  return null;
}

function byValues(column: Column, { fields }: Looking): Guess | null {
  if (column.values.length === 0 || neverByValues.test(column.plain)) return null;
  if (others.test(column.plain)) return null;
  return strongly(column, fields) ?? weakly(column, fields);
}

function strongly(column: Column, fields: readonly SubjectField[]): Guess | null {
  for (const field of fields) {
    const likeness = field.looksLike && likenessOf(field);
    const count = likeness ? alike(column.values, likeness) : 0;
    if (!likeness || count === 0 || count < column.values.length * MOSTLY) continue;
    const said = `${ofValues(count, column)}`;
    return count >= column.values.length * NEARLY_ALL
      ? { field: field.id, sure: "likely", why: `looks like ${likeness.plural}: ${said}` }
      : { field: field.id, sure: "unsure", why: `not sure: please look. ${said} look like ${likeness.plural}` };
  }
  return null;
}

/** What may look so by chance is offered, and a person asked to look. */
function weakly(column: Column, fields: readonly SubjectField[]): Guess | null {
  let best: { field: SubjectField; likeness: Likeness; count: number } | null = null;
  for (const field of fields) {
    const likeness = field.resembles;
    if (!likeness || field.onlyNamed) continue;
    const count = alike(column.values, likeness);
    const enough = column.values.length * (likeness.enough ?? NEARLY_ALL);
    if (count >= Math.max(FEW, enough) && count > (best?.count ?? 0)) best = { field, likeness, count };
  }
  if (!best) return null;
  const why = `not sure: please look. ${ofValues(best.count, column)} look like ${best.likeness.plural}`;
  return { field: best.field.id, sure: "unsure", why };
}

function likenessOf({ looksLike, resembles, valuesCalled }: SubjectField): Likeness | undefined {
  return looksLike ? { is: looksLike, plural: valuesCalled ?? "these" } : resembles;
}

function alike(values: readonly string[], { is }: Likeness): number {
  return values.reduce((count, value) => count + (is(value) ? 1 : 0), 0);
}

function ofValues(count: number, { values }: Column): string {
  return `${count} of ${values.length} ${values.length === 1 ? "value" : "values"}`;
}
