/** The catalogue of providers: what somebody finds in it, and whether this installation can connect it. */
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { callbackAddress, clientVariables, isOAuth } from "~/features/connectors/access/oauth-provider";
import { clientOf } from "~/features/connectors/access/token-call.server";
import { type Category, type Provider, type Providers } from "~/features/connectors/connector";
import { fold } from "~/platform/fold.server";

export interface CatalogueFilter {
  /** Words that all have to stand in its name, its other words, or what it reads. */
  q: string;
  category: Category | null;
}

/** "Shopify"; "Google Analytics 4, by signing in" where that can be connected in several ways. */
export function titleOf({ name, way }: Provider): string {
  return way === undefined ? name : `${name}, ${way}`;
}

/** By name. */
export function findInCatalogue(providers: Providers, { q, category }: CatalogueFilter): Provider[] {
  const words = fold(q).split(" ").filter(Boolean);
  return [...providers.values()]
    .filter((provider) => category === null || provider.category === category)
    .filter((provider) => {
      const text = fold([titleOf(provider), ...(provider.words ?? []), provider.reads].join(" "));
      return words.every((word) => text.includes(word));
    })
    .sort((one, other) => titleOf(one).localeCompare(titleOf(other)));
}

/** What whoever runs this installation has to do at a provider before anybody can connect it. */
export interface Registration {
  variables: readonly string[];
  callback: string;
  scopes: readonly string[];
}

/** Null: it can be connected. */
export function missingRegistration(env: AccessWorld, provider: Provider): Registration | null {
  if (!isOAuth(provider) || clientOf(env, provider)) return null;
  const { access, id } = provider;
  return { variables: clientVariables(access), callback: callbackAddress(env.appOrigin, id), scopes: access.scopes };
}
