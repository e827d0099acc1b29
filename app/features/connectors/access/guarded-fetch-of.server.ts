import { type GuardedFetch, makeGuardedFetch } from "~/platform/guarded-fetch/guarded-fetch.server";
import { type ProviderSettings } from "~/platform/provider-settings.server";

/** One for a process, which has one environment: it keeps connections open for the next page. */
const made = new WeakMap<ProviderSettings, GuardedFetch>();

export function guardedFetchOf(providers: ProviderSettings): GuardedFetch {
  const known = made.get(providers);
  if (known) return known;
  const guarded = makeGuardedFetch({ allowedOrigins: providers.sandboxOrigins });
  made.set(providers, guarded);
  return guarded;
}
