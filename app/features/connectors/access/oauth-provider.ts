import { type OAuthAccess, type Provider } from "~/features/connectors/connector";

export type OAuthProvider = Provider & { access: OAuthAccess };

export function isOAuth(provider: Provider): provider is OAuthProvider {
  return provider.access.kind === "oauth";
}

/** The names of the two variables that the operator sets. */
export function clientVariables({ clientPrefix }: OAuthAccess): readonly [string, string] {
  return [`${clientPrefix}_CLIENT_ID`, `${clientPrefix}_CLIENT_SECRET`];
}

/** Where the provider sends people back to. One path each: what one answers is never taken for another's. */
export function callbackAddress(appOrigin: string, providerId: string): string {
  return `${appOrigin}/connect/${providerId}/callback`;
}
