/**
 * OAuth 2.0 authorization code with PKCE by remix-auth-oauth2, which makes state, verifier and address and judges what
 * comes back. What it does less well is done here: its cookie is neither bound to anybody nor spent, so state and
 * verifier are kept in `oauth_requests`; a callback without a state would begin anew; the token endpoint would be asked by
 * Basic alone, without an end and wherever it redirects, and most of its refusals would lose their meaning.
 */
import { OAuth2RequestError, OAuth2Strategy } from "remix-auth-oauth2";
import { type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { type Granted } from "~/features/connectors/access/granted";
import { askForTokens, type TokenCall, type TokenRefusal } from "~/features/connectors/access/token-endpoint.server";

export interface Begun {
  state: string;
  /** PKCE's: proves at the token endpoint that whoever began is who ends it. */
  verifier: string;
}

export interface StrategyOptions {
  provider: OAuthProvider;
  authorize: string;
  callback: string;
  call: TokenCall;
}

/** The provider sent the person back with a refusal, or the token endpoint refused. */
export class NotGrantedError extends Error {
  override name = "NotGrantedError";
  constructor(readonly why: { by: "person"; code: string } | { by: "endpoint"; refusal: TokenRefusal }) {
    super("Nothing was granted");
  }
}

type Tokens = OAuth2Strategy.VerifyOptions["tokens"];

const COOKIE = "oauth2";

export class ConnectStrategy extends OAuth2Strategy<Granted> {
  readonly #options: StrategyOptions;

  constructor(options: StrategyOptions) {
    const { provider, authorize, callback, call } = options;
    const { id: clientId, secret: clientSecret } = call.client;
    const addresses = { authorizationEndpoint: authorize, tokenEndpoint: call.endpoint, redirectURI: callback };
    const scopes = [...provider.access.scopes];
    super(
      { clientId, clientSecret, ...addresses, scopes, cookie: COOKIE },
      async ({ tokens }) => tokens.data as Granted,
    );
    this.#options = options;
  }

  /** The address at the provider to go to, and what to keep until somebody comes back from there. */
  begin(): Begun & { address: string } {
    const { state, codeVerifier, url } = this.createAuthorizationURL();
    url.search = this.authorizationParams(url.searchParams).toString();
    return { state, verifier: codeVerifier, address: url.href };
  }

  /**
   * What was granted, by the address that the provider sent the person back to. The request is judged as if the browser
   * had brought what we kept.
   * @throws NotGrantedError
   */
  async finish(callback: URL, { state, verifier }: Begun): Promise<Granted> {
    const kept = new URLSearchParams({ state, [state]: verifier });
    try {
      return await this.authenticate(
        new Request(callback, { headers: { cookie: `${COOKIE}:kept=${kept.toString()}` } }),
      );
    } catch (error) {
      if (error instanceof OAuth2RequestError) throw new NotGrantedError({ by: "person", code: error.code });
      // Neither a code nor an error: nothing that a provider sends.
      if (error instanceof ReferenceError) throw new NotGrantedError({ by: "person", code: "" });
      throw error;
    }
  }

  protected override authorizationParams(params: URLSearchParams): URLSearchParams {
    const { scopes, scopeSeparator = " ", extraParameters = {} } = this.#options.provider.access;
    const all = new URLSearchParams(params);
    all.set("scope", scopes.join(scopeSeparator));
    for (const [name, value] of Object.entries(extraParameters)) all.set(name, value);
    return all;
  }

  protected override async validateAuthorizationCode(code: string, codeVerifier: string): Promise<Tokens> {
    const outcome = await askForTokens(this.#options.call, {
      grant_type: "authorization_code",
      code,
      redirect_uri: this.#options.callback,
      code_verifier: codeVerifier,
    });
    if (!outcome.ok) throw new NotGrantedError({ by: "endpoint", refusal: outcome.refusal });
    // The library hands it on unread.
    return { data: outcome.granted } as unknown as Tokens;
  }
}
