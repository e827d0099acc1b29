/** Companies of one name, found by where they are instead of by asking each: some have thousands of branches. Pure. */
import { type ContactValues } from "~/features/contacts/contact";
import { anyPair, type Judged, type Place, whereaboutsOf } from "~/features/contacts/subject/companies-apart.server";

type Said = Pick<ContactValues, "addresses" | "emails" | "phones">;

/** Finds all whom `sameCompany` or a phone says it of, in the order in which they came, and perhaps others. */
export interface Branches<Company> {
  /** Also called again after one has changed. */
  add(company: Company, said: Said): void;
  perhapsSame(said: Said): Company[];
  /** Where none is the same. */
  perhapsOpen(said: Said): Company[];
}

/** What a place says of, whatever it says: that is enough to know whether another says it, too. */
type Outline = Pick<Place, "country"> & { hasPostcode: boolean; hasCity: boolean };

/** Companies whose places are of the same outlines. */
interface Alike<Company> {
  outlines: readonly Outline[];
  all: Set<Company>;
  withoutDomain: Set<Company>;
  byDomain: Map<string, Set<Company>>;
}

export function branches<Company>(
  companies: readonly Company[],
  saidBy: (company: Company) => Said,
): Branches<Company> {
  const order = new Map<Company, number>();
  const byFact = new Map<string, Set<Company>>();
  const byOutlines = new Map<string, Alike<Company>>();

  function alike(places: readonly Place[]): Alike<Company> {
    const outlines = places.map(outlineOf);
    const key = [...new Set(outlines.map((outline) => JSON.stringify(outline)))].sort().join();
    const found = byOutlines.get(key) ?? { outlines, all: new Set(), withoutDomain: new Set(), byDomain: new Map() };
    byOutlines.set(key, found);
    return found;
  }

  function add(company: Company, said: Said): void {
    if (!order.has(company)) order.set(company, order.size);
    for (const fact of factsOf(said)) file(byFact, fact, company);
    const { all, withoutDomain, byDomain } = alike(whereaboutsOf(said).places);
    const domains = domainsOf(said);
    all.add(company);
    if (domains.length === 0) withoutDomain.add(company);
    for (const domain of domains) file(byDomain, domain, company);
  }

  /** Where no place is the same: those whose places say nothing against it. */
  const withOpenPlaces = (said: Said) => {
    const outlines = whereaboutsOf(said).places.map(outlineOf);
    return [...byOutlines.values()].filter((those) => anyPair(those.outlines, outlines, unlessSame) === "open");
  };

  const inOrder = (found: Iterable<Company>) =>
    [...new Set(found)].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));

  for (const company of companies) add(company, saidBy(company));
  return {
    add,
    perhapsSame(said) {
      const domains = domainsOf(said);
      const byPlace = factsOf(said).flatMap((fact) => [...(byFact.get(fact) ?? [])]);
      const open = domains.length === 0 ? [] : withOpenPlaces(said);
      const byEmail = open.flatMap(({ byDomain }) => domains.flatMap((domain) => [...(byDomain.get(domain) ?? [])]));
      return inOrder([...byPlace, ...byEmail]);
    },
    perhapsOpen(said) {
      const saysDomain = domainsOf(said).length > 0;
      return inOrder(withOpenPlaces(said).flatMap(({ all, withoutDomain }) => [...(saysDomain ? withoutDomain : all)]));
    },
  };
}

/** One that both say makes them the same, unless the place is in another country. */
function factsOf(said: Said): string[] {
  const facts = whereaboutsOf(said).places.flatMap(({ postcode, city }) => [
    ...(postcode ? [`postcode ${postcode}`] : []),
    ...(city ? [`city ${city}`] : []),
  ]);
  return [...new Set([...facts, ...said.phones.map(({ value }) => `phone ${value}`)])];
}

function domainsOf(said: Said): string[] {
  return [...new Set(whereaboutsOf(said).domains.filter(Boolean))];
}

function outlineOf({ country, postcode, city }: Place): Outline {
  return { country, hasPostcode: Boolean(postcode), hasCity: Boolean(city) };
}

/** What two places that are not the same are. */
function unlessSame(one: Outline, other: Outline): Judged {
  const abroad = one.country && other.country && one.country !== other.country;
  if (abroad || (one.hasPostcode && other.hasPostcode) || (one.hasCity && other.hasCity)) return "other";
  return "open";
}

function file<Company>(index: Map<string, Set<Company>>, key: string, company: Company): void {
  const found = index.get(key);
  if (found) found.add(company);
  else index.set(key, new Set([company]));
}
