/** What HubSpot's CRM keeps here: contacts and companies, each with its properties. */
import { isCompanyOnly, sampleCompany, type SampleCompany, samplePerson, type SamplePerson } from "../frame/people";
import { type Known, World } from "../frame/world";

/** Values of properties that the samples have no word for, by their names. */
type More = Readonly<Record<string, string>>;

export interface HubSpotPerson extends SamplePerson {
  /** Numbers of companies, the first being the primary one. */
  companies: readonly number[];
  more: More;
}

export interface HubSpotCompany extends SampleCompany {
  more: More;
}

type Values = Readonly<Record<string, string | null>>;

/** A kind of object, as lists and searches of it need it. */
export interface Kind<Item> {
  world: World<Item>;
  /** When it last changed: contacts call it otherwise than all others. */
  modified: "lastmodifieddate" | "hs_lastmodifieddate";
  /** Shown where no properties are asked for. */
  usual: readonly string[];
  idOf(key: number): string;
  /** Null: nobody's id. */
  keyOf(id: string): number | null;
  valuesOf(item: Item): Values;
}

function numbers(from: number) {
  return {
    idOf: (key: number) => String(from + key),
    keyOf: (id: string) => (/^\d+$/.test(id) && Number(id) > from ? Number(id) - from : null),
  };
}

export function contactKind(count: number, companies: number): Kind<HubSpotPerson> {
  return {
    world: new World(count, (key) => ({ ...samplePerson(key), companies: companiesOf(key, companies), more: {} })),
    modified: "lastmodifieddate",
    usual: ["email", "firstname", "lastname"],
    ...numbers(100_000),
    valuesOf: personValues,
  };
}

/** Every fourth belongs nowhere, every fiftieth to two. Whoever can works where they say that they do. */
function companiesOf(key: number, count: number): number[] {
  if (count === 0 || key % 4 === 0 || isCompanyOnly(key)) return [];
  const first = key <= count ? key : 1 + (key % count);
  return key % 50 === 7 && count > 1 ? [first, 1 + (first % count)] : [first];
}

export function companyKind(count: number): Kind<HubSpotCompany> {
  return {
    world: new World(count, (key) => ({ ...sampleCompany(key), more: {} })),
    modified: "hs_lastmodifieddate",
    usual: ["domain", "name"],
    ...numbers(7_945_000_000),
    valuesOf: companyValues,
  };
}

function addressValues(address: SamplePerson["addresses"][number] | undefined): Values {
  if (!address) return {};
  const { street, extra, city, region, postalCode, country } = address;
  return { address: [street, extra].filter(Boolean).join(", "), city, state: region, zip: postalCode, country };
}

function personValues(person: HubSpotPerson): Values {
  const [email, ...emails] = person.emails;
  const phone = (label: string) => person.phones.find((each) => each.label === label)?.value ?? null;
  return {
    firstname: [person.given, person.middle].filter(Boolean).join(" ") || null,
    lastname: person.family,
    salutation: person.prefix,
    email: email?.value ?? null,
    hs_additional_emails: emails.map(({ value }) => value).join(";") || null,
    phone: phone("work"),
    mobilephone: phone("mobile"),
    company: person.company,
    jobtitle: person.jobTitle,
    ...addressValues(person.addresses[0]),
    date_of_birth: birthdayText(person),
    website: person.urls[0]?.value ?? null,
    message: person.notes,
    audience: person.tags.join(";") || null,
    membership_no: person.own[0]?.value ?? null,
    ...person.more,
  };
}

/** Free text, as HubSpot has it: nobody checks what stands there. */
function birthdayText({ birthday }: SamplePerson): string | null {
  if (birthday?.year == null) return null;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${birthday.year}-${two(birthday.month)}-${two(birthday.day)}`;
}

function companyValues({ name, domain, phone, address, more }: HubSpotCompany): Values {
  return { name, domain, phone, ...addressValues(address), website: `https://www.${domain}`, ...more };
}

const instant = (time: number) => new Date(time).toISOString();

/** All properties of a record; null where it says nothing. */
export function propertiesOf<Item>(kind: Kind<Item>, known: Known<Item>): Values {
  const id = kind.idOf(known.key);
  const merged = known.absorbed.map(kind.idOf);
  return {
    ...kind.valuesOf(known.item),
    createdate: instant(known.createdAt),
    hs_object_id: id,
    [kind.modified]: instant(known.changedAt),
    hs_merged_object_ids: merged.join(";") || null,
    ...(kind.modified === "lastmodifieddate" ? { hs_all_contact_vids: [id, ...merged].join(";") } : {}),
  };
}
