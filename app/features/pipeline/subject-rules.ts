/** How the rows of a run are written beside what is there already. Chosen for each run; the usual rules lose nothing. */

/** All; new records only; only records that are there; or new ones, and those that are there where they are blank. */
export const writings = ["both", "create", "update", "fill"] as const;

/** What is written of a field where a record has it already. */
export const fieldRules = ["overwrite", "empty", "never"] as const;

export interface WritingRules {
  what: (typeof writings)[number];
  /** One of the subject's `matchings`. */
  match: string;
  /** By the id of a `RuleField`; where there is none it is overwritten. */
  fields: Readonly<Record<string, (typeof fieldRules)[number]>>;
}

export interface Matching {
  id: string;
  label: string;
  hint: string;
  /** "matched by email" */
  words: string;
  /** Whether columns that go to these fields bring what it needs. */
  isPossible(mapping: readonly string[]): boolean;
  /** What is missing otherwise, in a sentence. */
  impossible: string;
}

/** What a rule can be given for: parts of a name or an address stand or fall together. */
export interface RuleField {
  id: string;
  label: string;
  /** There may be several: what comes is added to what is there. */
  adds: boolean;
}

/** What is usual: all of it is written, and found as the subject finds it best. */
export const usualRules: WritingRules = { what: "both", match: "automatic", fields: {} };

/** The rule for one field, by its own choice or by that of the whole run. */
export function fieldRule({ what, fields }: WritingRules, id: string): (typeof fieldRules)[number] {
  const rule = fields[id] ?? "overwrite";
  return what === "fill" && rule === "overwrite" ? "empty" : rule;
}
