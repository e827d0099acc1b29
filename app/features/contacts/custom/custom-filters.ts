/** How a list is narrowed by the account's own fields, as its address says it: `custom:0192…-from=10`. Pure. */
import { type CustomField, isCustomField } from "~/features/contacts/contact";
import { definitionOf, type FieldDefinition, nameOfField } from "~/features/contacts/custom/custom-field";
import { valueText } from "~/features/contacts/custom/custom-value";
import { readDecimal } from "~/features/contacts/custom/decimal";
import { isStorable, oneLine } from "~/features/contacts/values/typed-text";
import { isDate } from "~/platform/time";

/**
 * `text`: what it contains, or in quotation marks all of it · `is`: this choice, yes or no · `from`, `to`: a number or a
 * day, the ends included · `has`: whether anything is said at all.
 */
const filterParts = ["text", "is", "from", "to", "has"] as const;
type FilterPart = (typeof filterParts)[number];
export type CustomFilter = Partial<Record<FilterPart, string>>;
export type CustomFilters = Partial<Record<CustomField, CustomFilter>>;

/** More conditions than anybody reads. */
const MOST_FILTERS = 20;
const MAX_TEXT = 100;

/** The name of a part in an address and on the form. */
export function paramOf(field: CustomField, part: FilterPart): string {
  return part === "text" ? field : `${field}-${part}`;
}

const paramPattern = /^(custom:[0-9a-f-]{36})(?:-(is|from|to|has))?$/;

/** What it does not understand it leaves out. */
export function readCustomFilters(params: URLSearchParams): CustomFilters {
  const found: CustomFilters = {};
  for (const [name, typed] of params) {
    const [, field = "", part = "text"] = paramPattern.exec(name) ?? [];
    if (isCustomField(field)) add(found, { field, part: part as FilterPart, typed });
  }
  return found;
}

function add(found: CustomFilters, asked: { field: CustomField; part: FilterPart; typed: string }): void {
  const { field, part, typed } = asked;
  const value = readers[part](typed);
  const before = found[field] ?? {};
  const isFull = !found[field] && Object.keys(found).length >= MOST_FILTERS;
  if (value !== null && before[part] === undefined && !isFull) found[field] = { ...before, [part]: value };
}

const words = (typed: string) => (isStorable(typed) ? oneLine(typed.slice(0, MAX_TEXT)) || null : null);

const readers: Record<FilterPart, (typed: string) => string | null> = {
  text: words,
  is: words,
  from: readBound,
  to: readBound,
  has: (typed) => (typed === "yes" || typed === "no" ? typed : null),
};

/** A day, or a number as browsers send it. */
function readBound(typed: string): string | null {
  if (isDate(typed)) return typed;
  const reading = /^-?\d+(\.\d+)?$/.test(typed) ? readDecimal(typed, "en-GB") : null;
  return reading?.ok ? reading.value : null;
}

/** As an address says them. */
export function customFilterParams(filters: CustomFilters): Record<string, string> {
  const params: Record<string, string> = {};
  for (const field of filteredFields(filters)) {
    for (const part of filterParts) {
      const value = filters[field]?.[part];
      if (value !== undefined) params[paramOf(field, part)] = value;
    }
  }
  return params;
}

export function filteredFields(filters: CustomFilters): CustomField[] {
  return Object.keys(filters).filter(isCustomField).sort();
}

export function withoutFilter(filters: CustomFilters, field: CustomField): CustomFilters {
  return Object.fromEntries(filteredFields(filters).flatMap((each) => (each === field ? [] : [[each, filters[each]]])));
}

/** "Tier: Gold", "Yearly fee: from 10", "Renewal date: empty". */
export function customFilterWords(
  field: CustomField,
  filter: CustomFilter,
  { fields, locale }: { fields?: readonly FieldDefinition[]; locale: string },
): string {
  const type = definitionOf(field, fields)?.type ?? "text";
  const shown = (value: string) => valueText(type, value, locale);
  const { text, is, from, to, has } = filter;
  const said = [
    text === undefined ? null : text,
    is === undefined ? null : shown(is),
    spanWords(from && shown(from), to && shown(to)),
    has === undefined ? null : has === "yes" ? "filled in" : "empty",
  ];
  return `${nameOfField(field, fields)}: ${said.filter(Boolean).join(", ")}`;
}

function spanWords(from: string | undefined, to: string | undefined): string | null {
  if (from && to) return `${from} – ${to}`;
  if (from) return `from ${from}`;
  return to ? `up to ${to}` : null;
}
