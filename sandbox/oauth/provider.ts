/** oidc-provider as a provider's own server would be: its paths, its scopes, its tokens, its words. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { type Context, Provider } from "oidc-provider";
import { type AuthorizationRequest, type Flavour, type OAuthError, type TokenAnswer } from "./flavour";
import { refusalPage } from "./pages";
import { type Storage } from "./storage";

export interface TokenRequest {
  grantType: string;
  /** How the client said who it is. */
  credentialsIn: "body" | "header" | "neither";
}

export interface ProviderFacts {
  flavour: Flavour;
  /** Of the stand-in. */
  origin: string;
  apiOrigin: string;
  storage: Storage;
  client: { id: string; secret: string };
  /** Filled as they come. */
  tokenRequests: TokenRequest[];
}

const LONG_SECONDS = 180 * 24 * 60 * 60;
const SHORT_SECONDS = 10 * 60;

/** What a code was asked for with: oidc-provider keeps no parameter that it does not know. */
class Asked {
  readonly #byState = new Map<string, AuthorizationRequest>();
  readonly #byCode = new Map<string, { asked: AuthorizationRequest; isFirst: boolean }>();
  readonly #agreed = new Set<string>();

  keep(search: string | undefined): void {
    const asked = Object.fromEntries(new URLSearchParams(search));
    this.#byState.set(asked.state ?? "", asked);
  }

  code({ oidc }: Context): void {
    const code = oidc.entities.AuthorizationCode;
    const asked = this.#byState.get(oidc.params?.state ?? "") ?? {};
    if (code) this.#byCode.set(code.jti, { asked, isFirst: !this.#agreed.has(code.accountId) });
  }

  isRefreshable(flavour: Flavour, code: { jti: string; accountId: string }): boolean {
    const { asked = {}, isFirst = true } = this.#byCode.get(code.jti) ?? {};
    this.#agreed.add(code.accountId);
    return flavour.isRefreshable(asked, isFirst);
  }
}

export function makeProvider(facts: ProviderFacts): Provider {
  const { flavour, origin, tokenRequests } = facts;
  const { authorize, token } = flavour.paths;
  const asked = new Asked();
  const provider = new Provider(origin, configuration(facts, asked));
  // Wherever on this machine the demo or a test listens.
  provider.Client.prototype.redirectUriAllowed = (address) =>
    URL.canParse(address) &&
    /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(new URL(address).origin) &&
    callbacksOf(flavour).includes(new URL(address).pathname);
  provider.on("authorization.success", (context) => asked.code(context));
  provider.use(async (context, next) => {
    if (context.path === authorize) asked.keep(context.url.split("?")[1]);
    await next();
    await askAgain(context);
    sendBack(context, facts);
    if (context.path !== token) return;
    tokenRequests.push(requestOf(context));
    context.body = inItsOwnWords(context, facts);
  });
  return provider;
}

/** What somebody has left unticked is asked again the next time: oidc-provider would take it for answered. */
async function askAgain({ oidc }: { oidc?: Context["oidc"] }): Promise<void> {
  const { AuthorizationCode: code, Grant: grant } = oidc?.entities ?? {};
  if (!code || !grant?.rejected) return;
  grant.rejected = undefined;
  await grant.save();
}

/** As the provider writes the address that people are sent back to. */
function sendBack(context: Context, { flavour, client, apiOrigin }: ProviderFacts): void {
  const location = context.response.get("location");
  if (!flavour.sendsBack || !URL.canParse(location)) return;
  const address = new URL(location);
  if (!callbacksOf(flavour).includes(address.pathname)) return;
  const said = flavour.sendsBack(address.searchParams, { secret: client.secret, apiOrigin, at: new Date() });
  address.search = said.toString();
  context.redirect(address.href);
}

function callbacksOf({ name, callbacks }: Flavour): readonly string[] {
  return callbacks ?? [`/connect/${name}/callback`];
}

function configuration({ flavour, origin, storage, client }: ProviderFacts, asked: Asked): object {
  const { name, paths, tokenSeconds, rotation } = flavour;
  return {
    adapter: storage.adapterFor,
    clients: [
      {
        ...{ client_id: client.id, client_secret: client.secret, redirect_uris: [`${origin}/unused`] },
        ...{ grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] },
        id_token_signed_response_alg: "ES256",
        token_endpoint_auth_method: flavour.bodyOnly ? "client_secret_post" : "client_secret_basic",
      },
    ],
    // It signs nothing that anybody reads here, and warns without a key of one's own.
    jwks: { keys: [signingKey()] },
    routes: { authorization: paths.authorize, token: paths.token },
    scopes: [...flavour.scopes],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    renderError: async (context: Context, { error, error_description = "" }: OAuthError) => {
      context.body = refusalPage(flavour.title, `${error}: ${error_description}`);
    },
    findAccount: async (_context: Context, accountId: string) => ({
      accountId,
      claims: async () => ({ sub: accountId }),
    }),
    issueRefreshToken: async (_context: Context, _client: object, code: { jti: string; accountId: string }) =>
      asked.isRefreshable(flavour, code),
    rotateRefreshToken: rotation !== "none",
    expiresWithSession: async () => false,
    ttl: {
      ...{ AccessToken: tokenSeconds, RefreshToken: LONG_SECONDS, Grant: LONG_SECONDS },
      ...{
        AuthorizationCode: SHORT_SECONDS,
        Interaction: SHORT_SECONDS,
        IdToken: SHORT_SECONDS,
        Session: SHORT_SECONDS,
      },
    },
    // Cookies know no ports: those of one stand-in would be another's.
    cookies: {
      keys: [randomBytes(16).toString("hex")],
      names: { session: `${name}_session`, interaction: `${name}_interaction`, resume: `${name}_resume` },
    },
  };
}

function signingKey(): object {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), alg: "ES256", use: "sig", kid: "sandbox" };
}

function requestOf({ headers, oidc }: Context): TokenRequest {
  const credentialsIn = headers.authorization ? "header" : oidc.params?.client_secret ? "body" : "neither";
  return { grantType: oidc.params?.grant_type ?? "", credentialsIn };
}

function inItsOwnWords({ status, body, oidc }: Context, { flavour, origin, apiOrigin }: ProviderFacts): object {
  const grantType = oidc.params?.grant_type ?? "";
  const at = new Date();
  if (status !== 200) return flavour.refusal(body as OAuthError, { grantType, at });
  const token = oidc.entities.AccessToken;
  const scopes = (token?.scope ?? "").split(" ").filter(Boolean);
  const accountId = token?.accountId ?? "";
  return flavour.answer(body as TokenAnswer, { origin, apiOrigin, grantType, scopes, accountId, at });
}
