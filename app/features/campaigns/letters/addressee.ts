/** Whom a letter is to: the lines in the window and what its text calls them. Pure. */
import { type CampaignFacts, mergeValues } from "~/features/campaigns/text/merge-values";
import { type MergeValues } from "~/features/campaigns/text/merge-fields";
import { type Address, type ContactValues } from "~/features/contacts/contact";
import { addressBlock } from "~/features/contacts/print/address-block";
import { type Home } from "~/features/contacts/values/address-text";

export interface Addressee {
  /** As pages call them. */
  name: string;
  contact: ContactValues;
  /** Of one household with them, who get the same letter. */
  housemates: readonly Pick<ContactValues, "typedName" | "givenName" | "familyName">[];
  /** Who acts for an estate: the letter goes to them. */
  carer: { name: string; contact: ContactValues } | null;
  /** Of the carer where there is one. */
  address: Address;
}

/** More names of a household fill the window. */
const MOST_NAMES = 3;

/** As they stand in the window: names, then the address in the order of the country that it goes to. */
export function windowLines(addressee: Addressee, home: Home): string[] {
  const { carer, address } = addressee;
  return addressBlock({ names: namesOf(addressee), careOf: carer?.name, address }, home);
}

const atWork = /work|office|business|büro|firma|arbeit|geschäft|bureau|travail|oficina|ufficio|kantoor/i;

function namesOf({ name, contact, housemates, address }: Addressee): string[] {
  if (contact.kind === "estate") return [/\bestate\b/i.test(name) ? name : `Estate of ${name}`];
  if (contact.kind === "business") return withCompany(name, contact.company);
  const names = [name, ...housemates.map(nameOf).filter(Boolean)].slice(0, MOST_NAMES);
  const { company } = contact;
  return company && atWork.test(address.label ?? "") ? withCompany(name, company) : names;
}

function withCompany(name: string, company: string | null): string[] {
  return company && company !== name ? [name, company] : [name];
}

function nameOf({ typedName, givenName, familyName }: Addressee["housemates"][number]): string {
  return typedName ?? [givenName, familyName].filter(Boolean).join(" ");
}

/** What the text calls them: the carer of an estate, a household by all its names. */
export function valuesOf({ contact, carer, housemates }: Addressee, campaign: CampaignFacts): MergeValues {
  const values = mergeValues(carer?.contact ?? contact, campaign);
  if (carer || contact.kind !== "individual" || housemates.length === 0) return values;
  const everybody = [contact, ...housemates].slice(0, MOST_NAMES);
  const fullName = togetherName(everybody);
  const given = everybody.map(({ givenName }) => givenName);
  const firstName = given.every(Boolean) ? inWords(given.map(String)) : values.firstName;
  return fullName ? { ...values, firstName, fullName, salutation: `Dear ${fullName}` } : values;
}

/** "Folasade and Kemi Adebayo"; "Ann Hale and Bo Reyes" where they are not called alike. */
function togetherName(people: readonly Addressee["housemates"][number][]): string | null {
  const [first] = people;
  const isOneName = people.every(
    ({ typedName, givenName, familyName }) => !typedName && givenName && familyName && familyName === first?.familyName,
  );
  if (isOneName) return `${inWords(people.map(({ givenName }) => givenName ?? ""))} ${first?.familyName}`;
  const names = people.map(nameOf).filter(Boolean);
  return names.length > 0 ? inWords(names) : null;
}

function inWords(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
