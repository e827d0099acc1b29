/** All that stands in for the providers, on this machine: where people agree to be read, and what is read then. */
import { randomBytes } from "node:crypto";
import { startGoogle } from "./google/google";
import { startHubSpot } from "./hubspot/hubspot";
import { startMicrosoft } from "./microsoft/microsoft";
import { type OdooAccess, type OdooVersion, startOdoo } from "./odoo/odoo";
import { type FlavourName } from "./oauth/flavour";
import { flavours } from "./oauth/flavours";
import { type OAuthSandbox, startOAuthSandbox } from "./oauth/server";
import { startSalesforce } from "./salesforce/salesforce";

/** Enough to see pages turn, few enough to be through at once. */
const CONTACTS = 400;

export interface StandIns {
  /** What the environment has to say so that Tallybook meets them: clients, and where they are. */
  environment: Record<string, string>;
  /** Reached by what people type in, so that they have to be told. */
  odoos: OdooToType[];
}

export interface OdooToType extends OdooAccess {
  version: OdooVersion;
  address: string;
}

export async function startStandIns(): Promise<StandIns> {
  const odoos = await startOdoos();
  const authorities = new Map<FlavourName, OAuthSandbox>();
  const apis = await startApis(authorities);
  for (const name of Object.keys(flavours) as FlavourName[]) {
    const apiOrigin = name === "salesforce" ? apis.get("salesforce.api") : undefined;
    authorities.set(name, await startOAuthSandbox(name, { apiOrigin }));
  }
  const oauth = [...authorities.values()].map(({ name, origin }) => [`${name}.oauth`, origin] as const);
  const typed = odoos.map(({ version, address }) => [`odoo.${version}`, address] as const);
  const addresses = [...oauth, ...apis, ...typed].map(([name, address]) => `${name}=${address}`);
  const clients = [...authorities.values()].map(clientVariables);
  return { environment: { ...Object.assign({}, ...clients), PROVIDER_ADDRESSES: addresses.join(",") }, odoos };
}

/** One of each way to ask: JSON-RPC, and what has come in its place. */
function startOdoos(): Promise<OdooToType[]> {
  return Promise.all(
    ([17, 19] as const).map(async (version) => {
      const access = { database: `hale-partners-${version}`, key: randomBytes(20).toString("hex") };
      const odoo = await startOdoo({ version, access, contacts: CONTACTS, companies: 40, addresses: 20 });
      return { version, address: odoo.url, ...odoo.access };
    }),
  );
}

/** Where they are, by name. Each lets in whom its own authority has given a token. */
async function startApis(authorities: ReadonlyMap<FlavourName, OAuthSandbox>): Promise<Map<string, string>> {
  const lets = (name: FlavourName) => ({
    contacts: CONTACTS,
    isValid: async (token: string) => {
      const holder = await authorities.get(name)?.holderOf(token);
      return holder != null;
    },
  });
  const [google, microsoft, hubspot, salesforce] = await Promise.all([
    startGoogle(lets("google")),
    startMicrosoft(lets("microsoft")),
    startHubSpot(lets("hubspot")),
    startSalesforce({ ...lets("salesforce"), leads: 60, accounts: 40 }),
  ]);
  return new Map([
    ["google.people", google.url],
    ["microsoft.graph", microsoft.url],
    ["hubspot.api", hubspot.url],
    // Its token answers name it: nobody asks for it by this name, but nothing on this machine is reached that has none.
    ["salesforce.api", salesforce.url],
  ]);
}

function clientVariables({ name, clientId, clientSecret }: OAuthSandbox): Record<string, string> {
  const prefix = name.toUpperCase();
  return { [`${prefix}_CLIENT_ID`]: clientId, [`${prefix}_CLIENT_SECRET`]: clientSecret };
}
