/** All that stands in for the providers, on this machine: where people agree to be read, and what is read then. */
import { startGoogle } from "./google/google";
import { startHubSpot } from "./hubspot/hubspot";
import { startMicrosoft } from "./microsoft/microsoft";
import { MODEL, startModel } from "./model/model";
import { type FlavourName } from "./oauth/flavour";
import { flavours } from "./oauth/flavours";
import { type OAuthSandbox, startOAuthSandbox } from "./oauth/server";

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
  const names = Object.keys(flavours) as FlavourName[];
  const authorities = await Promise.all(names.map((name) => startOAuthSandbox(name)));
  const model = await startModel({ isValid: (key) => key === MODEL_KEY, port: modelPort });
  const addresses = [
    ...authorities.map(({ name, origin }) => `${name}.oauth=${origin}`),
    ...(await apis(authorities)),
    `model=${model.url}`,
  ];
  return {
    variables: { ...Object.assign({}, ...authorities.map(clientVariables)), PROVIDER_ADDRESSES: addresses.join(",") },
    toType: [
      { what: "A model, for Settings → Help with columns", texts: [`${model.url}/v1`, MODEL, `key ${MODEL_KEY}`] },
    ],
  };
}

/** Each lets in whom its own authority has given a token. */
async function apis(authorities: readonly OAuthSandbox[]): Promise<string[]> {
  const lets = (name: FlavourName) => ({
    contacts: CONTACTS,
    isValid: async (token: string) => {
      const authority = authorities.find((each) => each.name === name);
      return authority !== undefined && (await authority.holderOf(token)) !== null;
    },
  });
  const [google, microsoft, hubspot] = await Promise.all([
    startGoogle(lets("google")),
    startMicrosoft(lets("microsoft")),
    startHubSpot(lets("hubspot")),
  ]);
  return [`google.people=${google.url}`, `microsoft.graph=${microsoft.url}`, `hubspot.api=${hubspot.url}`];
}

function clientVariables({ name, clientId, clientSecret }: OAuthSandbox): Record<string, string> {
  const prefix = name.toUpperCase();
  return { [`${prefix}_CLIENT_ID`]: clientId, [`${prefix}_CLIENT_SECRET`]: clientSecret };
}
