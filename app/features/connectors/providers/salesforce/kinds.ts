/** Contacts, leads and accounts: what Salesforce calls their fields, and what they are here. */
import { type Stream } from "~/features/connectors/connector";

export interface Kind {
  stream: Stream;
  /** Salesforce's name of it. */
  type: "Contact" | "Lead" | "Account";
  /** Fields of contacts that fields go to; all of them are usually read. */
  goesTo: Readonly<Record<string, string>>;
  /** Go to the notes of whoever chooses them, and say what they are. */
  noted: Readonly<Record<string, string>>;
  /** Without these nobody could be told apart. */
  always: readonly string[];
}

const changes = { changes: true, wholeTellsGone: true, hasStart: true };

const person = {
  ...{ Salutation: "namePrefix", FirstName: "givenName", MiddleName: "middleName", LastName: "familyName" },
  ...{ Suffix: "nameSuffix", Title: "jobTitle", Email: "email", MobilePhone: "mobile", Fax: "fax" },
  ...{ Description: "notes", HasOptedOutOfEmail: "noEmail", DoNotCall: "noPhone" },
};

const parts = { Street: "street", City: "city", State: "region", PostalCode: "postalCode", Country: "country" };

/** @param before of the fields of further addresses, as "2:" */
function address(name: string, before = ""): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).map(([part, field]) => [name + part, before + field]));
}

/** What an account is called, of whoever belongs to it: read along with them. No field can be called so. */
export const ACCOUNT_NAME = "Account.Name";
/** Which account somebody belongs to. */
export const ACCOUNT = "AccountId";

export const kinds: Readonly<Record<"contacts" | "leads" | "accounts", Kind>> = {
  contacts: {
    stream: { id: "contacts", noun: { one: "contact", many: "contacts" }, subject: "contacts", ...changes },
    type: "Contact",
    goesTo: {
      ...{ ...person, [ACCOUNT_NAME]: "company", Phone: "workPhone", HomePhone: "homePhone", OtherPhone: "phone" },
      ...{ ...address("Mailing"), ...address("Other", "2:"), Birthdate: "birthday" },
    },
    noted: { Department: "Department", AssistantName: "Assistant", AssistantPhone: "Assistant’s phone" },
    always: ["FirstName", "LastName", "Email"],
  },
  leads: {
    stream: { id: "leads", noun: { one: "lead", many: "leads" }, subject: "contacts", ...changes },
    type: "Lead",
    goesTo: { ...person, Company: "company", Phone: "phone", ...address("") },
    noted: { Website: "Website", Industry: "Industry" },
    always: ["FirstName", "LastName", "Company", "Email"],
  },
  accounts: {
    stream: {
      ...{ id: "accounts", noun: { one: "account", many: "accounts" }, subject: "contacts" },
      constants: { kind: "business" },
      ...changes,
    },
    type: "Account",
    goesTo: { Name: "company", Phone: "phone", Fax: "fax", ...address("Billing"), ...address("Shipping", "2:") },
    noted: { Website: "Website", Description: "About", Industry: "Industry" },
    always: ["Name"],
  },
};

export function kindOf(streamId: string): Kind {
  const found = Object.values(kinds).find(({ stream }) => stream.id === streamId);
  if (!found) throw new Error(`Salesforce has no stream ${streamId}`);
  return found;
}

/** A person who is an account of their own: read as a contact, and no business. */
export const IS_PERSON = "IsPersonAccount";
