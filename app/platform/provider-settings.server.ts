/** What the environment says of the systems that firms connect: as whom they are asked, and where, if not at home. */

import { type AllowedTap } from "~/platform/allowed-taps.server";

/** As whom this installation is known at a provider: what its operator registered there. */
export interface OAuthClient {
  id: string;
  secret: string;
}

export interface ProviderSettings {
  /** By the prefix of their two variables: `GOOGLE` for `GOOGLE_CLIENT_ID` and `GOOGLE_CLIENT_SECRET`. */
  clients: ReadonlyMap<string, OAuthClient>;
  /** By `provider.name`, or by `provider` for all of its addresses. None ends with a slash. */
  addresses: ReadonlyMap<string, string>;
  /** Those of them that are on this machine: a sandbox's. Nothing else here may be reached. */
  sandboxOrigins: ReadonlySet<string>;
  /** Programs that may be run to read something: see allowed-taps.server.ts. */
  taps: readonly AllowedTap[];
}

/** For installations that have connected nothing. */
export const noProviders: ProviderSettings = {
  ...{ clients: new Map(), addresses: new Map(), sandboxOrigins: new Set(), taps: [] },
};

type Source = Readonly<Record<string, string | undefined>>;

/** Every `…_CLIENT_ID` that has its `…_CLIENT_SECRET`: a new provider's are found without being listed anywhere. */
export function parseClients(source: Source): ReadonlyMap<string, OAuthClient> {
  const clients = new Map<string, OAuthClient>();
  for (const [name, value] of Object.entries(source)) {
    const [, prefix] = /^([A-Z][A-Z0-9_]{0,40})_CLIENT_ID$/.exec(name) ?? [];
    const [id, secret] = [value?.trim(), prefix && source[`${prefix}_CLIENT_SECRET`]?.trim()];
    if (prefix && id && secret) clients.set(prefix, { id, secret });
  }
  return clients;
}

const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Null for no address at all, and for http to anywhere but this machine. */
function parseAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) return null;
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && loopbackHosts.has(url.hostname));
  return isSafe ? url : null;
}

/** Reads `google.people=http://127.0.0.1:4801,odoo=https://odoo.test.example`. Null: it cannot be read. */
export function parseProviderAddresses(text: string): Pick<ProviderSettings, "addresses" | "sandboxOrigins"> | null {
  const addresses = new Map<string, string>();
  const sandboxOrigins = new Set<string>();
  for (const pair of text.split(",").filter((pair) => pair.trim() !== "")) {
    const [, name, address = ""] = /^\s*([a-z0-9-]+(?:\.[a-z0-9-]+)?)=(\S+)\s*$/.exec(pair) ?? [];
    const url = parseAddress(address);
    if (!name || !url || addresses.has(name)) return null;
    addresses.set(name, url.href.replace(/\/$/, ""));
    if (loopbackHosts.has(url.hostname)) sandboxOrigins.add(url.origin);
  }
  return { addresses, sandboxOrigins };
}
