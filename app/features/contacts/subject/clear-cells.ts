import { type ContactField, contactFields, type ContactValues } from "~/features/contacts/contact";
import { labelOfColumn } from "~/features/contacts/subject/contact-subject-addresses";
import { consentFields } from "~/features/contacts/subject/contact-subject-consent";
import { emailFields, labelOf, phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import { ID_FIELD } from "~/features/contacts/subject/contact-subject-id";
import { plainLabel } from "~/features/contacts/subject/contact-subject-labels";
import { refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { type MappedCell, type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** `[clear]` in a cell empties the field; an empty cell leaves it as it is. */

const CLEAR = "[clear]";

export interface ClearedRow {
  /** All that it says otherwise. */
  row: MappedRow;
  /** The fields in whose cells it stood. */
  cleared: ReadonlyMap<string, MappedCell>;
}

const nothing: ReadonlyMap<string, MappedCell> = new Map();

/** Takes `[clear]` out of a row. In a list it may stand beside values: those replace all that is there. */
export function readClears(mapped: MappedRow): ClearedRow {
  const isThere = [...mapped.values()].some((cells) => cells.some(({ text }) => standsIn(text)));
  if (!isThere) return { row: mapped, cleared: nothing };
  const row = new Map<string, readonly MappedCell[]>();
  const cleared = new Map<string, MappedCell>();
  for (const [field, cells] of mapped) {
    const left = cells.flatMap((cell) => {
      const text = withoutClear(field, cell.text);
      if (text !== null) cleared.set(field, cell);
      return text === null ? [cell] : text === "" ? [] : [{ ...cell, text }];
    });
    if (left.length > 0) row.set(field, left);
  }
  return { row, cleared };
}

function standsIn(text: string): boolean {
  return text.includes("[") && text.toLowerCase().includes(CLEAR);
}

const isClear = (text: string) => text.trim().toLowerCase() === CLEAR;
const lists: ReadonlySet<string> = new Set([...emailFields, ...phoneFields, "tags"]);

/** What else the cell says; null where it is not cleared. */
function withoutClear(field: string, text: string): string | null {
  if (isClear(text)) return "";
  if (!lists.has(field) || !standsIn(text)) return null;
  const parts = text.split(/([;,|\n])/);
  const left = parts.filter((part) => !isClear(part));
  return left.length === parts.length ? null : left.join("").replace(/^[;,|\n\s]+/, "");
}

const cannotBe: readonly [fields: readonly string[], reason: string][] = [
  [["kind"], "The kind cannot be cleared. Write person, company or estate, or leave the cell empty."],
  [[ID_FIELD], "A Tallybook ID cannot be cleared. Leave the cell empty."],
  [
    Object.values(consentFields),
    "A file never lifts a mark not to contact somebody. That is done on the contact’s own page.",
  ],
];

export function unclearable({ cleared }: ClearedRow): Refusal[] {
  return cannotBe.flatMap(([fields, reason]) =>
    fields.flatMap((field) => {
      const cell = cleared.get(field);
      return cell ? [refuse(cell, reason, "clear")] : [];
    }),
  );
}

/** What a row says is empty, sorted: as `RecordData` has it. Parts of a name are `clearedNames`. */
export function clearedFields({ row, cleared }: ClearedRow, data: Partial<ContactValues>): string[] {
  const found = [...cleared].flatMap(([field, cell]) => targetOf(field, row, cell) ?? []);
  const isSaid = (target: string) => !target.includes(":") && isSingle(target) && target in data;
  return [...new Set(found)].filter((target) => !isSaid(target)).sort();
}

function isSingle(field: string): boolean {
  return !["emails", "phones", "addresses", "tags"].includes(field);
}

function targetOf(field: string, row: MappedRow, { column }: MappedCell): string | null {
  const label = labelOf[field] ?? null;
  if ((emailFields as readonly string[]).includes(field)) return labelled("emails", label);
  if ((phoneFields as readonly string[]).includes(field)) return labelled("phones", label);
  const [, place = "", part = ""] = /^(\d+:)?(.+)$/.exec(field) ?? [];
  if (addressParts.has(part)) {
    const text = textOf(row, `${place}addressLabel`);
    return labelled("addresses", text === null ? labelOfColumn(column) : plainLabel(text));
  }
  return contactFields.find((name) => name === field && !own.has(name)) ?? null;
}

function labelled(field: string, label: string | null): string {
  return label === null ? field : `${field}:${label}`;
}

/** Refused, and told part by part. */
const own: ReadonlySet<ContactField> = new Set(["kind", "name"]);
const addressParts: ReadonlySet<string> = new Set(["street", "street2", "city", "region", "postalCode", "country"]);

/** Parts of a name that a row says are empty: null, where what it does not say is absent. */
export function clearedNames({ cleared }: ClearedRow, data: Partial<ContactValues>): Partial<ContactValues> {
  const hasParts = data.givenName !== undefined || data.familyName !== undefined;
  const names: Partial<ContactValues> = {};
  if (cleared.has("name") && !hasParts) Object.assign(names, { typedName: null, givenName: null, familyName: null });
  if (hasParts && ["name", "namePrefix", "nameSuffix"].some((field) => cleared.has(field))) names.typedName = null;
  if (cleared.has("givenName")) names.givenName = null;
  if (cleared.has("familyName")) names.familyName = null;
  return { ...names, ...data };
}
