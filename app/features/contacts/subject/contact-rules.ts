/** What rules of writing there are for contacts: how rows are matched, and for what of a contact a rule can be given. */
import { type ContactField, contactFields, fieldNames } from "~/features/contacts/contact";
import { ID_FIELD } from "~/features/contacts/subject/contact-subject-id";
import { emailFields, phoneFields } from "~/features/contacts/subject/contact-subject-fields";
import { type Matching, type RuleField } from "~/features/pipeline/subject-rules";

const has = (mapping: readonly string[], ...fields: readonly string[]) => fields.some((id) => mapping.includes(id));
const noColumn = (what: string) => `No column goes to ${what}, so rows cannot be matched by it. Choose another way.`;

export const contactMatchings: readonly Matching[] = [
  {
    id: "automatic",
    label: "Automatically",
    hint:
      "The contact with the same Tallybook ID, else the same email, else the same name and the same company or phone. " +
      "Companies of one name are different ones where their postcodes and towns differ, or else the domains of their emails.",
    words: "matched by Tallybook ID, email, or name with company or phone",
    isPossible: () => true,
    impossible: "",
  },
  {
    id: "id",
    label: "By Tallybook ID",
    hint: "As in a file that was exported here. A row with an ID that nobody has is refused.",
    words: "matched by Tallybook ID",
    isPossible: (mapping) => has(mapping, ID_FIELD),
    impossible: noColumn("“Tallybook ID”"),
  },
  {
    id: "email",
    label: "By email",
    hint: "Names do not count. A row without an email fits nobody.",
    words: "matched by email",
    isPossible: (mapping) => has(mapping, ...emailFields),
    impossible: noColumn("an email"),
  },
  {
    id: "phone",
    label: "By phone",
    hint: "Where several share a number, the row is refused and names them.",
    words: "matched by phone",
    isPossible: (mapping) => has(mapping, ...phoneFields),
    impossible: noColumn("a phone number"),
  },
  {
    id: "name",
    label: "By exact name with company",
    hint: "Both have to be the same. A row without a company fits nobody.",
    words: "matched by exact name with company",
    isPossible: (mapping) => has(mapping, "company"),
    impossible: noColumn("the company"),
  },
];

/** What a column's field writes of a contact; null where no rule can be given: ids and consent have rules of their own. */
export function writtenBy(field: string): ContactField | null {
  if (nameParts.has(field)) return "name";
  if (emailParts.has(field)) return "emails";
  if (phoneParts.has(field)) return "phones";
  if (addressParts.has(field.replace(/^\d+:/, ""))) return "addresses";
  return contactFields.find((name) => name === field) ?? null;
}

const nameParts: ReadonlySet<string> = new Set([
  ...["name", "listName", "wholeName", "givenName", "familyName", "middleName", "namePrefix", "nameSuffix"],
]);
const emailParts: ReadonlySet<string> = new Set([...emailFields, "emailLabel", "emailNote"]);
const phoneParts: ReadonlySet<string> = new Set([...phoneFields, "phoneLabel", "phoneNote"]);
const addressParts: ReadonlySet<string> = new Set(
  ["street", "street2", "city", "region", "postalCode", "country"].concat("addressLabel", "addressNote"),
);
const lists: ReadonlySet<ContactField> = new Set(["emails", "phones", "addresses", "tags"]);

export function contactRuleFields(mapping: readonly string[]): RuleField[] {
  const written = new Set(mapping.map(writtenBy));
  return contactFields
    .filter((field) => written.has(field))
    .map((field): RuleField => ({ id: field, label: fieldNames[field], adds: lists.has(field) }))
    .concat(mapping.includes("owner") ? [{ id: "owner", label: "Looked after by", adds: false }] : []);
}
