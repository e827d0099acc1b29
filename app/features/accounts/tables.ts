import { type Generated } from "kysely";

/** A firm: the unit of isolation. */
interface AccountsTable {
  account_id: string;
  /** First step of the account's addresses, `/brandt-holzbau/contacts`. */
  slug: string;
  name: string;
  colour: number;
  time_zone: string;
  locale: string;
  currency: string;
  phone_country: string;
  /** A PNG or JPEG among the account's files. */
  logo_file_id: string | null;
  /** Nobody comes in without a second factor since. */
  second_factor_required_at: string | null;
  /** Users (not admins, not viewers) see only the contacts they own since. */
  own_contacts_only_at: string | null;
  /** How long what was deleted, told or sent is kept. */
  retention_days: Generated<number>;
  created_at: string;
}

/** A person who signs in. Belongs to no account; memberships say where they may go. */
interface UsersTable {
  id: string;
  email: string;
  /** The address folded (NFKC, lower case): one person each. */
  email_key: string;
  name: string;
  /** Runs the installation since. */
  operator_since: string | null;
  disabled_at: string | null;
  /** BCP 47; null: as each account writes. */
  locale: string | null;
  /** Null: as the device has it. */
  colour_scheme: "light" | "dark" | null;
  /** Wants notices by mail, too, since. */
  notices_mailed_at: string | null;
  created_at: string;
}

/** A person's place in an account. */
interface MembershipsTable {
  account_id: string;
  user_id: string;
  role: "admin" | "user" | "viewer";
  /** Switched off in this account since. */
  disabled_at: string | null;
  disabled_by: string | null;
  created_at: string;
  created_by: string | null;
}

/** Secrets that were handed out (set-up code, later links, invitations, API keys), known by their hash only. */
interface TokensTable {
  /** SHA-256 of the secret, base64url. */
  hash: string;
  purpose: "set-up";
  /** The account it leads to; null where it leads to none. */
  account: string | null;
  created_at: string;
  expires_at: string;
  used_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    accounts: AccountsTable;
    users: UsersTable;
    memberships: MembershipsTable;
    tokens: TokensTable;
  }
}

export {};
