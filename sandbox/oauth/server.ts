/**
 * An authorization server that stands in for a provider's, on this machine only. oidc-provider holds to the standards
 * (PKCE is enforced, codes are good once); what is the provider's own is in its flavour.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type Flavour, type FlavourName } from "./flavour";
import { flavours } from "./flavours";
import { answerInteraction } from "./interaction";
import { readFields, sendHtml, sendJson } from "./fields";
import { accessPage } from "./pages";
import { makeProvider, type TokenRequest } from "./provider";
import { revoke } from "./revocation";
import { makeStorage } from "./storage";
import { makeTrouble, type TokenTrouble } from "./trouble";

const HOST = "127.0.0.1";

export interface OAuthSandbox {
  name: string;
  origin: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in there. */
  people: readonly string[];
  /** Whose access token that is, and for what; null: it is none, or none any more. */
  holderOf(accessToken: string): Promise<{ login: string; scopes: readonly string[] } | null>;
  /** What a person does at the provider who takes the access back. Everybody's unless told. */
  revoke(login?: string): void;
  /** Ends all access tokens, as time would. */
  endAccessTokens(): void;
  /** What the token endpoint is to do instead of answering, from now on. */
  trouble: TokenTrouble | null;
  /** Waited for before the token endpoint looks at a request: for an answer that comes late. */
  beforeToken: (() => Promise<void>) | null;
  /** Every request to the token endpoint, the first first. */
  tokenRequests: readonly TokenRequest[];
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Any free one unless told. */
  port?: number;
  /** Where the provider's API stands in, for answers that name it. */
  apiOrigin?: string;
}

/** One of those that are here, or a provider's own, from its folder. */
export function startOAuthSandbox(given: FlavourName | Flavour, options: SandboxOptions = {}): Promise<OAuthSandbox> {
  return startWith(typeof given === "string" ? flavours[given] : given, options);
}

async function startWith(flavour: Flavour, options: SandboxOptions): Promise<OAuthSandbox> {
  const { name } = flavour;
  const server = createServer();
  const origin = await listen(server, options.port ?? 0);
  const client = { id: `tallybook-at-${name}`, secret: randomBytes(24).toString("base64url") };
  const storage = makeStorage({ keepsUsed: flavour.rotation === "new" });
  const tokenRequests: TokenRequest[] = [];
  const facts = { flavour, origin, apiOrigin: options.apiOrigin ?? origin, storage, client, tokenRequests };
  const provider = makeProvider(facts);
  const forget = (login?: string) => storage.forget(["Grant", "RefreshToken", "AccessToken", "Session"], login);
  const sandbox: OAuthSandbox = {
    ...{ name, origin, clientId: client.id, clientSecret: client.secret, people: flavour.people, tokenRequests },
    trouble: null,
    beforeToken: null,
    async holderOf(accessToken) {
      const token = await provider.AccessToken.find(accessToken);
      return token ? { login: token.accountId, scopes: (token.scope ?? "").split(" ") } : null;
    },
    revoke: forget,
    endAccessTokens: () => storage.forget(["AccessToken"]),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const standard = provider.callback();
  const trouble = makeTrouble(() => sandbox.trouble);

  /** HubSpot looks for credentials in the body alone. */
  function refusedHeader({ headers }: IncomingMessage, response: ServerResponse): boolean {
    if (!flavour.bodyOnly || headers.authorization === undefined) return false;
    sendJson(response, { error: "invalid_client", status: "BAD_CLIENT_ID", message: "missing client_id" }, 400);
    return true;
  }

  /** Pages and addresses that oidc-provider has not, or not so. False: it is for oidc-provider. */
  async function answered(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { token, revoke: revocation } = flavour.paths;
    if (path === token) {
      await sandbox.beforeToken?.();
      return (await trouble(request, response)) || refusedHeader(request, response);
    }
    if (path === "/") sendHtml(response, accessPage(flavour.title, storage.accountsWith("Grant")));
    else if (path === revocation) await revoke({ ...facts, provider }, request, response);
    else if (path.startsWith("/interaction/")) await answerInteraction(flavour, provider, request, response);
    else if (path === "/access/removal") {
      forget((await readFields(request)).get("login") ?? undefined);
      response.writeHead(303, { location: "/" }).end();
    } else return false;
    return true;
  }

  server.on("request", (request, response) => {
    const url = new URL(request.url ?? "/", origin);
    const path = flavour.pathOf?.(url.pathname) ?? url.pathname;
    request.url = path + url.search;
    const document = flavour.documents?.(path, origin);
    if (document) return sendJson(response, document.body, document.status);
    answered(path, request, response).then(
      (done) => (done ? undefined : standard(request, response)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  return sandbox;
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve(`http://${HOST}:${(server.address() as AddressInfo).port}`));
  });
}
