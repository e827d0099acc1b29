/** As whom, where and how a provider's token endpoint is asked. */
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { guardedFetchOf } from "~/features/connectors/access/guarded-fetch-of.server";
import { clientVariables, type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { endpointsOf } from "~/features/connectors/access/provider-addresses";
import { type TokenCall } from "~/features/connectors/access/token-endpoint.server";
import { type Settings, Trouble } from "~/features/connectors/connector";
import { type OAuthClient } from "~/platform/provider-settings.server";

/** Null: the operator has registered none. */
export function clientOf({ providers }: AccessWorld, { access }: OAuthProvider): OAuthClient | null {
  return providers.clients.get(access.clientPrefix) ?? null;
}

/** @throws Trouble when this installation is nobody at the provider (any more). */
export function tokenCall(env: AccessWorld, provider: OAuthProvider, settings: Settings): TokenCall {
  const client = clientOf(env, provider);
  if (!client) {
    const [id, secret] = clientVariables(provider.access);
    throw new Trouble(`Whoever runs Tallybook has to set ${id} and ${secret} for ${provider.name}.`);
  }
  const { token: endpoint } = endpointsOf(env.providers, provider, settings);
  return { fetch: guardedFetchOf(env.providers), endpoint, client, access: provider.access };
}
