/** Where a shop is, and the key it is read with. */
import { z } from "zod";
import { type Settings, type SettingsForm } from "~/features/connectors/connector";

const loopback = /^(?:localhost|127\.0\.0\.1)$/;
/** Pages people may be on when they copy the address; what stands before them is where WordPress is. */
const pages = /\/(?:wp-admin|wp-login\.php|wp-json|shop|cart|checkout|my-account)(?:\/.*)?$/;

/** WordPress may lie in a folder of a site. Null: it is no address. Without a slash at the end. */
export function shopAddress(text: string): string | null {
  const written = text.trim();
  const address = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, origin, pathname, username, password } = new URL(address);
  const isSafe = protocol === "https:" || (protocol === "http:" && loopback.test(hostname));
  if (!isSafe || username !== "" || password !== "" || hostname === "") return null;
  return origin + pathname.replace(pages, "").replace(/\/+$/, "");
}

const key = (begins: string, name: string) =>
  z.string().regex(new RegExp(`^${begins}_[\\w-]{10,200}$`), `Enter the ${name}. It begins with ${begins}_.`);

export const settings: SettingsForm = {
  fields: [
    {
      ...{ name: "address", label: "Address of the shop", type: "address", identifies: true },
      hint: "As in the browser: https://www.hale-tea.example, with the folder where WordPress lies in one.",
    },
    {
      ...{ name: "key", label: "Consumer key", type: "secret" },
      hint: "Made in WordPress under WooCommerce, Settings, Advanced, REST API, with the permission Read. It begins with ck_.",
    },
    {
      ...{ name: "secret", label: "Consumer secret", type: "secret" },
      hint: "Shown once, beside the key. It begins with cs_.",
    },
  ],
  schema: z.object({
    address: z
      .string("Enter the address of the shop.")
      .refine((typed) => shopAddress(typed) !== null, {
        error: "Enter the address of the shop. It begins with https://, as in https://www.hale-tea.example.",
      })
      .transform((typed) => shopAddress(typed) ?? ""),
    key: key("ck", "consumer key"),
    secret: key("cs", "consumer secret"),
  }),
};

export function addressOf({ address = "" }: Settings): string {
  return shopAddress(address) ?? address;
}
