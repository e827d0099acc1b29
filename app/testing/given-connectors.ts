/** Connectors for tests: a provider's authorization server and a small API beside it, on this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type FlavourName } from "../../sandbox/oauth/flavour";
import { type OAuthSandbox, startOAuthSandbox } from "../../sandbox/oauth/server";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { beginConnecting, type Connected, finishConnecting } from "~/features/connectors/access/connect.server";
import { type Holder, type KeptRequest, spendRequest } from "~/features/connectors/access/oauth-requests.server";
import { type OAuthProvider } from "~/features/connectors/access/oauth-provider";
import { type Connection, GrantEnded, OutOfOrder } from "~/features/connectors/connector";
import { createConnector } from "~/features/connectors/create-connector.server";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { newId } from "~/platform/ids.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { agree, type Agreeing } from "~/testing/agree";

const appOrigin = "http://localhost:4800";

/** Official addresses, scopes and ways as the documents have them: what stands in must be reached by them. */
const facts: Record<FlavourName, Pick<OAuthProvider, "name" | "access">> = {
  google: {
    name: "Google",
    access: {
      kind: "oauth",
      endpoints: () => ({
        authorize: "https://accounts.google.com/o/oauth2/v2/auth",
        token: "https://oauth2.googleapis.com/token",
        revoke: "https://oauth2.googleapis.com/revoke",
      }),
      scopes: ["https://www.googleapis.com/auth/contacts.readonly"],
      clientAuthentication: "body",
      extraParameters: { access_type: "offline", prompt: "consent" },
      clientPrefix: "GOOGLE",
    },
  },
  microsoft: {
    name: "Microsoft",
    access: {
      kind: "oauth",
      endpoints: ({ tenant = "common" }) => ({
        authorize: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`,
        token: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
        revoke: null,
      }),
      scopes: ["offline_access", "Contacts.Read", "User.Read"],
      clientAuthentication: "basic",
      clientPrefix: "MICROSOFT",
    },
  },
  hubspot: {
    name: "HubSpot",
    access: {
      kind: "oauth",
      endpoints: () => ({
        authorize: "https://app.hubspot.com/oauth/authorize",
        token: "https://api.hubapi.com/oauth/2026-03/token",
        revoke: "https://api.hubapi.com/oauth/2026-03/token/revoke",
      }),
      scopes: ["oauth", "crm.objects.contacts.read", "crm.objects.companies.read"],
      clientAuthentication: "body",
      extras: ["hub_id"],
      clientPrefix: "HUBSPOT",
    },
  },
  salesforce: {
    name: "Salesforce",
    access: {
      kind: "oauth",
      endpoints: () => ({
        authorize: "https://login.salesforce.com/services/oauth2/authorize",
        token: "https://login.salesforce.com/services/oauth2/token",
        revoke: "https://login.salesforce.com/services/oauth2/revoke",
      }),
      scopes: ["api", "refresh_token"],
      clientAuthentication: "body",
      extras: ["instance_url", "id"],
      clientPrefix: "SALESFORCE",
    },
  },
};

/** As who is asked says it. @throws GrantEnded, OutOfOrder */
async function me(connection: Connection): Promise<string> {
  const answer = await connection.fetch(`${connection.base("records")}/me`);
  if (answer.status === 401) throw new GrantEnded("The token is not taken.");
  if (!answer.ok) throw new OutOfOrder(`The records answer ${answer.status}.`);
  return ((await answer.json()) as { login: string }).login;
}

function providerOf(flavour: FlavourName): OAuthProvider {
  const nothing = () => Promise.reject(new Error("Nothing is read of it"));
  return {
    ...{ id: flavour, category: "contacts", reads: "Contacts.", needs: "An account.", streams: [] },
    ...facts[flavour],
    addresses: { records: `https://records.${flavour}.example` },
    whose: me,
    test: async (connection) => void (await me(connection)),
    discover: nothing,
    read: async function* () {
      yield await nothing();
    },
    cellsOf: () => new Map(),
  };
}

export interface Records {
  origin: string;
  /** What was asked and with which token, the first first. */
  asked: { path: string; token: string }[];
  /** Answers so whatever it is asked. */
  status: number | null;
  close(): Promise<void>;
}

async function startRecords(holderOf: OAuthSandbox["holderOf"]): Promise<Records> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    records.asked.push({ path: request.url ?? "", token });
    void holderOf(token).then((holder) => {
      const status = records.status ?? (holder ? 200 : 401);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(holder ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const records: Records = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    status: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return records;
}

export interface Begun {
  address: string;
  holder: Holder;
}

/** A provider that stands in on this machine, and this installation as it is known there. */
export interface ProviderHouse {
  provider: OAuthProvider;
  sandbox: OAuthSandbox;
  records: Records;
  env: AccessWorld;
  /** The same with something otherwise. */
  with(changes: Partial<Pick<ProviderHouse, "provider" | "env">>): ProviderHouse;
  /** A connector that nobody has connected. */
  connector(scope: Scope, name?: string): Promise<Connector>;
  begin(scope: Scope, connector: Connector, holder?: Holder): Promise<Begun>;
  /** What was begun, as it is found by what comes back. */
  spend(scope: Scope, callback: URL, holder: Holder): Promise<KeptRequest | null>;
  finish(scope: Scope, connector: Connector, callback: URL, holder: Holder): Promise<Connected>;
  /** From beginning to end, as somebody who agrees. */
  connect(scope: Scope, connector: Connector, how?: Agreeing): Promise<Connected>;
  /** A connector that is connected. */
  connected(scope: Scope, how?: Agreeing): Promise<Connector>;
  close(): Promise<void>;
}

export function installationOf(scope: Scope): InstallationScope {
  return { ...scope, kind: "installation", db: scope.database.forInstallation() };
}

/** @param apiOrigin where a stand-in for its API is, which its token answers are to name */
export async function openProvider(flavour: FlavourName, apiOrigin?: string): Promise<ProviderHouse> {
  const sandbox = await startOAuthSandbox(flavour, { apiOrigin });
  const records = await startRecords(sandbox.holderOf);
  const provider = providerOf(flavour);
  const client = { id: sandbox.clientId, secret: sandbox.clientSecret };
  const env: AccessWorld = {
    appOrigin,
    providers: {
      clients: new Map([[provider.access.clientPrefix, client]]),
      addresses: new Map([
        [`${flavour}.oauth`, sandbox.origin],
        [`${flavour}.records`, records.origin],
      ]),
      sandboxOrigins: new Set([sandbox.origin, records.origin, ...(apiOrigin === undefined ? [] : [apiOrigin])]),
      taps: [],
    },
  };
  return houseOf({ provider, sandbox, records, env });
}

function houseOf(parts: Pick<ProviderHouse, "provider" | "sandbox" | "records" | "env">): ProviderHouse {
  const { provider, sandbox, records, env } = parts;
  const { signal } = new AbortController();

  const house: ProviderHouse = {
    ...parts,
    with: (changes) => houseOf({ ...parts, ...changes }),
    async connector(scope, name = `${provider.name} of the office`) {
      return must(await findConnector(scope, await createConnector(scope, provider, name)));
    },
    async begin(scope, connector, holder = { sessionId: newId() }) {
      const begun = await beginConnecting(scope, { connector, provider, env, holder });
      if (!begun.ok) throw new Error(begun.reason);
      return { address: begun.address, holder };
    },
    spend(scope, callback, holder) {
      const state = callback.searchParams.get("state") ?? "";
      const held = { sessionId: null, linkToken: null, ...holder };
      return spendRequest(installationOf(scope), { provider: provider.id, state, ...held });
    },
    async finish(scope, connector, callback, holder) {
      const request = must(await house.spend(scope, callback, holder));
      const linkToken = "linkToken" in holder ? holder.linkToken : null;
      const back = { connector, provider, env, request, callback, linkToken, signal };
      return finishConnecting(installationOf(scope), scope, back);
    },
    async connect(scope, connector, how) {
      const { address, holder } = await house.begin(scope, connector);
      return house.finish(scope, connector, await agree(address, how), holder);
    },
    async connected(scope, how) {
      const connector = await house.connector(scope);
      const connected = await house.connect(scope, connector, how);
      if (!connected.ok) throw new Error(JSON.stringify(connected.problem));
      return must(await findConnector(scope, connector.id));
    },
    async close() {
      await sandbox.close();
      await records.close();
    },
  };
  return house;
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error("It is not there");
  return value;
}
