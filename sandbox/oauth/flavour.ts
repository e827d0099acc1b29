/** What is peculiar to an authorization server, as far as its documents and recorded answers say. */

export type FlavourName = "google" | "microsoft" | "hubspot" | "salesforce";

/** As somebody wrote it into the address at the provider. */
export type AuthorizationRequest = Readonly<Record<string, string | undefined>>;

export interface TokenFacts {
  grantType: string;
  scopes: readonly string[];
  accountId: string;
  /** Of the stand-in itself. */
  origin: string;
  /** Where its API stands in. */
  apiOrigin: string;
  at: Date;
}

export interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  expires_in?: number;
  token_type: string;
  scope?: string;
  [name: string]: unknown;
}

export interface OAuthError {
  error: string;
  error_description?: string;
  [name: string]: unknown;
}

export interface Flavour {
  name: string;
  /** As its pages call it. */
  title: string;
  paths: { authorize: string; token: string; revoke: string | null };
  /** Other spellings of a path, e.g. with another tenant. */
  pathOf?(path: string): string;
  scopes: readonly string[];
  /** Credentials in a header are refused. */
  bodyOnly: boolean;
  tokenSeconds: number;
  /** `none`: the refresh token stays. `new`: another each time, the old one stays good. `replaced`: using an old one ends all. */
  rotation: "none" | "new" | "replaced";
  /** Taking a token back asks who one is. */
  revocationNeedsClient: boolean;
  /** Taking one token back ends everything that the person agreed to for this app. */
  revokesAll: boolean;
  isRefreshable(asked: AuthorizationRequest, isFirst: boolean): boolean;
  answer(answer: TokenAnswer, facts: TokenFacts): object;
  refusal(error: OAuthError, facts: Pick<TokenFacts, "grantType" | "at">): object;
  /** What it says in the address that people are sent back to, where that is more than the standard has. */
  sendsBack?(said: URLSearchParams, facts: { secret: string; apiOrigin: string; at: Date }): URLSearchParams;
  /** Where people may be sent back to; absent: to where a connector of its name is connected. */
  callbacks?: readonly string[];
  /** Documents that anybody may read; null: there is none at that path. */
  documents?(path: string, origin: string): { status: number; body: object } | null;
  /** Who can sign in there. */
  people: readonly string[];
}
