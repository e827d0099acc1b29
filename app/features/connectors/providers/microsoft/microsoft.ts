/** Contacts of Outlook and Microsoft 365, read through Microsoft Graph v1.0: learn.microsoft.com/graph/api/resources/contact */
import { z } from "zod";
import { type Connection, type Provider, type SettingsForm } from "~/features/connectors/connector";
import { worthTaking } from "~/features/connectors/reading/turning-pages";
import { cellsOf } from "~/features/connectors/providers/microsoft/contact-cells";
import { contactFields } from "~/features/connectors/providers/microsoft/contact-fields";
import { askGraph } from "~/features/connectors/providers/microsoft/graph";
import { logo } from "~/features/connectors/providers/microsoft/logo";
import { readContacts } from "~/features/connectors/providers/microsoft/read-contacts";

/** Who may sign in: anybody, or the people of one organisation, by its id or a domain of its own. */
const settings: SettingsForm = {
  fields: [
    {
      name: "tenant",
      label: "Microsoft tenant",
      hint: "“common” lets any Microsoft account be connected. Where the app was registered for one organisation only, write its tenant’s id or domain.",
      type: "text",
      advanced: true,
      initial: "common",
    },
  ],
  schema: z.object({
    tenant: z
      .string()
      .trim()
      .regex(/^[a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])?$/i, "Write “common”, or the tenant’s id or domain.")
      .default("common"),
  }),
};

const signIn = (tenant = "common") => `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0`;

export const microsoft: Provider = {
  id: "microsoft",
  name: "Microsoft 365 and Outlook",
  category: "contacts",
  reads: "The contacts of a Microsoft mailbox, in all its folders.",
  needs: "Somebody who can sign in to the mailbox. Some organisations want an administrator to agree, too.",
  words: ["outlook", "office 365", "exchange", "graph", "hotmail", "people", "address book"],
  logo,
  help: "https://support.microsoft.com/outlook",
  addresses: { graph: "https://graph.microsoft.com" },
  access: {
    kind: "oauth",
    endpoints: ({ tenant }) => ({
      authorize: `${signIn(tenant)}/authorize`,
      token: `${signIn(tenant)}/token`,
      // There is none: what was agreed to is taken back at myapplications.microsoft.com.
      revoke: null,
    }),
    // Without the first there is no refresh token; the last only says which account it is.
    scopes: ["offline_access", "Contacts.Read", "User.Read"],
    clientAuthentication: "body",
    clientPrefix: "MICROSOFT",
  },
  settings,
  streams: [
    {
      id: "contacts",
      noun: { one: "contact", many: "contacts" },
      subject: "contacts",
      changes: true,
      wholeTellsGone: true,
      hasStart: false,
    },
  ],
  whose,
  test,
  discover: () => Promise.resolve([...contactFields]),
  read: (connection, reading) => worthTaking(readContacts(connection, reading)),
  cellsOf: (_streamId, payload) => cellsOf(payload),
};

async function whose(connection: Connection): Promise<string | null> {
  const { mail, userPrincipalName } = await askGraph(connection, "/me?$select=mail,userPrincipalName");
  return [mail, userPrincipalName].find((name) => typeof name === "string" && name !== "")?.toString() ?? null;
}

/** Asks for a contact, as who may say who they are may not yet read contacts. */
async function test(connection: Connection): Promise<void> {
  await askGraph(connection, "/me/contacts?$top=1&$select=id");
}
