import { type ContactKind, listName } from "~/features/contacts/contact";
import { type CustomValues, readCustomColumn } from "~/features/contacts/custom/custom-rows.server";
import { fromJson } from "~/platform/db/json.server";

/** The columns of `contacts` that a list shows. */
export const listedColumns = [
  "contacts.id",
  "contacts.kind",
  "contacts.name",
  "contacts.given_name",
  "contacts.family_name",
  "contacts.company",
  "contacts.job_title",
  "contacts.email",
  "contacts.phone",
  "contacts.city",
  "contacts.owner_id",
  "contacts.tags",
  "contacts.birthday",
  "contacts.language",
  "contacts.time_zone",
  "contacts.no_email_at",
  "contacts.no_phone_at",
  "contacts.no_letter_at",
  "contacts.created_at",
  "contacts.changed_at",
  "contacts.custom_values",
] as const;

export interface ContactRow {
  id: string;
  kind: ContactKind;
  name: string;
  given_name: string | null;
  family_name: string | null;
  company: string | null;
  job_title: string | null;
  email: string | null;
  phone: string | null;
  city: string | null;
  owner_id: string | null;
  /** JSON list of names. */
  tags: string;
  birthday: string | null;
  language: string | null;
  time_zone: string | null;
  no_email_at: string | null;
  no_phone_at: string | null;
  no_letter_at: string | null;
  created_at: string;
  changed_at: string;
  custom_values: string | null;
  /** What the list is sorted by, for the next page's address. */
  sort_key: string;
}

export interface ListedContact extends Pick<
  ContactRow,
  "id" | "kind" | "name" | "company" | "email" | "phone" | "city" | "birthday" | "language"
> {
  /** As it stands in a sorted list: `Adebayo, Folasade`. */
  listName: string;
  jobTitle: string | null;
  ownerId: string | null;
  timeZone: string | null;
  tags: string[];
  /** How they are not to be contacted. */
  marks: ("email" | "phone" | "letter")[];
  createdAt: string;
  changedAt: string;
  /** What it says of the account's own fields, by their ids. */
  own: CustomValues;
}

export function toListed(row: ContactRow): ListedContact {
  const { id, kind, name, company, email, phone, city, birthday, language } = row;
  return {
    ...{ id, kind, name, company, email, phone, city, birthday, language },
    listName: listName({ name, givenName: row.given_name, familyName: row.family_name }),
    jobTitle: row.job_title,
    ownerId: row.owner_id,
    timeZone: row.time_zone,
    tags: fromJson<string[]>(row.tags),
    marks: [
      ...(row.no_email_at ? (["email"] as const) : []),
      ...(row.no_phone_at ? (["phone"] as const) : []),
      ...(row.no_letter_at ? (["letter"] as const) : []),
    ],
    createdAt: row.created_at,
    changedAt: row.changed_at,
    own: readCustomColumn(row.custom_values),
  };
}
