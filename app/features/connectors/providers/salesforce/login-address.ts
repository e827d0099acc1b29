/** Where a firm's people sign in to Salesforce: at the common address, at the sandboxes', or at its own. */
import { z } from "zod";
import { type Settings, type SettingsForm } from "~/features/connectors/connector";

const USUAL = "https://login.salesforce.com";

const WRONG =
  "This is no address to sign in to Salesforce at. It is https://login.salesforce.com, for a sandbox https://test.salesforce.com, or the firm’s own, such as https://hale-partners.my.salesforce.com.";
const LIGHTNING =
  "This is the address of Salesforce’s pages, where nobody signs in. Take the firm’s own address that ends with “.my.salesforce.com”.";

/** Null: it is none. */
function originOf(text: string): URL | null {
  const written = text.trim();
  const address = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
  return URL.canParse(address) ? new URL(address) : null;
}

function problemOf(text: string): string | null {
  const url = originOf(text);
  if (!url) return WRONG;
  if (/(?:^|\.)lightning\.force\.com$/.test(url.hostname)) return LIGHTNING;
  const isSafe = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  return isSafe && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.salesforce\.com$/.test(url.hostname) ? null : WRONG;
}

export const settings: SettingsForm = {
  fields: [
    {
      ...{ name: "login", label: "Address to sign in at", type: "address", advanced: true, initial: USUAL },
      hint: "https://test.salesforce.com for a sandbox, or the firm’s own address that ends with “.my.salesforce.com”.",
    },
  ],
  schema: z.object({
    login: z
      .string()
      .default(USUAL)
      .transform((text) => text.trim() || USUAL)
      .superRefine((text, context) => {
        const message = problemOf(text);
        if (message !== null) context.addIssue({ code: "custom", message });
      })
      .transform((text) => originOf(text)?.origin ?? USUAL),
  }),
};

/** What was stored before it was checked, or by hand, leads nowhere else. */
export function loginOf({ login = USUAL }: Settings): string {
  return problemOf(login) === null ? (originOf(login)?.origin ?? USUAL) : USUAL;
}
