/** All that stands in for the providers, on this machine: where people agree to be read, and what is read then. */
import { startGoogle } from "./google/google";
import { startHubSpot } from "./hubspot/hubspot";
import { startMicrosoft } from "./microsoft/microsoft";
import { type FlavourName } from "./oauth/flavour";
import { flavours } from "./oauth/flavours";
import { type OAuthSandbox, startOAuthSandbox } from "./oauth/server";
import { startSlack } from "./slack/slack";

/** Enough to see pages turn, few enough to be through at once. */
const CONTACTS = 400;

/** What the environment has to say so that Tallybook meets them: clients, and where they are. */
export async function startStandIns(): Promise<Record<string, string>> {
  const names = Object.keys(flavours) as FlavourName[];
  const authorities = await Promise.all(names.map((name) => startOAuthSandbox(name)));
  const addresses = [...authorities.map(({ name, origin }) => `${name}.oauth=${origin}`), ...(await apis(authorities))];
  addresses.push(`slack.webhook=${(await startSlack()).url}`);
  return { ...Object.assign({}, ...authorities.map(clientVariables)), PROVIDER_ADDRESSES: addresses.join(",") };
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
