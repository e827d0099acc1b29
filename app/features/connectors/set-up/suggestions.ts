/** Where columns may go, by whoever has something to say of it; what is suggested is nothing until a person saves it. */
import { type SourceColumn, type StreamKind } from "~/features/connectors/connector";
import { plainName } from "~/features/pipeline/columns/columns";
import { guessColumns } from "~/features/pipeline/columns/guess-columns";
import { type SubjectField } from "~/features/pipeline/subject";

export interface Suggestion {
  /** Of the subject; "" for none. */
  field: string;
  /** From 0 to 1; below `UNSURE` somebody should look. */
  confidence: number;
  /** How sure a model says that it is itself, from 0 to 1: it weighs less than that. Absent: no model said it. */
  claimed?: number;
  /** In words, as it goes on after "because it is …": "the provider’s own field". */
  why: string;
}

/** What one source says of columns: one for each, null where it says nothing. */
export type Suggestions = readonly (Suggestion | null)[];

export const UNSURE = 0.5;

/**
 * The best for each column: the most confident first, and of equals that of the source that stands first. A field of
 * which there is one goes to one column, so that whoever comes later gets the next best.
 */
export function bestSuggestions(
  fields: readonly Pick<SubjectField, "id" | "many">[],
  columns: number,
  sources: readonly Suggestions[],
): (Suggestion | null)[] {
  const known = new Map(fields.map((field) => [field.id, field]));
  const all = sources.flatMap((suggestions, source) =>
    suggestions.slice(0, columns).flatMap((suggestion, column) => {
      const isKnown = suggestion && (suggestion.field === "" || known.has(suggestion.field));
      return isKnown ? [{ suggestion, source, column }] : [];
    }),
  );
  all.sort((a, b) => b.suggestion.confidence - a.suggestion.confidence || a.source - b.source || a.column - b.column);
  const best: (Suggestion | null)[] = Array.from({ length: columns }, () => null);
  const taken = new Set<string>();
  for (const { suggestion, column } of all) {
    const { field } = suggestion;
    if (best[column] || (taken.has(field) && !known.get(field)?.many)) continue;
    best[column] = suggestion;
    if (field !== "") taken.add(field);
  }
  return best;
}

/** Of each column that was left without one the surest that was said of it: a field that takes one column, and has one. */
export function passedOver(
  best: Suggestions,
  fields: readonly Pick<SubjectField, "id">[],
  sources: readonly Suggestions[],
): Suggestions {
  const known = new Set(fields.map(({ id }) => id));
  return best.map((one, column) => {
    if (one) return null;
    const said = sources.flatMap((suggestions) => suggestions[column] ?? []);
    const places = said.filter(({ field }) => known.has(field));
    return places.sort((a, b) => b.confidence - a.confidence)[0] ?? null;
  });
}

/** What the provider's own documents say. */
export function providersOwn(columns: readonly SourceColumn[], provider: string): Suggestions {
  return columns.map(({ goesTo }) =>
    goesTo === undefined ? null : { field: goesTo, confidence: 0.98, why: `as ${provider} means it` },
  );
}

/** For records that are said to be of a kind. */
export function ofKind(suggestions: Suggestions, kind: StreamKind | undefined): Suggestions {
  return suggestions.map((one) => one && { ...one, field: kind?.instead?.[one.field] ?? one.field });
}

const confidences = { sure: 0.9, likely: 0.7, unsure: 0.3 } as const;

const address =
  /^(?:(?:home|work|postal|mailing|billing|primary|main|private) )?(?:address(?:es)?|adresse|anschrift|direccion|indirizzo|adres)$/;

/** Of "Address: City" the city: what stands inside an address is a part of it. Inside anything else it may be somebody else's. */
function nameIn(label: string): string {
  const at = label.lastIndexOf(": ");
  return at > 0 && address.test(plainName(label.slice(0, at))) ? label.slice(at + 2) : label;
}

/** By names, and by what values look like: as columns of a file. `values`: of each column the first ones. */
export function byNamesAndValues(
  columns: readonly SourceColumn[],
  values: readonly (readonly string[])[],
  fields: readonly SubjectField[],
): Suggestions {
  const most = Math.max(0, ...values.map(({ length }) => length));
  const rows = Array.from({ length: most }, (_, row) => columns.map((_, column) => values[column]?.[row] ?? ""));
  const guesses = guessColumns(
    columns.map(({ label }) => nameIn(label)),
    rows,
    fields,
  );
  return guesses.map(({ field, sure, why }) => (field === "" ? null : { field, confidence: confidences[sure], why }));
}
