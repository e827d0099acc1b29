/** All that stands in for the providers, on this machine: where people agree to be read, and what is read then. */
import { randomBytes } from "node:crypto";
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
import { startSinger } from "./singer/singer";
import { startSlack } from "./slack/slack";

/** Enough to see pages turn, few enough to be through at once. */
const CONTACTS = 400;

/** The same at each start, so that what somebody typed in is right again. */
const MODEL_KEY = "sk-sandbox-tallybook";

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

/** One line each. */
const places: readonly Place[] = [
  { flavour: "google", apis: async (lets) => ({ people: (await startGoogle(lets)).url }) },
  { flavour: "microsoft", apis: async (lets) => ({ graph: (await startMicrosoft(lets)).url }) },
  { flavour: "hubspot", apis: async (lets) => ({ api: (await startHubSpot({ ...lets, companies: CONTACTS })).url }) },
  { flavour: pipedriveFlavour, apis: async (lets) => ({ api: (await startPipedrive(lets)).url }) },
  {
    flavour: "salesforce",
    apis: async (lets) => ({ api: (await startSalesforce({ ...lets, leads: 60, accounts: 40 })).url }),
  },
];

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
  const started = await Promise.all(places.map(start));
  const model = await startModel({ isValid: (key) => key === MODEL_KEY, port: modelPort });
  const odoos = await startOdoos();
  const others = [
    ...odoos.map(({ version, address }) => `odoo.${version}=${address}`),
    `slack.webhook=${(await startSlack()).url}`,
    `model=${model.url}`,
  ];
  const taps = [startSinger({ contacts: CONTACTS }).entry];
  return {
    variables: {
      ...Object.assign({}, ...started.map(({ authority }) => clientVariables(authority))),
      PROVIDER_ADDRESSES: [...started.flatMap(({ addresses }) => addresses), ...others].join(","),
      SINGER_TAPS: JSON.stringify(taps),
    },
    toType: [
      ...odoos.map(({ version, address, database, user, key }) => ({
        what: `Odoo ${version}, for Connectors`,
        texts: [address, `database ${database}`, `user ${user}`, `key ${key}`],
      })),
      { what: "A model, for Settings → Help with columns", texts: [`${model.url}/v1`, MODEL, `key ${MODEL_KEY}`] },
    ],
    odoos,
  };
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
  const prefix = name.toUpperCase();
  return { [`${prefix}_CLIENT_ID`]: clientId, [`${prefix}_CLIENT_SECRET`]: clientSecret };
}
