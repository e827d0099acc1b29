/** Every provider with what stands in for it, reached as an installation is set up to reach it: for tests over all of them. */
import { startGoogle } from "../../sandbox/google/google";
import { startHubSpot } from "../../sandbox/hubspot/hubspot";
import { startMicrosoft } from "../../sandbox/microsoft/microsoft";
import { type Flavour, type FlavourName } from "../../sandbox/oauth/flavour";
import { type OAuthSandbox, startOAuthSandbox } from "../../sandbox/oauth/server";
import { startOdoo } from "../../sandbox/odoo/odoo";
import { pipedriveFlavour } from "../../sandbox/pipedrive/flavour";
import { startPipedrive } from "../../sandbox/pipedrive/pipedrive";
import { startSalesforce } from "../../sandbox/salesforce/salesforce";
import { startSinger } from "../../sandbox/singer/singer";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { type Settings } from "~/features/connectors/connector";
import { noProviders } from "~/platform/provider-settings.server";

export interface StoodIn {
  /** The provider's id. */
  provider: string;
  env: AccessWorld;
  /** What people type in who connect by a key; null: they agree. */
  typed: Settings | null;
  /** What time it is there. */
  setTime(instant: string): void;
  change(key: number, family: string): void;
  remove(key: number): void;
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

/** Where people agree, and what is read then by whoever it has given a token. */
async function agreedTo(
  flavour: FlavourName | Flavour,
  start: (lets: { contacts: number; isValid(token: string): Promise<boolean> }) => Promise<Api>,
): Promise<StoodIn> {
  let authority: OAuthSandbox | null = null;
  const isValid = async (token: string) => authority !== null && (await authority.holderOf(token)) !== null;
  const { places, close, facts } = await start({ contacts: CONTACTS, isValid });
  const there = (authority = await startOAuthSandbox(flavour, { apiOrigin: Object.values(places)[0] }));
  const { name, origin, clientId, clientSecret } = there;
  const all = Object.entries({ ...places, oauth: origin });
  return {
    ...{ provider: name, typed: null, working: 0, tellsGone: true, ...facts },
    env: {
      appOrigin,
      providers: {
        ...noProviders,
        clients: new Map([[name.toUpperCase(), { id: clientId, secret: clientSecret }]]),
        addresses: new Map(all.map(([place, url]) => [`${name}.${place}`, url])),
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
};

async function odooOf(version: 17 | 19): Promise<StoodIn> {
  const { url, partners, contactKey, access, trouble, close } = await startOdoo({ version, contacts: CONTACTS });
  const { database, user, key } = access;
  return {
    ...{ provider: "odoo", working: 90, tellsGone: true, close },
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
    ...{ provider: entry.id, working: 0, tellsGone: true, close },
    env: { appOrigin, providers: { ...noProviders, taps: [entry] } },
    typed: { api_key: apiKey },
    setTime: published(actions.setTime),
    change: published(actions.change),
    remove: published(actions.remove),
    revoke: published(() => void trouble.add("expired")),
    restore: published(() => trouble.clear()),
  };
}
