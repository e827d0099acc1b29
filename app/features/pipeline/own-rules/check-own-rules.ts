import { type OwnRule, ruleName, someOf } from "~/features/pipeline/own-rules/own-rule";
import { fitsPattern, patterns } from "~/features/pipeline/own-rules/patterns";
import { listKey, readNumber } from "~/features/pipeline/own-rules/rule-values";
import { type MappedCell, type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** The part of the validate stage that is the account's own. */

export interface RowToCheck {
  mapped: MappedRow;
  /** The file's columns, and the field that each goes to. */
  columns: readonly string[];
  fields: readonly string[];
  /** A cell's date as a plain date; null or absent where it says none. */
  dateOf?: (row: MappedRow, field: string) => string | null;
  /** One spelling for all that say the same. */
  sameAs?: (field: string, text: string) => string;
}

/** What empties a field instead of saying something of it. */
const CLEAR = /^\[clear\]$/i;
const LISTED_IN_A_REASON = 10;

export function checkOwnRules(row: RowToCheck, rules: readonly OwnRule[]): Refusal[] {
  return rules.flatMap((rule) => {
    const cells = rule.fields.flatMap((field) =>
      (row.mapped.get(field) ?? []).filter(({ text }) => !CLEAR.test(text)).map((cell) => ({ field, cell })),
    );
    if (rule.kind === "required") return cells.length > 0 ? [] : [missing(rule, row)];
    return cells.flatMap(({ field, cell }) => {
      const why = whyNot(rule, row, { field, cell });
      return why === null ? [] : [refusal(rule, { column: cell.column, value: cell.text, why })];
    });
  });
}

function refusal(
  rule: OwnRule,
  { column, value, why }: { column: string | null; value: string | null; why: string },
): Refusal {
  return { column, value, reason: `Your firm's rule “${rule.title}”: ${why}`, rule: ruleName(rule) };
}

function missing(rule: OwnRule, row: RowToCheck): Refusal {
  const at = row.fields.findIndex((field) => rule.fields.includes(field));
  const why = at < 0 ? "no column of the file goes to it. Choose one, or add it." : "nothing stands here. Fill it in.";
  return refusal(rule, { column: row.columns[at] ?? null, value: null, why });
}

type Place = { field: string; cell: MappedCell };

/** Why a cell is not as the rule asks, as the end of a sentence; null if it is. */
function whyNot(rule: Exclude<OwnRule, { kind: "required" }>, row: RowToCheck, { field, cell }: Place): string | null {
  if (rule.kind === "range") return outOfRange(rule, row, { field, cell });
  const values = valuesOf(cell.text, rule.many);
  if (rule.kind === "list") {
    const spelt = (value: string) => listKey(row.sameAs?.(field, value) ?? value);
    const allowed = allowedBy(rule, field, spelt);
    const odd = values.find((value) => !allowed.has(spelt(value)));
    return odd === undefined ? null : `“${short(odd)}” is not in the list: ${someOf(rule.values, LISTED_IN_A_REASON)}.`;
  }
  const odd = values.find((value) => !fitsPattern(rule.pattern, value, rule.domains));
  if (odd === undefined) return null;
  const example = `${patterns[rule.pattern]?.example ?? ""}${rule.domains[0] ?? ""}`;
  return `“${short(odd)}” is not. It should look like “${example}”.`;
}

type Range = Extract<OwnRule, { kind: "range" }>;

function outOfRange(rule: Range, row: RowToCheck, { field, cell }: Place): string | null {
  if (rule.of === "date") return outOfDates(rule, row.dateOf?.(row.mapped, field) ?? null, cell);
  const value = rule.of === "length" ? Array.from(cell.text).length : readNumber(cell.text);
  if (value === null) return `“${short(cell.text)}” is not a number.`;
  if (isWithin(rule, value)) return null;
  return rule.of === "length" ? `this has ${value}.` : `“${short(cell.text)}” is not.`;
}

function isWithin({ from, to }: Range, value: number): boolean {
  return value >= Number(from ?? -Infinity) && value <= Number(to ?? Infinity);
}

/** What is no date is refused as such; one without its year is in every range. */
function outOfDates({ from, to }: Range, day: string | null, { text }: MappedCell): string | null {
  if (day === null || !/^\d{4}-/.test(day)) return null;
  return day < (from ?? "") || day > (to ?? "9999-12-31") ? `“${short(text)}” is not.` : null;
}

function valuesOf(text: string, many: boolean): string[] {
  if (!many) return [text];
  return text
    .split(/[,;|\n]|:::/)
    .map((value) => value.trim())
    .filter((value) => value !== "");
}

type List = Extract<OwnRule, { kind: "list" }>;

const known = new WeakMap<List, Map<string, ReadonlySet<string>>>();

/** Worked out once for a rule and a field, not for each row. */
function allowedBy(rule: List, field: string, spelt: (value: string) => string): ReadonlySet<string> {
  const ofRule = known.get(rule) ?? new Map<string, ReadonlySet<string>>();
  known.set(rule, ofRule);
  const found = ofRule.get(field) ?? new Set(rule.values.map(spelt));
  ofRule.set(field, found);
  return found;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
