import { type Kysely } from "kysely";
import { type SchemaFacts } from "~/platform/db/schema-facts.server";
import { type Tables } from "~/platform/db/tables";

export type DialectName = "sqlite" | "postgres";

/** An opened database of either engine. See docs/decisions/002-two-databases.md. */
export interface Database {
  dialect: DialectName;
  /** What it was opened with. May hold a password. */
  url: string;
  /** What its handles share (the file, the pools): only its identity matters, see open-transaction.server.ts. */
  engine: object;
  /** Postgres: the role that handles run as, which owns nothing. Empty on SQLite. */
  appRole: string;
  /** A handle that refuses every statement not constrained to this account. Cheap: made once a request. */
  forAccount(accountId: string): Kysely<Tables>;
  /** A handle for the installation's own tables and for the few account-owned ones opened to it. */
  forInstallation(): Kysely<Tables>;
  /** No guard at all: migrations, queue runner, backup. On Postgres this is the login role, which owns the tables. */
  unguarded: Kysely<Tables>;
  /** Whose which table is, as read from the database when it was opened, and again after migrations. */
  schema(): SchemaFacts;
  /** Reads the schema anew and checks that the account isolation stands. Throws in plain words if it does not. */
  reload(): Promise<void>;
  /** Answers within the time-out (1 s) or throws. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
