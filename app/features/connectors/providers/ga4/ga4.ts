/**
 * What a property of Google Analytics 4 tracked as bought, read through the Data API v1beta.
 *
 * Sources: developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport (paging by offset and
 * limit, no rows and no count where there is nothing, `currencyCode`, `returnPropertyQuota`), …/v1/api-schema (dimensions and
 * metrics), …/v1/quotas (by day, hour, project and at once), …/v1/reporting-data-expectations ("(other)", thresholds, samples);
 * developers.google.com/identity/protocols/oauth2/service-account (what is signed, RS256, an hour); googleapis/googleapis,
 * google/analytics/data/v1beta/data.proto; support.google.com/analytics/answer/11198161 (24 to 48 hours of work on a day).
 *
 * Not verified against a live property: that a value asked for in the currency it was tracked in comes back as it was
 * tracked (Google converts by the day's rate and says so only in general); the words of a day's quota that is used up; how
 * late an event may come (72 hours by its documents, a day more is read again here).
 */
import { type Connection, type Provider, type SystemFacts } from "~/features/connectors/connector";
import { reporter } from "~/features/connectors/providers/ga4/data-api";
import { askFirstDay, propertyIn } from "~/features/connectors/providers/ga4/day-report";
import { daysRead } from "~/features/connectors/providers/ga4/days-read";
import { logo } from "~/features/connectors/providers/ga4/logo";
import {
  propertyOf,
  serviceAccountIn,
  withAgreement,
  withKey,
} from "~/features/connectors/providers/ga4/property-settings";
import { readDays } from "~/features/connectors/providers/ga4/read-days";
import { SCOPE } from "~/features/connectors/providers/ga4/service-token";
import { cellsOf, transactionFields } from "~/features/connectors/providers/ga4/transaction-cells";

const common = {
  category: "analytics",
  reads: "What a property tracked as bought: each transaction of each day, and how complete Google says the day is.",
  words: ["ga4", "google", "analytics", "transactions", "purchases", "gtag"],
  logo,
  help: "https://support.google.com/analytics/",
  streams: [
    {
      ...{ id: "transactions", noun: { one: "transaction", many: "transactions" }, subject: "transactions" },
      // What a report does not bring may have been held back: the reading itself says when it was all there is.
      ...{ changes: true, wholeTellsGone: false, hasStart: true, startsWith: "were tracked" },
    },
  ],
  whose,
  facts,
  test,
  discover: () => Promise.resolve([...transactionFields]),
  read: readDays,
  cellsOf: (_streamId, payload) => cellsOf(payload),
  daysRead: (_streamId, since) => daysRead(since),
} satisfies Partial<Provider>;

const data = "https://analyticsdata.googleapis.com";

/** With the key of a service account: no window to sign in, nothing that ends when somebody leaves. */
export const ga4: Provider = {
  ...common,
  id: "ga4",
  name: "Google Analytics 4",
  way: "with a service account",
  needs: "The key of a service account of Google Cloud, as a JSON file, that is a Viewer of the property.",
  addresses: { data, token: "https://oauth2.googleapis.com" },
  settings: withKey,
  access: { kind: "key" },
};

/** With the agreement of somebody who signs in at Google. */
export const ga4WithGoogle: Provider = {
  ...common,
  id: "ga4-google",
  name: "Google Analytics 4",
  way: "by signing in",
  needs: "Somebody who can sign in to Google and sees the property there.",
  addresses: { data },
  settings: withAgreement,
  access: {
    kind: "oauth",
    endpoints: () => ({
      authorize: "https://accounts.google.com/o/oauth2/v2/auth",
      token: "https://oauth2.googleapis.com/token",
      revoke: "https://oauth2.googleapis.com/revoke",
    }),
    scopes: [SCOPE],
    clientAuthentication: "body",
    // Without `consent` whoever agreed before gets no refresh token again.
    extraParameters: { access_type: "offline", prompt: "consent" },
    clientPrefix: "GOOGLE",
  },
};

/** The Data API does not say what a property is called. */
function whose({ settings, secrets }: Connection): Promise<string> {
  const account = serviceAccountIn(secrets.serviceAccount ?? "");
  const property = `Property ${propertyOf(settings)}`;
  return Promise.resolve(account === null ? property : `${property} (${account.email})`);
}

async function test(connection: Connection): Promise<void> {
  propertyIn(await askFirstDay(reporter(connection)));
}

async function facts(connection: Connection): Promise<SystemFacts> {
  const { zone, currency } = propertyIn(await askFirstDay(reporter(connection)));
  return { timeZone: zone, currency, daysShown: null };
}
