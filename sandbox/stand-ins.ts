/** All that stands in for the providers, on this machine: where people agree to be read, and what is read then. */
import { startGoogle } from "./google/google";
import { startHubSpot } from "./hubspot/hubspot";
import { startMicrosoft } from "./microsoft/microsoft";
import { MODEL, startModel } from "./model/model";
import { type FlavourName } from "./oauth/flavour";
import { flavours } from "./oauth/flavours";
import { type OAuthSandbox, startOAuthSandbox } from "./oauth/server";
import { startSalesforce } from "./salesforce/salesforce";
import { startSlack } from "./slack/slack";

/** Enough to see pages turn, few enough to be through at once. */
const CONTACTS = 400;

/** The same at each start, so that what somebody typed in is right again. */
const MODEL_KEY = "sk-sandbox-tallybook";

export interface StandIns {
  /** What the environment has to say so that Tallybook meets them: clients, and where they are. */
  variables: Record<string, string>;
  /** What a person has to type in, by what it is for. */
  toType: { what: string; texts: readonly string[] }[];
}

/** `modelPort`: where a model is, as people type its address in. */
export async function startStandIns({ modelPort }: { modelPort?: number } = {}): Promise<StandIns> {
  const authorities = new Map<FlavourName, OAuthSandbox>();
  const apis = await startApis(authorities);
  for (const name of Object.keys(flavours) as FlavourName[]) {
    const apiOrigin = name === "salesforce" ? apis.get("salesforce.api") : undefined;
    authorities.set(name, await startOAuthSandbox(name, { apiOrigin }));
  }
  const model = await startModel({ isValid: (key) => key === MODEL_KEY, port: modelPort });
  const addresses = new Map([
    ...[...authorities.values()].map(({ name, origin }) => [`${name}.oauth`, origin] as const),
    ...apis,
    ["slack.webhook", (await startSlack()).url],
    ["model", model.url],
  ]);
  const clients = [...authorities.values()].map(clientVariables);
  const told = [...addresses].map(([name, address]) => `${name}=${address}`);
  return {
    variables: { ...Object.assign({}, ...clients), PROVIDER_ADDRESSES: told.join(",") },
    toType: [
      { what: "A model, for Settings → Help with columns", texts: [`${model.url}/v1`, MODEL, `key ${MODEL_KEY}`] },
    ],
  };
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
