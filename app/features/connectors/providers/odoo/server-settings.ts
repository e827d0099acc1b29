/** Where a firm's Odoo is, and as whom it is read. */
import { z } from "zod";
import { type Settings, type SettingsForm } from "~/features/connectors/connector";

const loopback = /^(?:localhost|127\.0\.0\.1)$/;

/** People take the address out of the bar of their browser, with the page that they are on. Null: it is none. */
function originOf(text: string): string | null {
  const written = text.trim();
  const address = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, origin, username, password } = new URL(address);
  const isSafe = protocol === "https:" || (protocol === "http:" && loopback.test(hostname));
  return isSafe && username === "" && password === "" && hostname !== "" ? origin : null;
}

const text = (most: number) => z.string().trim().max(most);

export const settings: SettingsForm = {
  fields: [
    {
      ...{ name: "address", label: "Address of your Odoo", type: "address" },
      hint: "As in the browser: https://hale-partners.odoo.com.",
    },
    {
      ...{ name: "database", label: "Database", type: "text", identifies: true },
      hint: "At odoo.com the first part of the address: hale-partners. Elsewhere whoever runs your Odoo knows it.",
    },
    {
      ...{ name: "user", label: "User", type: "text" },
      hint: "What the owner of the key signs in with, mostly an email. From Odoo 19 on it is not needed.",
    },
    {
      ...{ name: "key", label: "API key", type: "secret" },
      hint: "Made in Odoo under Preferences, Account Security. Since Odoo 19 it lasts for three months at most.",
    },
  ],
  schema: z.object({
    address: z
      .string("Enter the address of your Odoo.")
      .refine((typed) => originOf(typed) !== null, {
        error: "Enter the address of your Odoo. It begins with https://, as in https://hale-partners.odoo.com.",
      })
      .transform((typed) => originOf(typed) ?? ""),
    database: text(200).min(1, "Enter the name of the database."),
    user: text(200).default(""),
    key: text(500).min(1, "Enter the API key."),
  }),
};

export interface Server {
  /** Without a slash at the end. */
  address: string;
  database: string;
  user: string;
}

export function serverOf({ address = "", database = "", user = "" }: Settings): Server {
  return { address: originOf(address) ?? address, database, user };
}
