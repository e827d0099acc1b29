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
  /** Lines below the name on letters and mails; "" where nobody has said. */
  postal_address: Generated<string>;
  /** Nobody comes in without a second factor since. */
  second_factor_required_at: string | null;
  /** Users (not admins, not viewers) see only the contacts they own since. */
  own_contacts_only_at: string | null;
  /** How long what was deleted, told or sent is kept. */
  retention_days: Generated<number>;
  /** An import that would change more than this share of the contacts it is about has to be confirmed. */
  import_ask_percent: Generated<number>;
  /** Has fields of its own since. */
  custom_fields_at: string | null;
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
  last_signed_in_at: Generated<string | null>;
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

/** Somebody asked to join an account. Open until it is accepted, revoked or its time is over. */
interface InvitationsTable {
  account_id: string;
  id: string;
  email: string;
  /** The address folded as in `users`: it is for whoever has it. */
  email_key: string;
  name: string | null;
  role: "admin" | "user" | "viewer";
  /** SHA-256 of the newest link's secret, base64url. */
  token_hash: string;
  created_at: string;
  /** Null: the installation's own doing (a script, a registration). */
  created_by: string | null;
  expires_at: string;
  accepted_at: string | null;
  accepted_by: string | null;
  revoked_at: string | null;
  revoked_by: string | null;
}

/** What the operator allows. One row, `id` 1. */
interface InstallationSettingsTable {
  id: number;
  /** Anybody may make an account, since. */
  registration_open_at: string | null;
  registration_opened_by: string | null;
}

/** Secrets that were handed out (set-up code, links), known by their hash only. */
interface TokensTable {
  /** SHA-256 of the secret, base64url. */
  hash: string;
  /**
   * `password`: to set a password, for `user_id`. `registration`: to make an account, for `email`. `connect`: to agree at
   * a provider for `connector`, whoever one is.
   */
  purpose: "set-up" | "password" | "registration" | "connect";
  user_id: Generated<string | null>;
  email: Generated<string | null>;
  /** The address folded as in `users`: however it is written, a newer link voids the older. */
  email_key: Generated<string | null>;
  /** The account it leads to; null where it leads to none. */
  account: string | null;
  connector: Generated<string | null>;
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
    invitations: InvitationsTable;
    installation_settings: InstallationSettingsTable;
  }
}

export {};
