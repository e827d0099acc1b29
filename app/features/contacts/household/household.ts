/** Who lives together: computed, and corrected by people. Pure; for letters that go to a household once. */
import { type Address, type ContactKind } from "~/features/contacts/contact";
import { hasHousehold } from "~/features/contacts/household/has-household";
import { EMPTY_KEY, fold, sortKey } from "~/platform/fold.server";

export interface Person {
  id: string;
  kind: ContactKind;
  familyName: string | null;
  addresses: readonly Pick<Address, "street" | "city" | "postalCode" | "country">[];
  diedOn: string | null;
  archived: boolean;
}

/** What a person said of two, whatever is computed. */
export interface Correction {
  ids: readonly [string, string];
  kind: "together" | "apart";
}

/** Why two are of one household: somebody said so, they are married, or share an address and a family name. */
export type Why = "said" | "married" | "same-address";

/** What is known of two people beside themselves. */
export interface Ties {
  married: boolean;
  corrected: Correction["kind"] | null;
  /** ISO 3166-1 alpha-2: where an address without a country lies. */
  country: string;
}

/** Whether two are of one household, and why. It is the same whoever of them is asked about. */
export function livesWith(one: Person, other: Person, { married, corrected, country }: Ties): Why | null {
  if (one.id === other.id || !hasHousehold(one) || !hasHousehold(other) || corrected === "apart") return null;
  if (corrected === "together") return "said";
  if (married) return "married";
  return sameFamilyName(one, other) && shareAddress(one, other, country) ? "same-address" : null;
}

function sameFamilyName(one: Person, other: Person): boolean {
  const name = fold(one.familyName ?? "");
  return name !== "" && name === fold(other.familyName ?? "");
}

function shareAddress(one: Person, other: Person, country: string): boolean {
  const keys = addressKeys(one, country);
  return addressKeys(other, country).some((key) => keys.includes(key));
}

/** Of addresses with a street: a town alone is no home. Folded as `contact_points.value_key`, and the country. */
function addressKeys({ addresses }: Person, country: string): string[] {
  return addresses
    .filter(({ street }) => street !== null && sortKey(street) !== EMPTY_KEY)
    .map((address) => {
      const text = [address.street, address.postalCode, address.city].filter(Boolean).join(" ");
      return `${address.country ?? country} ${sortKey(text)}`;
    });
}

export interface HouseholdFacts {
  /** Pairs whose marriage has not ended. */
  marriages: readonly (readonly [string, string])[];
  corrections: readonly Correction[];
  country: string;
}

/**
 * Parts people into households; everybody with a household is in just one. Who lives with somebody lives with their
 * household, too, but two who were parted by hand never are in one: then what was said by hand is joined first, then
 * marriages, then addresses, each in the order of the ids.
 */
export function householdsOf<Somebody extends Person>(
  people: readonly Somebody[],
  { marriages, corrections, country }: HouseholdFacts,
): Somebody[][] {
  const able = people.filter(hasHousehold).sort((a, b) => (a.id < b.id ? -1 : 1));
  const married = new Set(marriages.map(pairKey));
  const corrected = new Map(corrections.map(({ ids, kind }) => [pairKey(ids), kind]));
  const homes = new Map(able.map((person) => [person.id, [person]]));
  const links = candidatePairs(able, { marriages, corrections, country }).flatMap(([one, other]) => {
    const key = pairKey([one.id, other.id]);
    const why = livesWith(one, other, {
      married: married.has(key),
      corrected: corrected.get(key) ?? null,
      country,
    });
    return why ? [{ one, other, rank: ranks.indexOf(why) }] : [];
  });
  for (const { one, other } of links.sort((a, b) => a.rank - b.rank)) {
    const [mine, theirs] = [homes.get(one.id) ?? [], homes.get(other.id) ?? []];
    if (mine === theirs) continue;
    const parted = mine.some((a) => theirs.some((b) => corrected.get(pairKey([a.id, b.id])) === "apart"));
    if (parted) continue;
    const together = [...mine, ...theirs];
    for (const person of together) homes.set(person.id, together);
  }
  return [...new Set(homes.values())].map((home) => home.sort((a, b) => (a.id < b.id ? -1 : 1)));
}

const ranks: readonly Why[] = ["said", "married", "same-address"];

export function pairKey([one, other]: readonly [string, string]): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** Pairs with anything in common, each once, in the order of their ids: not all pairs of a hundred thousand people. */
function candidatePairs<Somebody extends Person>(
  people: readonly Somebody[],
  { marriages, corrections, country }: HouseholdFacts,
): (readonly [Somebody, Somebody])[] {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byHome = new Map<string, string[]>();
  for (const person of people) {
    for (const key of addressKeys(person, country)) {
      const home = `${fold(person.familyName ?? "")} ${key}`;
      byHome.set(home, [...(byHome.get(home) ?? []), person.id]);
    }
  }
  const atOneAddress = [...byHome.values()].flatMap((ids) =>
    ids.slice(1).map((id, index) => [ids[index] ?? "", id] as const),
  );
  const keys = new Set([...marriages, ...corrections.map(({ ids }) => ids), ...atOneAddress].map(pairKey));
  return [...keys].sort().flatMap((key) => {
    const [one, other] = key.split(" ").map((id) => byId.get(id));
    return one && other ? [[one, other] as const] : [];
  });
}
