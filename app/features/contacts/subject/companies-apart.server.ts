/** Two companies of one name: whether they are one. Pure. */
import { type ContactValues } from "~/features/contacts/contact";
import { fold } from "~/platform/fold.server";

type Said = Pick<ContactValues, "addresses" | "emails">;
export type Judged = "same" | "other" | "open";

/** Where a company is and where its email is at home, as it is compared. */
export interface Whereabouts {
  places: readonly Place[];
  domains: readonly string[];
}

export interface Place {
  /** Only a code: a country stored as it was typed may be any. */
  country: string | null;
  postcode: string | null;
  city: string | null;
}

/**
 * What says whether companies of one name are the same: where they are decides, or else where their email is at home, since
 * two towns may have a mailbox at the same free provider. "open": nothing that both say.
 */
export function sameCompany(one: Said, other: Said): Judged {
  const [here, there] = [whereaboutsOf(one), whereaboutsOf(other)];
  const place = anyPair(here.places, there.places, samePlace);
  return place === "open" ? anyPair(here.domains, there.domains, sameText) : place;
}

/** Worked out once for what a contact says: each is compared with many. */
const known = new WeakMap<Said, Whereabouts>();

export function whereaboutsOf(said: Said): Whereabouts {
  const found = known.get(said) ?? {
    places: said.addresses.map(({ country, postalCode, city }) => ({
      country: country !== null && /^[A-Z]{2}$/.test(country) ? country : null,
      postcode: folded(postalCode?.replace(/[\s-]+/g, "")),
      city: folded(city),
    })),
    domains: said.emails.map(({ value }) => fold(value.slice(value.lastIndexOf("@") + 1))),
  };
  known.set(said, found);
  return found;
}

function folded(text: string | null | undefined): string | null {
  return text ? fold(text) : null;
}

/** One pair that is the same is enough: companies have several addresses. */
export function anyPair<Item>(
  ones: readonly Item[],
  others: readonly Item[],
  judge: (a: Item, b: Item) => Judged,
): Judged {
  let judged: Judged = "open";
  for (const one of ones) {
    for (const other of others) {
      const pair = judge(one, other);
      if (pair === "same") return pair;
      if (pair === "other") judged = pair;
    }
  }
  return judged;
}

/** Towns are written in more ways than postcodes, and a postcode is one country's. */
function samePlace(one: Place, other: Place): Judged {
  if (sameText(one.country, other.country) === "other") return "other";
  const postcode = sameText(one.postcode, other.postcode);
  const city = sameText(one.city, other.city);
  if (postcode === "same" || city === "same") return "same";
  return postcode === "open" ? city : postcode;
}

function sameText(one: string | null, other: string | null): Judged {
  if (!one || !other) return "open";
  return one === other ? "same" : "other";
}
