/** Where a provider is: at its official addresses, or where the operator says. */
import { type OAuthAccess, type Provider, type Settings } from "~/features/connectors/connector";
import { type ProviderSettings } from "~/platform/provider-settings.server";

type Addressed = Pick<Provider, "id" | "addresses">;

/** What the operator calls the place of a provider's authorization server. */
const OAUTH = "oauth";

function settingFor({ addresses }: ProviderSettings, { id }: Addressed, name: string): string | undefined {
  return addresses.get(`${id}.${name}`) ?? addresses.get(id);
}

/** Without a slash at the end. @throws Error for a name that the provider does not have. */
export function baseOf(providers: ProviderSettings, provider: Addressed, name: string): string {
  const base = settingFor(providers, provider, name) ?? provider.addresses?.[name];
  if (base === undefined) throw new Error(`The provider ${provider.id} has no address called ${name}`);
  return base.replace(/\/$/, "");
}

export interface Endpoints {
  authorize: string;
  token: string;
  revoke: string | null;
}

/** Official ones, or the same paths at the place that the operator calls `<provider>.oauth`. */
export function endpointsOf(
  providers: ProviderSettings,
  provider: Addressed & { access: OAuthAccess },
  settings: Settings,
): Endpoints {
  const { authorize, token, revoke } = provider.access.endpoints(settings);
  const place = settingFor(providers, provider, OAUTH);
  const moved = (address: string) => {
    const { pathname, search } = new URL(address);
    return place === undefined ? address : place + pathname + search;
  };
  return { authorize: moved(authorize), token: moved(token), revoke: revoke === null ? null : moved(revoke) };
}
