import { type Kysely } from "kysely";
import { type Clock } from "~/platform/clock.server";
import { type Database } from "~/platform/db/database.server";
import { type Tables } from "~/platform/db/tables";
import { type Keys } from "~/platform/encryption.server";
import { type Log } from "~/platform/log.server";
import { type Place } from "~/platform/time";

/** What a person may be in an account; `system` is the account's own background work. */
export type Role = "admin" | "user" | "viewer" | "system";

/** The facts of an account that almost every page and command needs. */
export interface AccountFacts {
  id: string;
  slug: string;
  name: string;
  /** One of the fixed set of colour classes, `1`…`8`. */
  colour: number;
  /** IANA name, e.g. `Europe/London`. */
  timeZone: string;
  /** BCP 47, e.g. `en-GB`. */
  locale: string;
  /** ISO 4217, e.g. `GBP`. */
  currency: string;
  /** ISO 3166-1 alpha-2: how a phone number without a country code is read. */
  phoneCountry: string;
  /** A PNG or JPEG among the account's files. */
  logoFileId: string | null;
  /** Where the firm itself is: lines below its name on letters and mails; "" where nobody has said. */
  postalAddress: string;
  requiresSecondFactor: boolean;
  /** Users (not admins, not viewers) see only the contacts they own. */
  ownContactsOnly: boolean;
  /** How long what was deleted, told or sent is kept. */
  retentionDays: number;
  /** An import that would change more than this share of the contacts it is about has to be confirmed. */
  importAskPercent: number;
  /** It has said what else it keeps of its contacts. So nobody looks where there is nothing. */
  hasCustomFields: boolean;
}

export interface UserFacts {
  id: string;
  name: string;
  email: string;
  /** BCP 47; null or absent: as the account writes. */
  locale?: string | null;
}

/** What every scope carries: no function reaches for any of this in another way. */
interface ScopeBase {
  db: Kysely<Tables>;
  database: Database;
  clock: Clock;
  log: Log;
  /** The installation's keys: `seal`, `unseal` and `purposeKey` of `~/platform/encryption.server` take them. */
  keys: Keys;
  /** The id of the web request or background job that this happens in; also in the log and the audit event. */
  requestId: string;
  /** The client's network address, or null for background work. */
  address: string | null;
}

/** One account's view: `db` refuses any statement that is not constrained to this account. */
export interface Scope extends ScopeBase {
  kind: "account";
  account: AccountFacts;
  /** How dates and numbers are written for whoever reads: the account's time zone, the person's own locale. */
  place: Place;
  /** Only contacts whose owner is `user` are there for them. */
  ownOnly: boolean;
  /** Null: the system acts (a job, a schedule). */
  user: UserFacts | null;
  role: Role;
  /** The change set that several commands write to together; absent: each opens its own. */
  joined?: JoinedChange;
}

/** A change set that is opened by the first command that writes to it. */
export interface JoinedChange {
  id: string;
  /** The verb that it is told by; absent: the first command's. */
  action?: string;
  isOpen: boolean;
  /** How many entries are written so far. */
  entries: number;
}

/** The installation's view: sign-in, memberships, tokens, schedules. Never a contact's data. Named queries only. */
export interface InstallationScope extends ScopeBase {
  kind: "installation";
}
