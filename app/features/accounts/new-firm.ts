import { reservedSlugs, slugFrom } from "~/features/accounts/account";
import { customsOf } from "~/features/accounts/countries";
import { type NewAccount } from "~/features/accounts/accounts.server";

/** The colour of a firm's mark until it chooses one. */
const FIRST_COLOUR = 4;

/** What an account begins with, of a firm's name and its country; null for a country that is not offered. */
export function newFirm(name: string, country: string): NewAccount | null {
  const customs = customsOf(country);
  if (!customs) return null;
  const slug = slugFrom(name);
  return { name, slug: reservedSlugs.has(slug) ? `${slug}-1` : slug, colour: FIRST_COLOUR, ...customs };
}
