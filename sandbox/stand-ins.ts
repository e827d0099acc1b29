/** All that stands in for the providers, on this machine: where people agree to be read, and what is read then. */
import { startGoogle } from "./google/google";
import { startHubSpot } from "./hubspot/hubspot";
import { startMicrosoft } from "./microsoft/microsoft";
import { type Flavour, type FlavourName } from "./oauth/flavour";
import { type OAuthSandbox, startOAuthSandbox } from "./oauth/server";
import { pipedriveFlavour } from "./pipedrive/flavour";
import { startPipedrive } from "./pipedrive/pipedrive";
import { startSinger } from "./singer/singer";

/** Enough to see pages turn, few enough to be through at once. */
const CONTACTS = 400;

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
  { flavour: "hubspot", apis: async (lets) => ({ api: (await startHubSpot(lets)).url }) },
  { flavour: pipedriveFlavour, apis: async (lets) => ({ api: (await startPipedrive(lets)).url }) },
  { flavour: "salesforce", apis: () => Promise.resolve({}) },
];

/** What the environment has to say so that Tallybook meets them: clients, where they are, and which taps may run. */
export async function startStandIns(): Promise<Record<string, string>> {
  const started = await Promise.all(places.map(start));
  const taps = [startSinger({ contacts: CONTACTS }).entry];
  return {
    ...Object.assign({}, ...started.map(({ authority }) => clientVariables(authority))),
    PROVIDER_ADDRESSES: started.flatMap(({ addresses }) => addresses).join(","),
    SINGER_TAPS: JSON.stringify(taps),
  };
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
