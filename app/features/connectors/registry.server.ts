import { type Provider, type Providers } from "~/features/connectors/connector";

/** The catalogue: one line each. */
const all: readonly Provider[] = [];

export const providers: Providers = new Map(all.map((provider) => [provider.id, provider]));
