/** People and companies, which are all partners to Odoo: what it calls their fields, and what they are here. */
import { type Stream } from "~/features/connectors/connector";
import { type Domain } from "~/features/connectors/providers/odoo/odoo-api";

export interface Kind {
  stream: Stream;
  /** Which partners they are. */
  domain: Domain;
  /** Fields of contacts that fields go to; all of them are usually read. */
  goesTo: Readonly<Record<string, string>>;
  /** Go to the notes of whoever chooses them, and say what they are. */
  noted: Readonly<Record<string, string>>;
}

export const PARTNERS = "res.partner";
/** Whom somebody works for, by id and name. */
export const PARENT = "parent_id";
export const TAGS = "category_id";
/** Addresses to deliver or to invoice to: partners of their own in Odoo, read along. No field can be called so. */
export const ADDRESSES = "child_ids.addresses";

const changes = { changes: true, wholeTellsGone: true, hasStart: true };

const reached = {
  ...{ email: "email", phone: "phone", mobile: "mobile", street: "street", street2: "street2", city: "city" },
  ...{ state_id: "region", zip: "postalCode", country_id: "country", [TAGS]: "tags", comment: "notes" },
};

const isThere = ["active", "=", true] as const;

export const kinds: Readonly<Record<"contacts" | "companies", Kind>> = {
  contacts: {
    stream: { id: "contacts", noun: { one: "contact", many: "contacts" }, subject: "contacts", ...changes },
    // A further address of somebody is nobody; of those that stand alone the type says nothing.
    domain: [
      ...["&", isThere, "&", ["is_company", "=", false] as const],
      ...["|", [PARENT, "=", false] as const, ["type", "=", "contact"] as const],
    ],
    goesTo: { name: "name", title: "namePrefix", function: "jobTitle", [PARENT]: "company", ...reached },
    noted: { website: "Website", vat: "VAT", ref: "Reference" },
  },
  companies: {
    stream: {
      ...{ id: "companies", noun: { one: "company", many: "companies" }, subject: "contacts" },
      constants: { kind: "business" },
      ...changes,
    },
    domain: ["&", isThere, ["is_company", "=", true]],
    goesTo: { name: "company", ...reached },
    noted: { website: "Website", vat: "VAT", ref: "Reference" },
  },
};

export function kindOf(streamId: string): Kind {
  return streamId === "companies" ? kinds.companies : kinds.contacts;
}
