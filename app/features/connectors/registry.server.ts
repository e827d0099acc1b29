import { type Provider, type Providers } from "~/features/connectors/connector";
import { google } from "~/features/connectors/providers/google/google";
import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { microsoft } from "~/features/connectors/providers/microsoft/microsoft";
import { odoo } from "~/features/connectors/providers/odoo/odoo";
import { pipedrive } from "~/features/connectors/providers/pipedrive/pipedrive";
import { salesforce } from "~/features/connectors/providers/salesforce/salesforce";
import { singerTap } from "~/features/connectors/providers/singer/singer";
import { parseAllowedTaps } from "~/platform/allowed-taps.server";

/** The catalogue: one line each. */
const all: readonly Provider[] = [google, microsoft, hubspot, pipedrive, salesforce, odoo];

/** Those that whoever runs this installation has put beside it. The environment was judged when the process started. */
const taps = () => (parseAllowedTaps(process.env.SINGER_TAPS ?? "") ?? []).map((tap) => singerTap(tap));

let known: Providers | null = null;

function catalogue(): Providers {
  known ??= new Map([...all, ...taps()].map((provider) => [provider.id, provider]));
  return known;
}

/** Put together when it is first asked: by then the environment is complete, `.env` with it. */
export const providers: Providers = new Proxy<Providers>(new Map(), {
  get: (_, name) => {
    const value: unknown = Reflect.get(catalogue(), name, catalogue());
    return typeof value === "function" ? (value.bind(catalogue()) as unknown) : value;
  },
});
