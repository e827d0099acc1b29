import { type ContactKind, type ContactValues } from "~/features/contacts/contact";
import { kinds } from "~/features/contacts/subject/kind-words";
import { put, refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { hasLegalForm, partFullName } from "~/features/contacts/values/full-name";
import { oneLine } from "~/features/contacts/values/typed-text";
import { type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** Who a row is about: kind, names and company. */

export function kindOf(row: MappedRow): Partial<ContactValues> {
  const kind = kinds.get(textOf(row, "kind")?.toLowerCase() ?? "");
  return kind ? { kind } : {};
}

/** The kind that a word means; the word itself where it means none. */
export function kindWord(text: string): string {
  return kinds.get(oneLine(text).toLowerCase()) ?? text;
}

/**
 * A company's name is its company; of a person the name as typed stands only where it says more than its parts.
 * @param country ISO 3166-1 alpha-2: how a full name is parted there
 */
export function namesOf(row: MappedRow, country: string): Partial<ContactValues> {
  const names: Partial<ContactValues> = {};
  const company = textOf(row, "company");
  const given = givenOf(row);
  const family = textOf(row, "familyName");
  const name = nameSaid(row, company) ?? nameOfParts(row, given, family);
  if (given || family) {
    put(names, "typedName", saysMore(name, given, family) ? name : null);
    put(names, "givenName", given);
    put(names, "familyName", family);
  } else if (name) {
    Object.assign(names, isToPart(row, name) ? nameInParts(row, name, country) : { typedName: name });
  }
  put(names, "company", company);
  return names;
}

/** What is called like its company has no name of its own. */
function nameSaid(row: MappedRow, company: string | null): string | null {
  const name = textOf(row, "name") ?? textOf(row, "listName") ?? textOf(row, "wholeName");
  return name === company ? null : name;
}

/** What our own lists write without a comma has no parts. */
function isToPart(row: MappedRow, name: string): boolean {
  return row.has("name") || (row.has("listName") && name.includes(","));
}

/** Where it can be told: a person's given and family name, or a company by its legal form. */
function nameInParts(row: MappedRow, name: string, country: string): Partial<ContactValues> {
  const { kind = null } = kindOf(row);
  if (isCompanyName(row, name, kind)) return { company: name };
  const parts = kind === null || kind === "individual" ? partFullName(name, country) : null;
  if (!parts) return { typedName: name };
  const { givenName, familyName, hasMore } = parts;
  return { ...(hasMore ? { typedName: name } : {}), givenName, familyName };
}

function isCompanyName(row: MappedRow, name: string, kind: ContactKind | null): boolean {
  if (!row.has("name") || row.has("company")) return false;
  return kind === "business" || (kind === null && hasLegalForm(name));
}

function givenOf(row: MappedRow): string | null {
  return [textOf(row, "givenName"), textOf(row, "middleName")].filter(Boolean).join(" ") || null;
}

/** Address books keep "Dr" and "PhD" in columns of their own. Where there is neither, the parts say it all. */
function nameOfParts(row: MappedRow, given: string | null, family: string | null): string | null {
  const suffix = textOf(row, "nameSuffix");
  const title = hasCourtesy(row) ? null : textOf(row, "namePrefix");
  return title || suffix ? [title, given, family, suffix].filter(Boolean).join(" ") : null;
}

/** What everybody is called in a letter is no part of a name. */
const courtesy = /^(?:mr|mrs|ms|miss|mx|herr|frau|hr|fr|m|mme|mlle|monsieur|madame|sr|sra|srta|sig|dhr|mevr)\.?$/i;

/** Its title says no more than that. */
export function hasCourtesy(row: MappedRow): boolean {
  return courtesy.test(textOf(row, "namePrefix") ?? "");
}

function saysMore(name: string | null, given: string | null, family: string | null): boolean {
  return name !== [given, family].filter(Boolean).join(" ") && name !== `${family}, ${given}`;
}

const personal = ["typedName", "givenName", "familyName", "jobTitle"] as const;

export function isCompanyOnly(data: Partial<ContactValues>): boolean {
  return data.company !== undefined && personal.every((key) => (data[key] ?? null) === null);
}

export function unknownKind(row: MappedRow): Refusal[] {
  const cell = row.get("kind")?.[0];
  if (!cell || kinds.has(oneLine(cell.text).toLowerCase())) return [];
  return [refuse(cell, "This is no kind of contact. Write person, company or estate, or leave it empty.", "kind")];
}
