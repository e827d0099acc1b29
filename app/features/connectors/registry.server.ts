import { type Provider, type Providers } from "~/features/connectors/connector";
import { ga4, ga4WithGoogle } from "~/features/connectors/providers/ga4/ga4";
import { google } from "~/features/connectors/providers/google/google";
import { hubspot } from "~/features/connectors/providers/hubspot/hubspot";
import { microsoft } from "~/features/connectors/providers/microsoft/microsoft";
import { odoo } from "~/features/connectors/providers/odoo/odoo";
import { pipedrive } from "~/features/connectors/providers/pipedrive/pipedrive";
import { salesforce } from "~/features/connectors/providers/salesforce/salesforce";
import { shopify, shopifyApp } from "~/features/connectors/providers/shopify/shopify";
import { singerTap } from "~/features/connectors/providers/singer/singer";
import { woocommerce } from "~/features/connectors/providers/woocommerce/woocommerce";
import { type ProviderSettings } from "~/platform/provider-settings.server";

/** The catalogue: one line each. */
const all: readonly Provider[] = [
  ...[google, microsoft, hubspot, pipedrive, salesforce, odoo],
  ...[shopify, shopifyApp, woocommerce, ga4, ga4WithGoogle],
];

const known = new WeakMap<ProviderSettings, Providers>();

/** What this installation offers: the catalogue, and the taps that whoever runs it has put beside it. */
export function providersOf(settings: ProviderSettings): Providers {
  const found = known.get(settings);
  if (found) return found;
  const taps = settings.taps.map((tap) => singerTap(tap));
  const providers = new Map([...all, ...taps].map((provider) => [provider.id, provider]));
  known.set(settings, providers);
  return providers;
}
