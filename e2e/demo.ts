/** How to sign in to the demo: what its last line says. */
export interface SignIn {
  email: string;
  password: string;
  /** Base32, as typed into an authenticator by hand. */
  totpSecret: string;
}

export interface Demo extends SignIn {
  url: string;
  /** Of the page with the mails that were caught; as JSON at `/mails.json`. */
  mail: string;
  /** Slug of the account with the 2,000 contacts. */
  account: string;
  otherAccount: string;
  /** Where Odoo stands in, and what one types in to reach it. */
  odoos: { version: number; address: string; database: string; user: string; key: string }[];
  users: Record<"operator" | "admin" | "user" | "viewer", SignIn>;
}

export function theDemo(): Demo {
  return JSON.parse(process.env.TALLYBOOK_DEMO ?? "null") as Demo;
}
