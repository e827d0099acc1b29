/** Two companies of one name: whether they are one. Pure. */
import { type Address, type ContactValues } from "~/features/contacts/contact";
import { fold } from "~/platform/fold.server";

export type Whereabouts = Pick<ContactValues, "addresses" | "emails">;

/**
 * What says whether companies of one name are the same: where they are decides, or else where their email is at home, since
 * two towns may have a mailbox at the same free provider. "open": nothing that both say.
 */
export function sameCompany(one: Whereabouts, other: Whereabouts): "same" | "other" | "open" {
  const place = anyPair(one.addresses, other.addresses, samePlace);
  return place === "open" ? anyPair(domainsOf(one), domainsOf(other), sameText) : place;
}

type Judged = ReturnType<typeof sameCompany>;

/** One pair that is the same is enough: companies have several addresses. */
function anyPair<Item>(ones: readonly Item[], others: readonly Item[], judge: (a: Item, b: Item) => Judged): Judged {
  const judged = new Set(ones.flatMap((one) => others.map((other) => judge(one, other))));
  return judged.has("same") ? "same" : judged.has("other") ? "other" : "open";
}

/** Towns are written in more ways than postcodes, and a postcode is one country's. */
function samePlace(one: Address, other: Address): Judged {
  if (areTwoCountries(one.country, other.country)) return "other";
  const judged = [sameText(postcodeOf(one), postcodeOf(other)), sameText(one.city, other.city)];
  return judged.find((each) => each === "same") ?? judged.find((each) => each === "other") ?? "open";
}

/** Only codes tell: a country stored as it was typed may be any. */
function areTwoCountries(one: string | null, other: string | null): boolean {
  return one !== other && [one, other].every((country) => country !== null && /^[A-Z]{2}$/.test(country));
}

function postcodeOf({ postalCode }: Address): string | null {
  return postalCode?.replace(/[\s-]+/g, "") ?? null;
}

function sameText(one: string | null, other: string | null): Judged {
  if (!one || !other) return "open";
  return fold(one) === fold(other) ? "same" : "other";
}

function domainsOf({ emails }: Whereabouts): string[] {
  return emails.map(({ value }) => value.slice(value.lastIndexOf("@") + 1));
}
