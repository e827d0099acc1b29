/** Contacts, leads and accounts of Salesforce: developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest */
import { type Connection, type Provider } from "~/features/connectors/connector";
import { worthTaking } from "~/features/connectors/reading/turning-pages";
import { kindOf, kinds } from "~/features/connectors/providers/salesforce/kinds";
import { loginOf, settings } from "~/features/connectors/providers/salesforce/login-address";
import { logo } from "~/features/connectors/providers/salesforce/logo";
import { cellsOf } from "~/features/connectors/providers/salesforce/object-cells";
import { fieldsOf } from "~/features/connectors/providers/salesforce/object-fields";
import { linksOf } from "~/features/connectors/providers/salesforce/object-records";
import { readObjects } from "~/features/connectors/providers/salesforce/read-objects";
import { isOfTheToken } from "~/features/connectors/providers/salesforce/refusals";
import { salesforceApi } from "~/features/connectors/providers/salesforce/salesforce-api";

export const salesforce: Provider = {
  id: "salesforce",
  name: "Salesforce",
  category: "contacts",
  reads: "The contacts, leads and accounts of Salesforce, with any of their fields, and who belongs to which account.",
  needs: "Somebody who may see them in Salesforce, in an edition with access to its API.",
  words: ["crm", "leads", "accounts", "companies", "sfdc"],
  logo,
  help: "https://help.salesforce.com/",
  settings,
  access: {
    kind: "oauth",
    endpoints: (settings) => {
      const login = loginOf(settings);
      return {
        authorize: `${login}/services/oauth2/authorize`,
        token: `${login}/services/oauth2/token`,
        revoke: `${login}/services/oauth2/revoke`,
      };
    },
    // There is none that only reads: what may be seen is a matter of whoever agrees.
    scopes: ["api", "refresh_token"],
    clientAuthentication: "body",
    extras: ["instance_url"],
    isOfTheToken,
    clientPrefix: "SALESFORCE",
  },
  streams: Object.values(kinds).map(({ stream }) => stream),
  whose,
  test: async (connection) => void (await (await salesforceApi(connection)).query("SELECT Id FROM Contact LIMIT 1")),
  discover: async (connection, streamId) => fieldsOf(await salesforceApi(connection), kindOf(streamId)),
  read: (connection, reading) => worthTaking(readObjects(connection, reading)),
  cellsOf,
  linksOf: (streamId, payload) => (streamId === "contacts" ? linksOf(payload) : []),
};

async function whose(connection: Connection): Promise<string | null> {
  const api = await salesforceApi(connection);
  const { rows } = await api.query("SELECT Id, Name FROM Organization LIMIT 1");
  const name = rows[0]?.Name;
  return typeof name === "string" ? name : null;
}
