/** As much of oidc-provider as is used here: it brings no types of its own. */
declare module "oidc-provider" {
  import { type IncomingMessage, type ServerResponse } from "node:http";

  export interface Token {
    jti: string;
    accountId: string;
    clientId: string;
    grantId?: string;
    scope?: string;
  }

  export interface Grant extends Token {
    openid?: object;
    rejected?: object;
    addOIDCScope(scope: string): void;
    rejectOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export interface Context {
    path: string;
    url: string;
    method: string;
    status: number;
    body: unknown;
    headers: Record<string, string | undefined>;
    response: { get(header: string): string };
    redirect(address: string): void;
    oidc: {
      params?: Record<string, string | undefined>;
      entities: { AuthorizationCode?: Token; AccessToken?: Token; Grant?: Grant };
    };
  }

  export interface InteractionDetails {
    prompt: { name: string; details: Record<string, unknown> };
    params: Record<string, string | undefined>;
    session?: { accountId: string };
    grantId?: string;
  }

  export class Provider {
    constructor(issuer: string, configuration: object);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): this;
    on(event: string, listener: (context: Context, ...rest: never[]) => void): this;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<InteractionDetails>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
      options?: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
    Client: { prototype: { redirectUriAllowed(address: string): boolean } };
    Grant: {
      new (facts: { accountId: string; clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    AccessToken: { find(token: string): Promise<Token | undefined> };
    RefreshToken: { find(token: string): Promise<Token | undefined> };
  }
}
