import { type Provider, type Providers } from "~/features/connectors/connector";
import { google } from "~/features/connectors/providers/google/google";
import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { microsoft } from "~/features/connectors/providers/microsoft/microsoft";
import { odoo } from "~/features/connectors/providers/odoo/odoo";
import { salesforce } from "~/features/connectors/providers/salesforce/salesforce";

/** The catalogue: one line each. */
const all: readonly Provider[] = [google, microsoft, hubspot, salesforce, odoo];

export const providers: Providers = new Map(all.map((provider) => [provider.id, provider]));
