import { type Generated } from "kysely";

/** Apart from `users`, which account scopes may read. No row: the person cannot sign in with a password. */
interface PasswordsTable {
  user_id: string;
  /** bcrypt over a keyed hash of the password. */
  hash: string;
  changed_at: string;
}

/** A person signed in on one browser, with both factors unless it says otherwise. Revoked by deleting the row. */
interface SessionsTable {
  id: string;
  /** SHA-256 of the cookie's token, base64url. */
  token_hash: string;
  user_id: string;
  created_at: string;
  /** When it was last used, to the minute: the idle limit counts from here. */
  seen_at: string;
  /** The end whatever happens. */
  expires_at: string;
  address: string | null;
  /** What the browser calls itself, shortened. */
  device: string | null;
  /** A sealed second-factor secret that waits for its first valid code. */
  offered_secret: string | null;
  /** Sealed recovery codes that the person has not yet said to have. */
  new_codes: string | null;
  /** Began with the password alone: counts only as long as nobody asks this person for a second factor. */
  single_factor_at: Generated<string | null>;
}

/** The password was right, the second factor is still to come. Ten minutes; not a session. */
interface PendingSignInsTable {
  id: string;
  token_hash: string;
  user_id: string;
  created_at: string;
  expires_at: string;
  /** Where the person was going: a path of ours. */
  return_to: string | null;
  offered_secret: string | null;
  /** The password that was given is long enough to be the only factor. */
  long_password_at: Generated<string | null>;
}

/** The person's authenticator app (TOTP, RFC 6238). */
interface SecondFactorsTable {
  user_id: string;
  secret: string;
  /** The time step of the last code that was accepted: it and earlier ones are spent. */
  last_step: number;
  enrolled_at: string;
}

interface RecoveryCodesTable {
  user_id: string;
  /** SHA-256 of a random code of 120 bits, base64url. */
  hash: string;
  created_at: string;
  used_at: string | null;
}

/** A browser on which this person has completed a sign-in: its attempts are counted apart, so that strangers cannot lock it out. */
interface KnownDevicesTable {
  token_hash: string;
  user_id: string;
  created_at: string;
  expires_at: string;
}

/** Counts of attempts. The key is a keyed hash: it holds no address and no email. */
interface ThrottlesTable {
  key: string;
  count: number;
  /** When the count starts anew. */
  resets_at: string;
  /** Nothing is tried before. */
  wait_until: string | null;
}

/** Somebody asked for a link by mail. A job looks whether there is anybody: asking takes as long for every address. */
interface LinkRequestsTable {
  id: string;
  purpose: "password" | "registration";
  /** The address as it was typed, sealed. */
  email: string;
  created_at: string;
}

declare module "~/platform/db/tables" {
  interface Tables {
    passwords: PasswordsTable;
    sessions: SessionsTable;
    pending_sign_ins: PendingSignInsTable;
    second_factors: SecondFactorsTable;
    recovery_codes: RecoveryCodesTable;
    known_devices: KnownDevicesTable;
    throttles: ThrottlesTable;
    link_requests: LinkRequestsTable;
  }
}

export {};
