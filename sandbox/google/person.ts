/** A sample person as the People API shows one, as far as it was asked for. */
import { type people_v1 } from "@googleapis/people";
import { type SampleAddress, type SamplePerson } from "../frame/people";
import { type Known } from "../frame/world";

export type Person = people_v1.Schema$Person;

/** The paths that a mask of fields may have. */
export const maskPaths = new Set(
  "addresses ageRanges biographies birthdays calendarUrls clientData coverPhotos emailAddresses events externalIds genders imClients interests locales locations memberships metadata miscKeywords names nicknames occupations organizations phoneNumbers photos relations sipAddresses skills urls userDefined".split(
    " ",
  ),
);

/** Groups of the account's own are made of the tags of its people. */
export function groupName(tag: string): string {
  return `contactGroups/${Buffer.from(tag).toString("hex").slice(0, 16)}`;
}

const idOf = (key: number) => (0x7a10_0000 + key).toString(16);

/** Changes with each renaming, as it does where a contact is linked with a profile. */
export function resourceName(key: number, renames: number): string {
  const number = 7_100_000_000_000_000_000n + BigInt(key) * 1_000n + BigInt(renames);
  return `people/c${number}`;
}

export function toPerson(known: Known<SamplePerson>, mask: ReadonlySet<string>): Person {
  const { key, item, renames, changedAt } = known;
  const whole: Person = { ...partsOf(item, idOf(key)), metadata: metadataOf(known) };
  const asked = Object.entries(whole).filter(([field, values]) => {
    return mask.has(field) && !(Array.isArray(values) && values.length === 0);
  });
  return {
    resourceName: resourceName(key, renames),
    etag: `%E${changedAt.toString(36)}`,
    ...(Object.fromEntries(asked) as Person),
  };
}

/** In an answer to a sync token only. */
export function deletedPerson(key: number, renames: number, mask: ReadonlySet<string>): Person {
  const previous = formerNames(key, renames);
  const metadata = { deleted: true, ...(previous.length > 0 ? { previousResourceNames: previous } : {}) };
  return {
    resourceName: resourceName(key, renames),
    etag: "%EgYBAj0GNy4=",
    ...(mask.has("metadata") ? { metadata: { ...metadata, objectType: "PERSON" } } : {}),
  };
}

export function formerNames(key: number, renames: number): string[] {
  return Array.from({ length: renames }, (_, number) => resourceName(key, number));
}

function metadataOf({ key, changedAt }: Known<SamplePerson>): people_v1.Schema$PersonMetadata {
  const updateTime = new Date(changedAt).toISOString().replace("Z", "000Z");
  return {
    sources: [{ type: "CONTACT", id: idOf(key), etag: `#${changedAt.toString(36)}=`, updateTime }],
    objectType: "PERSON",
  };
}

/** Which source a value is of, and whether it is the first of its kind. */
function marked<Value extends object>(values: readonly Value[], id: string) {
  return values.map((value, place) => ({
    metadata: { ...(place === 0 ? { primary: true, sourcePrimary: true } : {}), source: { type: "CONTACT", id } },
    ...value,
  }));
}

/** Google knows some kinds by name and shows them in the language of the account. */
const shown: Readonly<Record<string, string>> = { home: "Home", work: "Work", mobile: "Mobile", homePage: "Home Page" };
const typed = (label: string) => (label === "" ? {} : { type: label, formattedType: shown[label] ?? label });

function partsOf(item: SamplePerson, id: string): Person {
  const { emails, phones, addresses, notes, urls, own, tags } = item;
  return {
    names: marked(namesOf(item), id),
    emailAddresses: marked(
      emails.map(({ label, value }) => ({ value, ...typed(label) })),
      id,
    ),
    phoneNumbers: marked(
      phones.map(({ label, value }) => ({ value, canonicalForm: value.replace(/[^+\d]/g, ""), ...typed(label) })),
      id,
    ),
    addresses: marked(addresses.map(addressOf), id),
    organizations: marked(organizationOf(item), id),
    birthdays: marked(birthdayOf(item), id),
    biographies: marked(notes === null ? [] : [{ value: notes, contentType: "TEXT_PLAIN" }], id),
    urls: marked(
      urls.map(({ label, value }) => ({ value, ...typed(label) })),
      id,
    ),
    userDefined: marked(
      own.map(({ label, value }) => ({ key: label, value })),
      id,
    ),
    memberships: marked(membershipsOf(tags), id),
  };
}

function namesOf({ given, middle, family, prefix, suffix }: SamplePerson): people_v1.Schema$Name[] {
  const parts = [prefix, given, middle, family].filter(Boolean);
  if (parts.length === 0) return [];
  const displayName = parts.join(" ") + (suffix ? `, ${suffix}` : "");
  return [
    {
      displayName,
      displayNameLastFirst: [family, given].filter(Boolean).join(", "),
      unstructuredName: displayName,
      ...(family ? { familyName: family } : {}),
      ...(given ? { givenName: given } : {}),
      ...(middle ? { middleName: middle } : {}),
      ...(prefix ? { honorificPrefix: prefix } : {}),
      ...(suffix ? { honorificSuffix: suffix } : {}),
    },
  ];
}

function addressOf({ label, street, extra, city, region, postalCode, country, countryCode }: SampleAddress) {
  return {
    formattedValue: [street, extra, `${postalCode} ${city}`, country].filter(Boolean).join("\n"),
    ...typed(label),
    streetAddress: street,
    ...(extra ? { extendedAddress: extra } : {}),
    city,
    ...(region ? { region } : {}),
    postalCode,
    country,
    countryCode,
  };
}

function organizationOf({ company, jobTitle }: SamplePerson): people_v1.Schema$Organization[] {
  if (company === null && jobTitle === null) return [];
  return [{ ...(company ? { name: company } : {}), ...(jobTitle ? { title: jobTitle } : {}) }];
}

/** Without a year there is none in the date: no null, no 0. */
function birthdayOf({ birthday }: SamplePerson): people_v1.Schema$Birthday[] {
  if (birthday === null) return [];
  const { year, month, day } = birthday;
  return [{ date: { ...(year === null ? {} : { year }), month, day } }];
}

/** Everybody is in the group that Google keeps for itself. */
function membershipsOf(tags: readonly string[]): people_v1.Schema$Membership[] {
  return [...tags.map(groupName), "contactGroups/myContacts"].map((name) => ({
    contactGroupMembership: { contactGroupId: name.slice("contactGroups/".length), contactGroupResourceName: name },
  }));
}
