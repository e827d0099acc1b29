import { type ContactKind, type ContactValues } from "~/features/contacts/contact";
import { put, refuse, textOf } from "~/features/contacts/subject/contact-subject-text";
import { oneLine } from "~/features/contacts/values/typed-text";
import { type MappedRow, type Refusal } from "~/features/pipeline/subject";

/** Who a row is about: kind, names and company. */

const kindWords: Readonly<Record<ContactKind, string>> = {
  individual: "individual, person, people, privatperson, natural person, particulier, persona, personne, p",
  business: "business, company, organisation, organization, firma, firm, unternehmen, entreprise, empresa, azienda, b",
  estate: "estate, deceased estate, nachlass, succession, erbengemeinschaft, e",
};
const kinds = new Map(
  Object.entries(kindWords).flatMap(([kind, words]) => words.split(", ").map((word) => [word, kind as ContactKind])),
);

export function kindOf(row: MappedRow): Partial<ContactValues> {
  const kind = kinds.get(textOf(row, "kind")?.toLowerCase() ?? "");
  return kind ? { kind } : {};
}

/** A company's name is its company; of a person the name as typed stands only where it says more than its parts. */
export function namesOf(row: MappedRow): Partial<ContactValues> {
  const names: Partial<ContactValues> = {};
  const company = textOf(row, "company");
  const given = givenOf(row);
  const family = textOf(row, "familyName");
  const name = textOf(row, "name") ?? nameOfParts(row, given, family);
  if (given || family) {
    put(names, "typedName", saysMore(name, given, family) ? name : null);
    put(names, "givenName", given);
    put(names, "familyName", family);
  } else if (name && kindOf(row).kind === "business" && !company) {
    put(names, "company", name);
  } else if (name) {
    Object.assign(names, splitName(name) ?? { typedName: name });
  }
  put(names, "company", company);
  return names;
}

function givenOf(row: MappedRow): string | null {
  return [textOf(row, "givenName"), textOf(row, "middleName")].filter(Boolean).join(" ") || null;
}

/** Address books keep "Dr" and "PhD" in columns of their own. Where there is neither, the parts say it all. */
function nameOfParts(row: MappedRow, given: string | null, family: string | null): string | null {
  const prefix = textOf(row, "namePrefix");
  const suffix = textOf(row, "nameSuffix");
  const title = prefix !== null && courtesy.test(prefix) ? null : prefix;
  return title || suffix ? [title, given, family, suffix].filter(Boolean).join(" ") : null;
}

/** What everybody is called in a letter is no part of a name. */
const courtesy = /^(?:mr|mrs|ms|miss|mx|herr|frau|hr|fr|m|mme|mlle|monsieur|madame|sr|sra|srta|sig|dhr|mevr)\.?$/i;

function saysMore(name: string | null, given: string | null, family: string | null): boolean {
  return name !== [given, family].filter(Boolean).join(" ") && name !== `${family}, ${given}`;
}

const legalForm = /\b(?:inc|ltd|llc|llp|plc|gmbh|ag|kg|ug|sa|sarl|srl|spa|bv|nv|ab|oy|limited|co|corp)\b/i;

/** "Adebayo, Folasade", as address books write it. Companies have commas too, but then a legal form. */
function splitName(name: string): { givenName: string; familyName: string } | null {
  const [familyName = "", givenName = "", ...more] = name.split(",").map((part) => part.trim());
  if (!familyName || !givenName || more.length > 0 || legalForm.test(givenName)) return null;
  return givenName.split(" ").length <= 3 && familyName.split(" ").length <= 4 ? { givenName, familyName } : null;
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
