/** The fields of partners in an Odoo as fields to choose from: each Odoo has others, by its version and its apps. */
import { type SourceColumn, type SourceField } from "~/features/connectors/connector";
import { ADDRESSES, type Kind, PARENT, TAGS } from "~/features/connectors/providers/odoo/kinds";
import { type FieldFacts } from "~/features/connectors/providers/odoo/odoo-api";

const readable: ReadonlySet<string> = new Set([
  ...["char", "text", "html", "selection", "boolean", "integer", "float", "monetary", "date", "datetime", "many2one"],
]);

/** Odoo's own bookkeeping, and what belongs to its other apps. */
const bookkeeping =
  /^(?:id|active|is_company|type|color|display_name|complete_name|commercial_.*|write_.*|__last_update|create_uid|message_.*|activity_.*|signup_.*|website_message_.*|image_.*|avatar_.*|contact_address.*|email_normalized|phone_sanitized|partner_(?:share|latitude|longitude))$/;

/** Whether a field says something that a table can show. */
export function isReadable(name: string, { type, isStored }: FieldFacts): boolean {
  return name === TAGS || (isStored && readable.has(type) && !bookkeeping.test(name));
}

export function fieldsOf(found: ReadonlyMap<string, FieldFacts>, kind: Kind): SourceField[] {
  const fields = [...found]
    .filter(([name, facts]) => isReadable(name, facts))
    .map(([name, { label }]) => toField(name, label, kind))
    .sort((a, b) => Number(b.usual) - Number(a.usual) || a.label.localeCompare(b.label));
  return [...fields, addressesField];
}

function groupOf(name: string, { goesTo, noted }: Kind): string {
  if (name.startsWith("x_")) return "Fields of the firm";
  if (/^(?:street2?|city|zip|state_id|country_id)$/.test(name)) return "Address";
  return name in goesTo || name in noted ? "Contact" : "More";
}

function toField(name: string, label: string, kind: Kind): SourceField {
  const goesTo = kind.goesTo[name] ?? (name in kind.noted ? "notes" : undefined);
  return {
    ...{ id: name, label, group: groupOf(name, kind), usual: name in kind.goesTo },
    ...(name === "name" ? { always: true } : {}),
    columns: [{ id: name, label: name === PARENT ? "Company" : label, ...(goesTo === undefined ? {} : { goesTo }) }],
  };
}

/** So many besides the own one find a column. */
export const MOST_ADDRESSES = 2;

export const addressParts = [
  ["label", "addressLabel", "what for"],
  ["street", "street", "street"],
  ["street2", "street2", "second line"],
  ["zip", "postalCode", "postcode"],
  ["city", "city", "town"],
  ["state_id", "region", "region"],
  ["country_id", "country", "country"],
  ["name", "addressNote", "name"],
] as const;

export const addressColumn = (place: number, part: string) => `${ADDRESSES}.${place}.${part}`;

function addressColumns(place: number): SourceColumn[] {
  const which = place === 1 ? "Second address" : "Third address";
  return addressParts.map(([part, goesTo, words]) => ({
    id: addressColumn(place, part),
    label: `${which}: ${words}`,
    goesTo: `${place + 1}:${goesTo}`,
  }));
}

const addressesField: SourceField = {
  ...{ id: ADDRESSES, label: "Addresses to deliver and to invoice to", group: "Address", usual: true },
  columns: Array.from({ length: MOST_ADDRESSES }, (_, index) => addressColumns(index + 1)).flat(),
};
