/**
 * What a hand-written SQL fragment may contain. It may be an expression, never a way to another table, and it must not
 * reach beyond itself: an `or` without brackets would loosen the account's condition beside it.
 */
import { UnguardedStatementError } from "~/platform/db/errors.server";

/** What the guard needs to know of a fragment that passed. */
export interface RawFacts {
  /** Several expressions, as for a select list. */
  isList: boolean;
  /** A bracketed list of values, to be used like a table. */
  isValues: boolean;
  /** The text outside of brackets, without spaces. */
  outside: string;
}

const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--|\/\*|\$\$|[A-Za-z_][A-Za-z0-9_$]*|\S/g;

const forbiddenWords = new Set(
  (
    "select from join table into update delete insert union intersect except with using returning merge copy set " +
    "conflict execute call truncate create alter drop attach pragma"
  ).split(" "),
);

/** Functions that run text as SQL, or change whose rows Postgres shows. */
const forbiddenFunctions =
  /^(set_config|query_to_xml\w*|table_to_xml\w*|cursor_to_xml\w*|dblink\w*|lo_\w+|pg_read\w*)$/;

const forbiddenMarks = new Set(["--", "/*", "$$", ";", "'", '"', "`", "["]);

function refuse(text: string, reason: string): never {
  throw new UnguardedStatementError(`A raw fragment ${reason}: ${text}`);
}

/** The name of a function, which Kysely writes out as it is. */
export function checkFunctionName(name: string): void {
  if (!/^[a-z_][a-z0-9_]*$/i.test(name) || forbiddenFunctions.test(name.toLowerCase())) {
    throw new UnguardedStatementError(`The function ${name} is not for guarded statements`);
  }
}

interface Scan {
  depth: number;
  outside: string;
  words: Map<string, number>;
}

function checkToken(text: string, token: string, before: string): void {
  const word = token.toLowerCase();
  if (forbiddenWords.has(word)) refuse(text, `must not contain "${word}"`);
  if (forbiddenFunctions.test(word)) refuse(text, `must not call ${word}`);
  if (forbiddenMarks.has(token)) refuse(text, `must not contain ${token}`);
  // E'…', U&'…' and the like have other rules for where they end.
  if (token.startsWith("'") && /[A-Za-z0-9_&]$/.test(before)) refuse(text, "must not contain a string with a prefix");
}

function take(scan: Scan, token: string): void {
  if (token === ")") scan.depth--;
  if (scan.depth === 0) {
    const word = token.toLowerCase();
    scan.outside += word;
    scan.words.set(word, (scan.words.get(word) ?? 0) + 1);
  }
  if (token === "(") scan.depth++;
}

function scanText(text: string): RawFacts {
  const scan: Scan = { depth: 0, outside: "", words: new Map() };
  for (const match of text.matchAll(tokens)) {
    checkToken(text, match[0], text.slice(0, match.index));
    take(scan, match[0]);
    if (scan.depth < 0) break;
  }
  if (scan.depth !== 0) refuse(text, "must close its own brackets, and no others");
  const count = (word: string) => scan.words.get(word) ?? 0;
  if (count("or") > 0) refuse(text, 'needs brackets around its "or"');
  if (count("between") > count("and")) refuse(text, 'must not leave "between" open');
  const isValues = scan.outside === "()" && /^\s*\(\s*values\b/i.test(text);
  return { isList: count(",") > 0, isValues, outside: scan.outside };
}

/** Judged fragments of tagged templates: one frozen array a place in the source, so it is looked at once. */
const judged = new WeakMap<readonly string[], RawFacts>();

/** @throws UnguardedStatementError. A parameter stands as `?` between the fragments. */
export function checkRaw(fragments: readonly string[]): RawFacts {
  const known = judged.get(fragments);
  if (known !== undefined) return known;
  const facts = scanText(fragments.join(" ? "));
  if (Object.isFrozen(fragments)) judged.set(fragments, facts);
  return facts;
}
