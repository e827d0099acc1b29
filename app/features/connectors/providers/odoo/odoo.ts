/** People and companies of an Odoo, from version 16 on: odoo.com/documentation, "External API" */
import { type Connection, type Provider } from "~/features/connectors/connector";
import { worthTaking } from "~/features/connectors/reading/turning-pages";
import { kindOf, kinds, PARTNERS } from "~/features/connectors/providers/odoo/kinds";
import { logo } from "~/features/connectors/providers/odoo/logo";
import { odooApi } from "~/features/connectors/providers/odoo/odoo-api";
import { cellsOf } from "~/features/connectors/providers/odoo/partner-cells";
import { fieldsOf } from "~/features/connectors/providers/odoo/partner-fields";
import { linksOf } from "~/features/connectors/providers/odoo/partner-records";
import { readPartners } from "~/features/connectors/providers/odoo/read-partners";
import { serverOf, settings } from "~/features/connectors/providers/odoo/server-settings";

export const odoo: Provider = {
  id: "odoo",
  name: "Odoo",
  category: "contacts",
  reads: "The people and companies of an Odoo, with any of their fields, and who works for which company.",
  needs: "An API key of somebody who may see them in Odoo. At odoo.com this takes the Custom plan.",
  words: ["erp", "crm", "openerp", "companies", "partners"],
  logo,
  help: "https://www.odoo.com/documentation/",
  settings,
  access: { kind: "key" },
  streams: Object.values(kinds).map(({ stream }) => stream),
  whose,
  test: async (connection) => {
    const api = await odooApi(connection);
    for (const { domain } of Object.values(kinds)) await api.count(PARTNERS, domain);
  },
  discover: async (connection, streamId) =>
    fieldsOf(await (await odooApi(connection)).fields(PARTNERS), kindOf(streamId)),
  read: (connection, reading) => worthTaking(readPartners(connection, reading)),
  cellsOf,
  linksOf: (streamId, payload) => (streamId === "contacts" ? linksOf(payload) : []),
};

/** The firm that the database belongs to. */
async function whose(connection: Connection): Promise<string | null> {
  const api = await odooApi(connection);
  const [company] = await api.read("res.company", { domain: [], fields: ["name"], order: "id asc", limit: 1 });
  const { database } = serverOf(connection.settings);
  return typeof company?.name === "string" ? `${company.name} (${database})` : database;
}
