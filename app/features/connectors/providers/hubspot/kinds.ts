/** Contacts and companies: what HubSpot calls their properties, and what they are here. */
import { type Stream } from "~/features/connectors/connector";

export interface Kind {
  stream: Stream;
  /** When a record last changed: contacts call it otherwise than everything else. */
  modified: "lastmodifieddate" | "hs_lastmodifieddate";
  /** Fields of contacts that properties go to; all of them are usually read. */
  goesTo: Readonly<Record<string, string>>;
  /** Go to the notes of whoever chooses them, and say what they are. */
  noted: Readonly<Record<string, string>>;
  /** Without these nobody could be told apart. */
  always: readonly string[];
}

const address = { address: "street", city: "city", state: "region", zip: "postalCode", country: "country" };

const changes = { changes: true, wholeTellsGone: true, hasStart: true };

export const kinds: Readonly<Record<"contacts" | "companies", Kind>> = {
  contacts: {
    stream: { id: "contacts", noun: { one: "contact", many: "contacts" }, subject: "contacts", ...changes },
    modified: "lastmodifieddate",
    goesTo: {
      ...{ firstname: "givenName", lastname: "familyName", salutation: "namePrefix" },
      ...{ email: "email", hs_additional_emails: "email", work_email: "workEmail" },
      ...{ phone: "phone", mobilephone: "mobile", fax: "fax" },
      ...{ company: "company", jobtitle: "jobTitle", ...address },
      ...{ date_of_birth: "birthday", hs_email_optout: "noEmail" },
    },
    noted: { website: "Website", message: "Message" },
    always: ["firstname", "lastname", "email"],
  },
  companies: {
    stream: {
      ...{ id: "companies", noun: { one: "company", many: "companies" }, subject: "contacts" },
      constants: { kind: "business" },
      ...changes,
    },
    modified: "hs_lastmodifieddate",
    goesTo: { name: "company", phone: "phone", ...address, address2: "street2" },
    noted: { website: "Website", description: "About" },
    always: ["name"],
  },
};

export function kindOf(streamId: string): Kind {
  return streamId === "companies" ? kinds.companies : kinds.contacts;
}

/** Which companies somebody belongs to: no property, but chosen like one. No property can be called so. */
export const COMPANIES_FIELD = "associations.companies";
