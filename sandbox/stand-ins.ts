/** All that stands in for the providers, on this machine: where people agree to be read, and what is read then. */
import { randomBytes } from "node:crypto";
import { type Sale } from "./frame/sale";
import { startGoogle } from "./google/google";
import { startHubSpot } from "./hubspot/hubspot";
import { startMicrosoft } from "./microsoft/microsoft";
import { MODEL, startModel } from "./model/model";
import { type OdooAccess, type OdooVersion, startOdoo } from "./odoo/odoo";
import { type Flavour, type FlavourName } from "./oauth/flavour";
import { type OAuthSandbox, startOAuthSandbox } from "./oauth/server";
import { pipedriveFlavour } from "./pipedrive/flavour";
import { startPipedrive } from "./pipedrive/pipedrive";
import { startSalesforce } from "./salesforce/salesforce";
import { shopifyFlavour } from "./shopify/flavour";
import { SHOP_CURRENCY } from "./shopify/orders";
import { salesOf } from "./shopify/sales";
import { startShopify, usualClient } from "./shopify/shopify";
import { startSinger } from "./singer/singer";
import { startSlack } from "./slack/slack";
import { startTrackedShop } from "./tracked-shop";

/** Enough to see pages turn, few enough to be through at once. */
const CONTACTS = 400;

/** The same at each start, so that what somebody typed in is right again. */
const MODEL_KEY = "sk-sandbox-tallybook";

/** One every twenty minutes or so, day and night, up to about now. */
const ORDERS = 2_400;
const ORDER_STEP_MS = 23 * 60_000;

/** Where Google Analytics keeps what it tracked of the shop. */
const SHOP_PROPERTY = "213025503";

/** The same at each start, as the model's key. */
const SHOP_TOKEN = "shpat_sandbox_tallybook";

interface Lets {
  contacts: number;
  /** Whoever its own authority has given a token is let in. */
  isValid(token: string): Promise<boolean>;
}

interface Place {
  /** Where people agree. */
  flavour: FlavourName | Flavour;
  /** What is read, by the names of the provider's addresses; the first is told in token answers that name one. */
  apis(lets: Lets): Promise<Record<string, string>>;
}

/** One line each. `sold`: what the shop's customers could tell analytics is put there. */
const placesWith = (sold: Sale[]): readonly Place[] => [
  { flavour: "google", apis: async (lets) => ({ people: (await startGoogle(lets)).url }) },
  { flavour: "microsoft", apis: async (lets) => ({ graph: (await startMicrosoft(lets)).url }) },
  { flavour: "hubspot", apis: async (lets) => ({ api: (await startHubSpot({ ...lets, companies: CONTACTS })).url }) },
  { flavour: pipedriveFlavour, apis: async (lets) => ({ api: (await startPipedrive(lets)).url }) },
  {
    flavour: "salesforce",
    apis: async (lets) => ({ api: (await startSalesforce({ ...lets, leads: 60, accounts: 40 })).url }),
  },
  {
    flavour: shopifyFlavour,
    apis: async (lets) => {
      const { url, orders } = await startShop(lets);
      sold.push(...salesOf(orders, SHOP_CURRENCY));
      return { shop: url };
    },
  },
];

/** By agreeing, or by a key. */
function startShop({ isValid }: Lets) {
  const firstAt = new Date(new Date().getTime() - ORDERS * ORDER_STEP_MS).toISOString();
  return startShopify({
    orders: ORDERS,
    calendar: { firstAt, stepMs: ORDER_STEP_MS },
    isValid: async (token) => token === SHOP_TOKEN || (await isValid(token)),
  });
}

export interface StandIns {
  /** What the environment has to say so that Tallybook meets them: clients, where they are, and which taps may run. */
  variables: Record<string, string>;
  /** What a person has to type in, by what it is for. */
  toType: { what: string; texts: readonly string[] }[];
  odoos: OdooToType[];
}

export interface OdooToType extends OdooAccess {
  version: OdooVersion;
  address: string;
}

/** `modelPort`: where a model is, as people type its address in. */
export async function startStandIns({ modelPort }: { modelPort?: number } = {}): Promise<StandIns> {
  const sold: Sale[] = [];
  const started = await Promise.all(placesWith(sold).map(start));
  const model = await startModel({ isValid: (key) => key === MODEL_KEY, port: modelPort });
  const odoos = await startOdoos();
  const authority = started.map(({ authority }) => authority).find(isGoogle)!;
  const tracked = await startTrackedShop(authority, { [SHOP_PROPERTY]: { shop: "Hale Ceramics", sales: sold } });
  const others = [
    ...odoos.map(({ version, address }) => `odoo.${version}=${address}`),
    `slack.webhook=${(await startSlack()).url}`,
    `model=${model.url}`,
    ...tracked.addresses,
  ];
  const taps = [startSinger({ contacts: CONTACTS }).entry];
  const addresses = started.flatMap((one) => one.addresses);
  const shop = addresses.find((address) => address.startsWith("shopify-app.shop="))?.split("=")[1] ?? "";
  return {
    variables: {
      ...Object.assign({}, ...started.map(({ authority }) => clientVariables(authority))),
      PROVIDER_ADDRESSES: [...addresses, ...others].join(","),
      SINGER_TAPS: JSON.stringify(taps),
    },
    toType: [
      ...odoos.map(({ version, address, database, user, key }) => ({
        what: `Odoo ${version}, for Connectors`,
        texts: [address, `database ${database}`, `user ${user}`, `key ${key}`],
      })),
      {
        what: "A Shopify shop, for Connectors",
        texts: [shop, `client ID ${usualClient.id}`, `secret ${usualClient.secret}`, `or access token ${SHOP_TOKEN}`],
      },
      { what: "A model, for Settings → Help with columns", texts: [`${model.url}/v1`, MODEL, `key ${MODEL_KEY}`] },
      ...tracked.toType,
    ],
    odoos,
  };
}

const isGoogle = ({ name }: OAuthSandbox) => name === "google";

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

async function start({ flavour, apis }: Place): Promise<{ authority: OAuthSandbox; addresses: string[] }> {
  let authority: OAuthSandbox | null = null;
  const isValid = async (token: string) => authority !== null && (await authority.holderOf(token)) !== null;
  const found = await apis({ contacts: CONTACTS, isValid });
  authority = await startOAuthSandbox(flavour, { apiOrigin: Object.values(found)[0] });
  const { name, origin } = authority;
  const addresses = Object.entries({ oauth: origin, ...found }).map(([place, url]) => `${name}.${place}=${url}`);
  return { authority, addresses };
}

function clientVariables({ name, clientId, clientSecret }: OAuthSandbox): Record<string, string> {
  const prefix = name.toUpperCase().replaceAll("-", "_");
  return { [`${prefix}_CLIENT_ID`]: clientId, [`${prefix}_CLIENT_SECRET`]: clientSecret };
}
