/** Where a provider is: at its official addresses, or where the operator says. */
import { type OAuthAccess, type Provider, type Settings } from "~/features/connectors/connector";
import { type ProviderSettings } from "~/platform/provider-settings.server";

type Addressed = Pick<Provider, "id" | "addresses">;

function settingFor({ addresses }: ProviderSettings, { id }: Addressed, name: string): string | undefined {
  return addresses.get(`${id}.${name}`) ?? addresses.get(id);
}

/** @throws Error for a name that the provider does not have. */
export function baseOf(providers: ProviderSettings, provider: Addressed, name: string): string {
  const base = settingFor(providers, provider, name) ?? provider.addresses?.[name];
  if (base === undefined) throw new Error(`The provider ${provider.id} has no address called ${name}`);
  return base.replace(/\/$/, "");
}

/** An official address at the place that the operator says; any other as it is. */
export function movedAddress(providers: ProviderSettings, provider: Addressed, address: string): string {
  for (const [name, official] of Object.entries(provider.addresses ?? {})) {
    const base = official.replace(/\/$/, "");
    const moved = settingFor(providers, provider, name);
    if (moved !== undefined && (address === base || address.startsWith(`${base}/`))) {
      return moved + address.slice(base.length);
    }
  }
  return address;
}

export interface Endpoints {
  authorize: string;
  token: string;
  revoke: string | null;
}

export function endpointsOf(
  providers: ProviderSettings,
  provider: Addressed & { access: OAuthAccess },
  settings: Settings,
): Endpoints {
  const { authorize, token, revoke } = provider.access.endpoints(settings);
  const moved = (address: string) => movedAddress(providers, provider, address);
  return { authorize: moved(authorize), token: moved(token), revoke: revoke === null ? null : moved(revoke) };
}
