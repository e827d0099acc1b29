import { type Providers } from "~/features/connectors/connector";

/** What processes that were killed left of their dealings with systems: other than the database, it is on this machine. */
export async function tidyProviders(providers: Providers): Promise<void> {
  const tidying = new Set([...providers.values()].flatMap(({ tidy }) => tidy ?? []));
  for (const tidy of tidying) await tidy();
}
