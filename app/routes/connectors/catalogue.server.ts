/** The catalogue of providers as somebody looks for one in it. */
import { findInCatalogue, missingRegistration, titleOf } from "~/features/connectors/catalogue.server";
import { categories, type Category, type Provider, type Providers } from "~/features/connectors/connector";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { connectorsPath, logoPath } from "~/routes/connectors/paths";

const MOST_LETTERS = 200;

export const categoryNames: Record<Category, string> = {
  contacts: "Contacts",
  shops: "Shops",
  analytics: "Analytics",
  taps: "Singer taps",
};

export async function loadCatalogue(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "connectors.manage");
  const { searchParams } = new URL(args.request.url);
  const q = (searchParams.get("q") ?? "").trim().slice(0, MOST_LETTERS);
  const category = categories.find((each) => each === searchParams.get("category")) ?? null;
  const { slug, name } = scope.account;
  const offered = new Set([...providers.values()].map((provider) => provider.category));
  return {
    ...{ firm: name, base: connectorsPath(slug), q, category },
    categories: categories
      .filter((each) => offered.has(each))
      .map((each) => ({ value: each, label: categoryNames[each] })),
    found: findInCatalogue(providers, { q, category }).map((provider) => ({
      ...offerOf(slug, provider),
      missing: missingRegistration(args.context.env, provider),
    })),
  };
}

export type CatalogueView = Awaited<ReturnType<typeof loadCatalogue>>;

/** A provider as it is shown. */
export function offerOf(slug: string, provider: Provider) {
  const { id, name, category, reads, needs, logo, help } = provider;
  return {
    ...{ id, name, title: titleOf(provider), reads, needs, category: categoryNames[category], help: help ?? null },
    logo: logo ? logoPath(slug, id) : null,
  };
}
