/**
 * A small invented world to try things with: people, companies, a household, an estate. The phone numbers are of ranges
 * kept free for fiction (Ofcom's drama numbers; +1 … 555-01xx), the domains end in `.example` (RFC 2606).
 */
import { type Channel } from "~/features/contacts/consent/consent";
import { type Address, type ContactValues, nothingKnown } from "~/features/contacts/contact";

export interface SampleContact {
  /** By which the relationships below name it. */
  key: string;
  values: ContactValues;
}

export interface SampleRelationship {
  from: string;
  type: "works-for" | "owns" | "manages" | "married-to" | "related-to" | "executor-of" | "attorney-for" | "estate-of";
  to: string;
  note?: string;
}

type Facts = Partial<Omit<ContactValues, "emails" | "phones" | "addresses">> & {
  email?: string;
  phone?: string;
  address?: Address;
};

function contact(key: string, { email, phone, address, ...facts }: Facts): SampleContact {
  const values: ContactValues = {
    ...nothingKnown,
    ...facts,
    emails: email ? [{ value: email, label: "work" }] : [],
    phones: phone ? [{ value: phone, label: null }] : [],
    addresses: address ? [address] : [],
  };
  return { key, values };
}

function address(street: string, postalCode: string, city: string, country = "GB"): Address {
  return { label: null, street, city, region: null, postalCode, country };
}

const millLane = address("6 Mill Lane", "YO10 4DX", "York");

export const sampleContacts: readonly SampleContact[] = [
  contact("harbour", {
    kind: "business",
    company: "Harbour Ceramics Ltd",
    email: "studio@harbour-ceramics.example",
    phone: "+442079460114",
    address: address("3 Foundry Lane", "E14 7QQ", "London"),
    tags: ["client", "retail"],
    notes: "Accounts are sent in the first week of the month.",
  }),
  contact("ines", {
    givenName: "Inés",
    familyName: "Castellanos",
    company: "Harbour Ceramics Ltd",
    jobTitle: "Owner",
    birthday: "1979-05-03",
    language: "es",
    email: "ines@harbour-ceramics.example",
    phone: "+447700900142",
    tags: ["client"],
  }),
  contact("tom", {
    givenName: "Tom",
    familyName: "Ashworth",
    company: "Harbour Ceramics Ltd",
    jobTitle: "Workshop lead",
    email: "tom@harbour-ceramics.example",
  }),
  contact("timber", {
    kind: "business",
    company: "Brandt Holzbau GmbH",
    email: "info@brandt-holzbau.example",
    phone: "+493023125014",
    address: address("Lindenstraße 14", "10969", "Berlin", "DE"),
    tags: ["supplier"],
    language: "de",
  }),
  contact("anneliese", {
    givenName: "Anneliese",
    familyName: "Brandt",
    company: "Brandt Holzbau GmbH",
    jobTitle: "Managing director",
    language: "de",
    email: "anneliese@brandt-holzbau.example",
    phone: "+493023125015",
  }),
  contact("margaret", {
    givenName: "Margaret",
    familyName: "Hale",
    birthday: "1951-11-08",
    email: "margaret.hale@post.example",
    phone: "+441904960117",
    address: millLane,
    tags: ["trustee"],
  }),
  contact("leonard", {
    givenName: "Leonard",
    familyName: "Hale",
    birthday: "--02-29",
    email: "leonard.hale@post.example",
    address: millLane,
    notes: "Prefers letters. Rings on Fridays.",
  }),
  contact("daniel", {
    givenName: "Daniel",
    familyName: "Hale",
    birthday: "1984-12-19",
    email: "daniel@hale-surveyors.example",
    phone: "+447700900171",
    address: address("22 Priory Gardens", "LS6 2AB", "Leeds"),
  }),
  contact("rosalind", {
    givenName: "Rosalind",
    familyName: "Carver",
    birthday: "1938-04-17",
    diedOn: "2026-02-11",
    address: address("11 Chapel Walk", "BA1 2QH", "Bath"),
  }),
  contact("estate", {
    kind: "estate",
    typedName: "Estate of Rosalind Carver",
    notes: "Probate applied for in May.",
    tags: ["probate"],
  }),
  contact("miles", {
    givenName: "Miles",
    familyName: "Carver",
    email: "miles.carver@post.example",
    phone: "+447700900188",
    address: address("5 Canal Wharf", "BS1 6UA", "Bristol"),
  }),
  contact("folasade", {
    givenName: "Folasade",
    familyName: "Adebayo",
    company: "Adebayo & Lindqvist LLP",
    jobTitle: "Partner",
    email: "folasade@adebayo-lindqvist.example",
    phone: "+441614960123",
    address: address("40 Albert Terrace", "M4 1HQ", "Manchester"),
    tags: ["solicitor"],
  }),
  contact("lindqvist", {
    kind: "business",
    company: "Adebayo & Lindqvist LLP",
    email: "office@adebayo-lindqvist.example",
    phone: "+441614960100",
    address: address("40 Albert Terrace", "M4 1HQ", "Manchester"),
    tags: ["solicitor"],
  }),
  contact("tanvir", {
    givenName: "Tanvir",
    familyName: "Chowdhury",
    company: "Quarry Hill Bakery",
    jobTitle: "Bookkeeper",
    email: "books@quarryhill-bakery.example",
    phone: "+441134960166",
    tags: ["client"],
  }),
  contact("elodie", {
    givenName: "Élodie",
    familyName: "Lefèvre",
    company: "Lefèvre Textiles SARL",
    jobTitle: "Head of purchasing",
    language: "fr",
    email: "elodie@lefevre-textiles.example",
    address: address("18 rue du Moulin", "69002", "Lyon", "FR"),
  }),
  contact("grace", {
    givenName: "Grace",
    familyName: "Mensah",
    email: "grace.mensah@post.example",
    phone: "+12125550147",
    address: { ...address("340 Orchard Street", "10002", "New York", "US"), region: "NY" },
  }),
];

export const sampleRelationships: readonly SampleRelationship[] = [
  { from: "ines", type: "owns", to: "harbour" },
  { from: "tom", type: "works-for", to: "harbour" },
  { from: "anneliese", type: "manages", to: "timber" },
  { from: "margaret", type: "married-to", to: "leonard" },
  { from: "daniel", type: "related-to", to: "margaret", note: "Her son" },
  { from: "estate", type: "estate-of", to: "rosalind" },
  { from: "miles", type: "executor-of", to: "estate", note: "Named in the will of 2019" },
  { from: "folasade", type: "attorney-for", to: "estate" },
  { from: "folasade", type: "owns", to: "lindqvist" },
];

/** Who asked not to be contacted in this way, and why. */
export const sampleMarks: readonly { contact: string; channels: readonly Channel[]; reason: string }[] = [
  { contact: "leonard", channels: ["email"], reason: "Asked for letters only" },
];
