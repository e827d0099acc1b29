/** A sample person as a contact of Microsoft Graph. */
import { type Contact, type PhysicalAddress } from "@microsoft/microsoft-graph-types";
import { type SampleAddress, type SamplePerson } from "../frame/people";
import { type Known } from "../frame/world";

export interface MicrosoftPerson extends SamplePerson {
  /** The id of the folder that it lies in. */
  folder: string;
}

/** Where the ids of a request are the same in every folder. */
export const asksImmutable = (prefer: string) => /IdType\s*=\s*"ImmutableId"/i.test(prefer);

/** How ids begin: those that never change, and those that do. */
const beginnings = { i: "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AKBZk", m: "AAMkADc5M2JjNjZkLWFiYWQtNGRiNy1iNGVjLThm" };

/** Otherwise a contact has another id in each folder. */
export function contactId({ key, folder }: { key: number; folder: string }, isImmutable: boolean): string {
  const text = isImmutable ? `i:${key}` : `m:${key}:${folder}`;
  return `${isImmutable ? beginnings.i : beginnings.m}${Buffer.from(text).toString("base64url")}=`;
}

/** The contact's number, and the folder where the id says one; null: it is no id of ours. */
export function keyOf(id: string): { key: number; folder: string | null } | null {
  const text = Buffer.from(id.slice(beginnings.i.length), "base64url").toString("utf8");
  const [, key, folder = null] = /^[im]:(\d+)(?::(.+))?$/.exec(text) ?? [];
  return key === undefined ? null : { key: Number(key), folder };
}

export function toContact(known: Known<MicrosoftPerson>, isImmutable: boolean): Contact & { "@odata.etag": string } {
  const { key, item, createdAt, changedAt } = known;
  const changeKey = `EQAAABYAAA${changedAt.toString(36)}`;
  const second = (instant: number) => new Date(instant).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    "@odata.etag": `W/"${changeKey}"`,
    id: contactId({ key, folder: item.folder }, isImmutable),
    createdDateTime: second(createdAt),
    lastModifiedDateTime: second(changedAt),
    changeKey,
    parentFolderId: item.folder,
    ...namesOf(item),
    ...reachOf(item),
    birthday: birthdayOf(item),
    categories: item.tags,
    personalNotes: item.notes ?? "",
    children: [],
    spouseName: null,
  };
}

function namesOf({ given, middle, family, prefix, suffix, company, jobTitle }: SamplePerson): Contact {
  const displayName = [given, middle, family].filter(Boolean).join(" ") || (company ?? "");
  return {
    displayName,
    fileAs: [family, given].filter(Boolean).join(", ") || displayName,
    givenName: given,
    middleName: middle,
    surname: family,
    title: prefix,
    generation: suffix,
    nickName: null,
    initials: null,
    companyName: company,
    jobTitle,
    department: null,
  };
}

/** At most three emails, whose names repeat the addresses; one mobile number. */
function reachOf({ emails, phones, addresses, urls }: SamplePerson): Contact {
  const numbers = (label: string) => phones.flatMap((phone) => (phone.label === label ? [phone.value] : []));
  return {
    emailAddresses: emails.slice(0, 3).map(({ value }) => ({ name: value, address: value })),
    businessPhones: numbers("work"),
    homePhones: numbers("home"),
    mobilePhone: numbers("mobile")[0] ?? null,
    businessHomePage: urls[0]?.value ?? null,
    imAddresses: [],
    homeAddress: addressOf(addresses, "home"),
    businessAddress: addressOf(addresses, "work"),
    otherAddress: {},
  };
}

/** Empty where there is none: no null. */
function addressOf(addresses: readonly SampleAddress[], label: string): PhysicalAddress {
  const found = addresses.find((address) => address.label === label);
  if (!found) return {};
  const { street, extra, city, region, postalCode, country } = found;
  return {
    street: [street, extra].filter(Boolean).join("\r\n"),
    city,
    ...(region ? { state: region } : {}),
    countryOrRegion: country,
    postalCode,
  };
}

/** Noon or so, so that most time zones agree about the day; 1604 where the year is not known. */
function birthdayOf({ birthday }: SamplePerson): string | null {
  if (birthday === null) return null;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${birthday.year ?? 1604}-${two(birthday.month)}-${two(birthday.day)}T11:59:00Z`;
}
