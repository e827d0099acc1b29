/** People and companies to fill a stand-in with: each is always the same by its number, and nobody that there is. */
import { countries, type Country } from "./countries";

export interface Labelled {
  label: string;
  value: string;
}

export interface SampleAddress {
  label: string;
  street: string;
  extra: string | null;
  city: string;
  region: string | null;
  postalCode: string;
  country: string;
  countryCode: string;
}

export interface SamplePerson {
  given: string | null;
  middle: string | null;
  family: string | null;
  prefix: string | null;
  suffix: string | null;
  company: string | null;
  jobTitle: string | null;
  emails: Labelled[];
  phones: Labelled[];
  addresses: SampleAddress[];
  birthday: { year: number | null; month: number; day: number } | null;
  notes: string | null;
  tags: string[];
  urls: Labelled[];
  /** What somebody made up a field for. */
  own: Labelled[];
}

/** Evenly spread, and always the same for the same number and purpose. */
function mixed(key: number, purpose: number): number {
  let hash = Math.imul(key ^ Math.imul(purpose + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function pick<Value>(values: readonly [Value, ...Value[]], key: number, purpose: number): Value {
  return values[mixed(key, purpose) % values.length] ?? values[0];
}

/** Letters and digits as an address has them. */
function plain(text: string): string {
  return text
    .replace(/ß/g, "ss")
    .replace(/ł/gi, "l")
    .replace(/ø/gi, "o")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

const every = (key: number, which: number) => key % which === 0;

/** Every so manieth has it. */
function having<Value>(key: number, which: number, value: () => Value): Value | null {
  return every(key, which) ? value() : null;
}

/** Of these there is a company alone, and nobody who works there. */
export const isCompanyOnly = (key: number) => every(key, 17);

/** What is told as the company of most is what the company of the same number is called. */
export function samplePerson(key: number): SamplePerson {
  const country = pick(countries, key, 0);
  if (isCompanyOnly(key)) return companyOnly(key, country);
  const given = every(key, 11) ? null : pick(country.given, key, 1);
  const family = familyName(key, country);
  const company = every(key, 4) ? null : companyName(key, country);
  const middle = having(key, 23, () => pick(country.given, key, 4));
  return {
    given,
    middle: given && middle,
    family,
    prefix: having(key, 19, () => "Dr"),
    suffix: having(key, 37, () => "PhD"),
    company,
    jobTitle: company && having(key, 2, () => pick(titles, key, 5)),
    emails: emailsOf(key, [given, family], company),
    phones: phonesOf(key, country),
    addresses: addressesOf(key, country),
    birthday: birthdayOf(key),
    notes: having(key, 9, () => pick(notes, key, 6)),
    tags: having(key, 6, () => [pick(sampleTags, key, 7)]) ?? [],
    urls: having(key, 15, () => [{ label: "homePage", value: `https://www.${plain(family)}-${key}.example` }]) ?? [],
    own: having(key, 8, () => [{ label: "Membership no", value: `M-${10_000 + key}` }]) ?? [],
  };
}

/** Many enough that hardly two of a hundred thousand share their name and their company. */
function familyName(key: number, { family, beginnings, endings }: Country): string {
  return every(key, 10) ? pick(family, key, 2) : pick(beginnings, key, 15) + pick(endings, key, 16);
}

function companyName(key: number, { beginnings, endings, trades }: Country): string {
  return `${pick(beginnings, key, 17)}${pick(endings, key, 18)} ${pick(trades, key, 3)}`;
}

const titles = ["Notary", "Buyer", "Head of accounts", "Dirigentin", "Directeur", "Contable", "Kierowniczka"] as const;
const notes = [
  "Prefers to be rung before ten.",
  "Möchte Post nur an die Kanzlei.\nSpricht auch Plattdeutsch.",
  "Met at the Christmas fair in Nürnberg.",
] as const;
export const sampleTags = ["Clients", "Choir", "Suppliers, former", "Spender 2025"] as const;

function emailsOf(key: number, names: (string | null)[], company: string | null): Labelled[] {
  if (every(key, 13)) return [];
  const name = names.flatMap((part) => (part ? [plain(part)] : [])).join(".");
  const own = { label: "home", value: `${name}.${key}@post.example` };
  const atWork = { label: "work", value: `${name}.${key}@${plain(company ?? "office")}.example` };
  if (company === null) return [own];
  return every(key, 7) ? [atWork, own] : [atWork];
}

function phonesOf(key: number, { phone, mobile }: Country): Labelled[] {
  const digits = String(mixed(key, 8) % 1000).padStart(3, "0");
  const found: Labelled[] = [];
  if (!every(key, 5)) found.push({ label: "work", value: phone.replace("###", digits) });
  if (every(key, 2)) found.push({ label: "mobile", value: mobile.replace("###", digits) });
  return found;
}

function addressesOf(key: number, country: Country): SampleAddress[] {
  if (!every(key, 3)) return [];
  const first = addressIn(country, key, "home");
  return every(key, 12) ? [first, { ...addressIn(country, key + 1, "work"), extra: "2nd floor" }] : [first];
}

function addressIn({ name, code, streets, towns }: Country, key: number, label: string): SampleAddress {
  const [postalCode, city, region = null] = pick(towns, key, 9);
  const street = pick(streets, key, 10).replace("##", String(1 + (mixed(key, 11) % 98)));
  return { label, street, extra: null, city, region, postalCode, country: name, countryCode: code };
}

function birthdayOf(key: number): SamplePerson["birthday"] {
  if (!every(key, 5)) return null;
  const [month, day] = [1 + (mixed(key, 12) % 12), 1 + (mixed(key, 13) % 28)];
  return { year: every(key, 10) ? null : 1940 + (mixed(key, 14) % 60), month, day };
}

function companyOnly(key: number, country: Country): SamplePerson {
  const company = companyName(key, country);
  return {
    ...{ given: null, middle: null, family: null, prefix: null, suffix: null, company, jobTitle: null },
    emails: [{ label: "work", value: `office.${key}@${plain(company)}.example` }],
    phones: phonesOf(key, country),
    addresses: [addressIn(country, key, "work")],
    ...{ birthday: null, notes: null, tags: [], urls: [], own: [] },
  };
}

export interface SampleCompany {
  name: string;
  domain: string;
  phone: string;
  address: SampleAddress;
}

export function sampleCompany(key: number): SampleCompany {
  const country = pick(countries, key, 0);
  const name = companyName(key, country);
  const phone = country.phone.replace("###", String(mixed(key, 8) % 1000).padStart(3, "0"));
  return { name, domain: `${plain(name)}-${key}.example`, phone, address: addressIn(country, key, "work") };
}
