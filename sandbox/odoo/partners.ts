/** The partners of an Odoo: companies, people and further addresses, in one table, as Odoo has them. */
import { type Labelled, sampleCompany, type SampleAddress, samplePerson, sampleTags } from "../frame/people";
import { type Known, World } from "../frame/world";
import { fieldsIn } from "./fields";

export interface OdooPartner {
  isCompany: boolean;
  /** Number of whom they belong to. */
  parent: number | null;
  type: "contact" | "invoice" | "delivery" | "other";
  active: boolean;
  name: string;
  jobTitle: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  street: string | null;
  street2: string | null;
  city: string | null;
  zip: string | null;
  state: string | null;
  country: string | null;
  countryCode: string | null;
  website: string | null;
  /** As HTML. */
  comment: string | null;
  /** Numbers of tags. */
  tags: readonly number[];
  /** Values of fields that there is no word for here. */
  more: Readonly<Record<string, string | number | boolean>>;
}

export interface Counts {
  companies: number;
  contacts: number;
  /** Further addresses, of companies. */
  addresses: number;
}

/** Numbers are given out in the order of this list: companies, people, addresses. */
export function partnersOf({ companies, contacts, addresses }: Counts): World<OdooPartner> {
  return new World(companies + contacts + addresses, (key) => {
    if (key <= companies) return company(key);
    const person = key - companies;
    return person <= contacts ? contact(person, companies) : furtherAddress(person - contacts, companies);
  });
}

const nowhere = { street: null, street2: null, city: null, zip: null, state: null, country: null, countryCode: null };

function placed(address: SampleAddress | undefined) {
  if (!address) return nowhere;
  const { street, extra: street2, city, postalCode: zip, region: state, country, countryCode } = address;
  return { street, street2, city, zip, state, country, countryCode };
}

const nobody: OdooPartner = {
  ...{ isCompany: false, parent: null, type: "contact", active: true, name: "", jobTitle: null, email: null },
  ...{ phone: null, mobile: null, website: null, comment: null, tags: [], more: {}, ...nowhere },
};

function company(key: number): OdooPartner {
  const { name, domain, phone, address } = sampleCompany(key);
  return { ...nobody, isCompany: true, name, phone, email: `office@${domain}`, website: domain, ...placed(address) };
}

/** Every fourth belongs nowhere; the others work for the companies one after the other, and have their emails there. */
function contact(key: number, companies: number): OdooPartner {
  const { prefix: _prefix, given, middle, family, company, emails, phones, notes, tags, ...person } = samplePerson(key);
  const parent = companies === 0 || key % 4 === 0 ? null : 1 + ((key - 1) % companies);
  const domain = parent === null ? null : sampleCompany(parent).domain;
  const emailOf = ({ label, value }: Labelled) =>
    domain !== null && label === "work" ? value.replace(/@.*$/, `@${domain}`) : value;
  const phone = (label: string) => phones.find((each) => each.label === label)?.value ?? null;
  return {
    ...nobody,
    ...{ parent, jobTitle: person.jobTitle },
    name: [given, middle, family].filter(Boolean).join(" ") || (company ?? "Unknown"),
    email: emails.map(emailOf).join(", ") || null,
    ...{ phone: phone("work"), mobile: phone("mobile"), ...placed(person.addresses[0]) },
    comment: notes && `<p>${notes.replaceAll("\n", "<br>")}</p>`,
    tags: tags.map((tag) => 1 + sampleTags.indexOf(tag as (typeof sampleTags)[number])),
  };
}

function furtherAddress(key: number, companies: number): OdooPartner {
  const { address } = sampleCompany(500 + key);
  return {
    ...nobody,
    type: key % 2 === 0 ? "invoice" : "delivery",
    parent: 1 + (key % companies),
    name: "Warehouse",
    ...placed(address),
  };
}

export const FIRST_ID = 40;
export const idOf = (key: number) => FIRST_ID + key;
export const keyOf = (id: number) => id - FIRST_ID;

/** "2026-11-22 09:00:00" */
export const instantText = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " ");

/** Microseconds are kept with each change, and told to nobody. */
const FRACTION_MS = 0.417;

export interface Row {
  /** As it is told. */
  values: Readonly<Record<string, unknown>>;
  /** As it is compared: to the microsecond, in milliseconds. */
  changedAt: number;
}

const orFalse = <Value>(value: Value | null) => value ?? false;
const linked = (id: number, name: string | null) => (name === null ? false : [id, name]);

/** Empty is `false`, as ever; fields that this version has not are left out. */
export function rowOf(world: World<OdooPartner>, known: Known<OdooPartner>, version: number): Row {
  const { item } = known;
  const parent = item.parent === null ? null : world.get(item.parent);
  const values: Record<string, unknown> = {
    ...{ id: idOf(known.key), name: item.name, display_name: item.name, is_company: item.isCompany, type: item.type },
    ...{ active: item.active, parent_id: linked(idOf(item.parent ?? 0), parent?.item.name ?? null) },
    ...{ function: orFalse(item.jobTitle), email: orFalse(item.email), phone: orFalse(item.phone) },
    ...{ mobile: orFalse(item.mobile), title: false, company_name: false, street: orFalse(item.street) },
    ...{ street2: orFalse(item.street2), city: orFalse(item.city), zip: orFalse(item.zip) },
    state_id: linked(100, item.state && `${item.state} (${item.countryCode})`),
    country_id: linked(200, item.country),
    ...{ website: orFalse(item.website), comment: orFalse(item.comment), category_id: item.tags, vat: false, ref: "" },
    ...{ lang: "en_GB", create_date: instantText(known.createdAt), write_date: instantText(known.changedAt) },
    ...item.more,
  };
  const names = new Set(["id", ...Object.keys(fieldsIn(version))]);
  return {
    values: Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))),
    changedAt: known.changedAt + FRACTION_MS,
  };
}
