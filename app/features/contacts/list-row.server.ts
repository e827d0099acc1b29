import { type ContactKind } from "~/features/contacts/contact";

/** The columns of `contacts` that a list shows. */
export const listedColumns = [
  "id",
  "kind",
  "name",
  "given_name",
  "family_name",
  "company",
  "email",
  "phone",
  "tags",
  "created_at",
  "changed_at",
] as const;

export interface ContactRow {
  id: string;
  kind: ContactKind;
  name: string;
  given_name: string | null;
  family_name: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  /** JSON list of names. */
  tags: string;
  created_at: string;
  changed_at: string;
  /** What the list is sorted by, for the next page's address. */
  sort_key: string;
}
