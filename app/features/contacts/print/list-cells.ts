import { birthdayText } from "~/features/contacts/values/birthday";
import { isCustomField, kindNames } from "~/features/contacts/contact";
import { languageName } from "~/features/contacts/values/language";
import { definitionOf, type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { valueText } from "~/features/contacts/custom/custom-value";
import { type BuiltInColumn, type ContactColumn } from "~/features/contacts/list/list-columns";
import { type ListedContact } from "~/features/contacts/list/list-row.server";
import { phoneText } from "~/features/contacts/values/phone-display";
import { formatShortDate, type Place } from "~/platform/time";

/** What stands in the cells of a list on paper. */

export interface CellPlace {
  place: Place;
  /** ISO 3166-1 alpha-2: whose phone numbers are written without their country's code. */
  country: string;
  /** Names by id. */
  owners: ReadonlyMap<string, string>;
  /** The account's own. */
  fields?: readonly FieldDefinition[];
}

const channels = { email: "no email", phone: "no phone", letter: "no letter" };

const cells: Record<BuiltInColumn, (contact: ListedContact, where: CellPlace) => string | null> = {
  company: ({ company }) => company,
  jobTitle: ({ jobTitle }) => jobTitle,
  email: ({ email }) => email,
  phone: ({ phone }, { country }) => phone && phoneText(phone, country),
  city: ({ city }) => city,
  owner: ({ ownerId }, { owners }) => ownerId && (owners.get(ownerId) ?? ""),
  kind: ({ kind }) => kindNames[kind],
  tags: ({ tags }) => tags.join(", "),
  marks: ({ marks }) => marks.map((channel) => channels[channel]).join(", "),
  birthday: ({ birthday }, { place }) => birthday && birthdayText(birthday, place.locale),
  language: ({ language }, { place }) => language && languageName(language, place.locale),
  timeZone: ({ timeZone }) => timeZone,
  created: ({ createdAt }, { place }) => formatShortDate(place, createdAt),
  changed: ({ changedAt }, { place }) => formatShortDate(place, changedAt),
};

export function cellText(contact: ListedContact, column: ContactColumn, where: CellPlace): string {
  if (!isCustomField(column)) return cells[column](contact, where) ?? "";
  const definition = definitionOf(column, where.fields);
  const value = definition && contact.own[definition.id];
  return value ? valueText(definition.type, value, where.place.locale) : "";
}
