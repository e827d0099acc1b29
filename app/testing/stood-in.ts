/** Every provider with what stands in for it, reached as an installation is set up to reach it: for tests over all of them. */
import { startGa4 } from "../../sandbox/ga4/ga4";
import { type Tracked } from "../../sandbox/ga4/report";
import { startGoogle } from "../../sandbox/google/google";
import { startHubSpot } from "../../sandbox/hubspot/hubspot";
import { startMicrosoft } from "../../sandbox/microsoft/microsoft";
import { type Flavour, type FlavourName } from "../../sandbox/oauth/flavour";
import { type OAuthSandbox, startOAuthSandbox } from "../../sandbox/oauth/server";
import { startOdoo } from "../../sandbox/odoo/odoo";
import { pipedriveFlavour } from "../../sandbox/pipedrive/flavour";
import { startPipedrive } from "../../sandbox/pipedrive/pipedrive";
import { startSalesforce } from "../../sandbox/salesforce/salesforce";
import { shopifyFlavour } from "../../sandbox/shopify/flavour";
import { startShopify, type ShopifyStandIn } from "../../sandbox/shopify/shopify";
import { startSinger } from "../../sandbox/singer/singer";
import { startWooCommerce } from "../../sandbox/woocommerce/woocommerce";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { type Settings } from "~/features/connectors/connector";
import { noProviders } from "~/platform/provider-settings.server";

export interface StoodIn {
  /** The provider's id. */
  provider: string;
  /** What its records are here. */
  subject: "contacts" | "orders" | "transactions";
  env: AccessWorld;
  /** What people type in: a key, or where it is. Null: nothing, they only agree. */
  typed: Settings | null;
  /** What time it is there. */
  setTime(instant: string): void;
  /** To something with this word in it; of a transaction it changes the value. */
  change(key: number, word: string): void;
  remove(key: number): void;
  /** Adds one of today and says its number. Absent: changes of the oldest are read, too. */
  add?: () => number;
  /** Absent: it knows no merging. */
  merge?: (pair: { keep: number; absorb: number }) => void;
  /** Makes a contact of a lead. Absent: it knows no leads. */
  convert?: (pair: { lead: number; contact: number }) => void;
  /** Forgets where reading changes began, if time alone does not make it so. Absent: nothing of it ever runs out. */
  expire?: () => void;
  /** Whoever agreed takes it back, or the key is let in no more; `restore`: another key would be. */
  revoke(): void;
  restore(): void;
  /** How many belong to a company. */
  working: number;
  /** Changes do not tell what is gone: only a whole reading does. */
  tellsGone: boolean;
  close(): Promise<void>;
}

export const CONTACTS = 120;

const appOrigin = "http://localhost:4800";

interface Api {
  /** By the name of the provider's address. */
  places: Record<string, string>;
  close(): Promise<void>;
  facts: Pick<StoodIn, "setTime" | "change" | "remove"> & Partial<StoodIn>;
}

/** Where people agree, and what is read then by whoever it has given a token. `id`: the provider's, where it is another. */
async function agreedTo(
  flavour: FlavourName | Flavour,
  start: (lets: { contacts: number; isValid(token: string): Promise<boolean> }) => Promise<Api>,
  id?: string,
): Promise<StoodIn> {
  let authority: OAuthSandbox | null = null;
  const isValid = async (token: string) => authority !== null && (await authority.holderOf(token)) !== null;
  const { places, close, facts } = await start({ contacts: CONTACTS, isValid });
  const there = (authority = await startOAuthSandbox(flavour, { apiOrigin: Object.values(places)[0] }));
  const { name, origin, clientId, clientSecret } = there;
  const provider = id ?? name;
  const all = Object.entries({ ...places, oauth: origin });
  return {
    ...{ provider, subject: "contacts", typed: null, working: 0, tellsGone: true, ...facts },
    env: {
      appOrigin,
      providers: {
        ...noProviders,
        clients: new Map([[name.toUpperCase().replaceAll("-", "_"), { id: clientId, secret: clientSecret }]]),
        addresses: new Map(all.map(([place, url]) => [`${provider}.${place}`, url])),
        sandboxOrigins: new Set(all.map(([, url]) => new URL(url).origin)),
      },
    },
    revoke: () => there.revoke(),
    restore: () => {},
    close: async () => {
      await there.close();
      await close();
    },
  };
}

interface Doable {
  stoppedAt: string | null;
  change(key: number, patch: { family: string }): void;
  remove(...keys: number[]): void;
}

function doing(world: Doable) {
  return {
    setTime: (instant: string) => void (world.stoppedAt = instant),
    change: (key: number, family: string) => world.change(key, { family }),
    remove: (key: number) => world.remove(key),
  };
}

/** What is enough where cursors run out by themselves. */
const byTime = () => {};

export const standIns: Record<string, () => Promise<StoodIn>> = {
  "Google Contacts": () =>
    agreedTo("google", async (lets) => {
      const { url, world, close } = await startGoogle(lets);
      return { places: { people: url }, close, facts: { ...doing(world), expire: byTime } };
    }),
  Microsoft: () =>
    agreedTo("microsoft", async (lets) => {
      const { url, world, trouble, close } = await startMicrosoft(lets);
      const expire = () => trouble.on("expired-cursor", { times: 1 });
      return { places: { graph: url }, close, facts: { ...doing(world), expire } };
    }),
  HubSpot: () =>
    agreedTo("hubspot", async (lets) => {
      const { url, contacts, companies, close } = await startHubSpot({ ...lets, companies: 10 });
      const actions = doing(contacts);
      const setTime = (instant: string) => {
        companies.stoppedAt = instant;
        actions.setTime(instant);
      };
      const merge = (pair: { keep: number; absorb: number }) => contacts.merge(pair);
      return {
        ...{ places: { api: url }, close },
        facts: { ...actions, setTime, merge, expire: byTime, working: 84 + 3 },
      };
    }),
  Salesforce: () =>
    agreedTo("salesforce", async (lets) => {
      const standIn = await startSalesforce({ ...lets, leads: 20, accounts: 10 });
      const { url, contacts, leads, setTime, close } = standIn;
      leads.change(3, { more: { HasOptedOutOfEmail: true } });
      const merge = (pair: { keep: number; absorb: number }) => contacts.merge(pair);
      const convert = ({ lead, contact }: { lead: number; contact: number }) => standIn.convert(lead, contact);
      return {
        ...{ places: { api: url }, close },
        facts: { ...doing(contacts), setTime, merge, convert, expire: byTime, working: 90 },
      };
    }),
  Pipedrive: () =>
    agreedTo(pipedriveFlavour, async (lets) => {
      const { url, persons, close } = await startPipedrive({ ...lets, companies: 10 });
      return {
        ...{ places: { api: url }, close },
        facts: { ...doing(persons), expire: byTime, working: 90, tellsGone: false },
      };
    }),
  "Odoo 17, by JSON-RPC": () => odooOf(17),
  "Odoo 19, by JSON-2": () => odooOf(19),
  "a Singer tap": () => Promise.resolve(tap()),
  "Shopify, by a token": shopOfToken,
  "Shopify, by agreeing": () =>
    agreedTo(shopifyFlavour, async ({ isValid }) => {
      const shop = await startShopify({ orders: CONTACTS, isValid });
      const typed = { shop: shop.url };
      return { places: { shop: shop.url }, close: shop.close, facts: { ...selling(shop), typed, expire: byTime } };
    }),
  WooCommerce: wooCommerce,
  "GA4, by a service account": ga4OfKey,
  "GA4, by signing in": () =>
    agreedTo(
      "google",
      async ({ isValid }) => {
        const { url, close, facts } = await tracking({ isValid });
        return { places: { data: url }, close, facts };
      },
      "ga4-google",
    ),
};

async function odooOf(version: 17 | 19): Promise<StoodIn> {
  const { url, partners, contactKey, access, trouble, close } = await startOdoo({ version, contacts: CONTACTS });
  const { database, user, key } = access;
  return {
    ...{ provider: "odoo", subject: "contacts", working: 90, tellsGone: true, close },
    env: { appOrigin, providers: { ...noProviders, sandboxOrigins: new Set([new URL(url).origin]) } },
    typed: { address: url, database, user, key },
    setTime: (instant) => void (partners.stoppedAt = instant),
    change: (key, family) => partners.change(contactKey(key), { name: `Folasade ${family}` }),
    remove: (key) => partners.remove(contactKey(key)),
    // Nothing tells that it was one: the other is gone, as if it were deleted.
    merge: ({ keep, absorb }) => partners.merge({ keep: contactKey(keep), absorb: contactKey(absorb) }),
    revoke: () => trouble.on("revoked"),
    restore: () => trouble.off(),
  };
}

function tap(): StoodIn {
  const { entry, apiKey, world, trouble, publish, close } = startSinger({ contacts: CONTACTS });
  const actions = doing(world);
  const published =
    <Given extends unknown[]>(act: (...given: Given) => void) =>
    (...given: Given) => {
      act(...given);
      publish();
    };
  return {
    ...{ provider: entry.id, subject: "contacts", working: 0, tellsGone: true, close },
    env: { appOrigin, providers: { ...noProviders, taps: [entry] } },
    typed: { api_key: apiKey },
    setTime: published(actions.setTime),
    change: published(actions.change),
    remove: published(actions.remove),
    revoke: published(() => void trouble.add("expired")),
    restore: published(() => trouble.clear()),
  };
}

/** Of what nobody can agree to: it is where people say, or where the environment does. */
function reachedByKey(provider: string, url: string, places: readonly string[] = []): AccessWorld {
  const addresses = new Map(places.map((place) => [`${provider}.${place}`, url]));
  return { appOrigin, providers: { ...noProviders, addresses, sandboxOrigins: new Set([url]) } };
}

/** Nothing tells what was deleted but a reading of everything. */
function selling({ orders }: ShopifyStandIn) {
  return {
    ...{ subject: "orders" as const, tellsGone: false },
    setTime: (instant: string) => void (orders.stoppedAt = instant),
    change: (key: number, word: string) => orders.change(key, { gateway: word }),
    remove: (key: number) => orders.remove(key),
  };
}

async function shopOfToken(): Promise<StoodIn> {
  const shop = await startShopify({ orders: CONTACTS, isValid: (token) => token === "shpat_of_today" });
  return {
    ...{ ...selling(shop), provider: "shopify", working: 0, expire: byTime, close: shop.close },
    ...{ env: reachedByKey("shopify", shop.url), typed: { shop: shop.url, token: "shpat_of_today" } },
    revoke: () => shop.trouble.on("revoked"),
    restore: () => shop.trouble.off(),
  };
}

async function wooCommerce(): Promise<StoodIn> {
  const { orders, url, access, trouble, close } = await startWooCommerce({ orders: CONTACTS });
  return {
    ...{ provider: "woocommerce", subject: "orders", working: 0, tellsGone: false, expire: byTime, close },
    ...{ env: reachedByKey("woocommerce", url), typed: { address: url, key: access.key, secret: access.secret } },
    setTime: (instant) => void (orders.stoppedAt = instant),
    change: (key, word) => orders.change(key, { method: { code: "invoice", title: word } }),
    remove: (key) => orders.remove(key),
    revoke: () => trouble.on("revoked"),
    restore: () => trouble.off(),
  };
}

async function ga4OfKey(): Promise<StoodIn> {
  const { url, close, facts, account } = await tracking();
  return {
    ...{ ...facts, provider: "ga4", working: 0, close, env: reachedByKey("ga4", url, ["data", "token"]) },
    typed: { ...facts.typed, serviceAccount: account.file },
    revoke: () => void (account.isDeleted = true),
    restore: () => void (account.isDeleted = false),
  };
}

/** The number of what is sold later. */
const ADDED = 500;

/** What somebody changes a transaction to. */
export const CHANGED_VALUE = 4_711;

/** A property in the days before the tests' clock begins. Google goes on working on the last days only. */
async function tracking(lets: Parameters<typeof startGa4>[0] = {}) {
  const firstAt = Date.parse("2026-05-01T06:00:00Z");
  const idOf = (key: number) => `#${1_000 + key}`;
  const soldAt = (key: number, at: number): Tracked => ({
    ...{ transactionId: idOf(key), day: new Date(at).toISOString().slice(0, 10), value: 20 + key },
    ...{ currency: "EUR", event: "purchase" },
  });
  const events = Array.from({ length: CONTACTS }, (_, n) => soldAt(n + 1, firstAt + n * 37 * 60_000));
  const standIn = await startGa4({ ...lets, events });
  const placeOf = (key: number) => standIn.events.findIndex(({ transactionId }) => transactionId === idOf(key));
  const facts = {
    ...{ subject: "transactions" as const, tellsGone: true, typed: { property: standIn.property.id } },
    setTime: (instant: string) => void (standIn.stoppedAt = instant),
    change: (key: number) => void (standIn.events[placeOf(key)]!.value = CHANGED_VALUE),
    remove: (key: number) => void standIn.events.splice(placeOf(key), 1),
    add: () => {
      standIn.events.push(soldAt(ADDED, Date.parse(standIn.stoppedAt ?? "")));
      return ADDED;
    },
    // Its days are others then.
    expire: () => void (standIn.property.zone = "Europe/Lisbon"),
  };
  return { ...standIn, facts };
}
