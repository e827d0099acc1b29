/** Contacts and companies of HubSpot's CRM: developers.hubspot.com/docs/api-reference/crm-contacts-v3 */
import { type Connection, type Provider } from "~/features/connectors/connector";
import { objectOf } from "~/features/connectors/reading/answers";
import { worthTaking } from "~/features/connectors/reading/turning-pages";
import { hubspot as speaker, hubspotApi } from "~/features/connectors/providers/hubspot/hubspot-api";
import { kinds } from "~/features/connectors/providers/hubspot/kinds";
import { logo } from "~/features/connectors/providers/hubspot/logo";
import { cellsOf } from "~/features/connectors/providers/hubspot/object-cells";
import { linksOf } from "~/features/connectors/providers/hubspot/object-records";
import { fieldsOf } from "~/features/connectors/providers/hubspot/property-fields";
import { readObjects } from "~/features/connectors/providers/hubspot/read-objects";

export const hubspot: Provider = {
  id: "hubspot",
  name: "HubSpot",
  category: "contacts",
  reads:
    "The contacts and companies of a HubSpot account, with any of their properties, and who belongs to which company.",
  needs: "Somebody who may connect apps in the HubSpot account.",
  words: ["crm", "companies", "marketing"],
  logo,
  help: "https://knowledge.hubspot.com/contacts",
  addresses: { api: "https://api.hubapi.com" },
  access: {
    kind: "oauth",
    endpoints: () => ({
      authorize: "https://app.hubspot.com/oauth/authorize",
      token: "https://api.hubapi.com/oauth/2026-03/token",
      revoke: "https://api.hubapi.com/oauth/2026-03/token/revoke",
    }),
    scopes: ["oauth", "crm.objects.contacts.read", "crm.objects.companies.read"],
    clientAuthentication: "body",
    extras: ["hub_id"],
    tokenSeconds: 1_800,
    clientPrefix: "HUBSPOT",
  },
  streams: [kinds.contacts.stream, kinds.companies.stream],
  whose,
  test,
  discover: async (connection, streamId) => fieldsOf(await hubspotApi(connection), streamId),
  read: (connection, reading) => worthTaking(readObjects(connection, reading)),
  cellsOf,
  linksOf: (streamId, payload) => (streamId === "contacts" ? linksOf(payload) : []),
};

async function whose(connection: Connection): Promise<string | null> {
  const { portalId } = await objectOf(connection, speaker, `${connection.base("api")}/account-info/v3/details`);
  return typeof portalId === "number" ? `Account ${portalId}` : null;
}

/** One of each kind, as either may have been left out of the agreement. */
async function test(connection: Connection): Promise<void> {
  const api = await hubspotApi(connection);
  for (const { stream } of Object.values(kinds)) {
    await api.list(stream.id, { after: null, properties: ["hs_object_id"], limit: 1 });
  }
}
