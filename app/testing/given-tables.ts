/** Two tables of every column kind, for tests of the data layer itself: in the database, but in no release. */
import { type Kysely } from "kysely";
import { systemClock } from "~/platform/clock.server";
import { type Database } from "~/platform/db/database.server";
import { migrateToLatest } from "~/platform/db/migrate.server";
import { migrations } from "~/platform/db/migrations.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

declare module "~/platform/db/tables" {
  interface Tables {
    given_orders: {
      account_id: string;
      id: string;
      placed_at: string | null;
      due_on: string | null;
      total_minor: bigint | null;
      quantity: number | null;
      pieces: number | null;
      note: string | null;
      details: string | null;
      scan: Uint8Array | null;
    };
    given_lines: { account_id: string; order_id: string; position: number };
  }
}

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("given_orders")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("placed_at", "timestamptz(3)")
    .addColumn("due_on", "date")
    .addColumn("total_minor", "bigint")
    .addColumn("quantity", "bigint")
    .addColumn("pieces", "integer")
    .addColumn("note", "text")
    .addColumn("details", "text")
    .addColumn("scan", "bytea")
    .addPrimaryKeyConstraint("given_orders_pk", ["account_id", "id"])
    .execute();
  await db.schema
    .createTable("given_lines")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("order_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("given_lines_pk", ["account_id", "order_id", "position"])
    .addForeignKeyConstraint("given_lines_order", ["account_id", "order_id"], "given_orders", ["account_id", "id"])
    .execute();
}

/** The tables of this file, made as any migration would. */
export async function givenTables(database: Database): Promise<void> {
  await migrateToLatest(database, { ...migrations, "29990101T0000_given_tables": { up } });
}

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  fatal() {},
  child: () => silent,
} as unknown as Scope["log"];

/** A scope that only the data layer looks at: no such account needs to exist. */
export function bareScope(database: Database, accountId: string): Scope {
  return {
    ...bareInstallationScope(database),
    kind: "account",
    db: database.forAccount(accountId),
    account: {
      id: accountId,
      slug: "brandt-holzbau",
      name: "Brandt Holzbau GmbH",
      colour: 1,
      timeZone: "Europe/Berlin",
      locale: "de-DE",
      currency: "EUR",
      phoneCountry: "DE",
      logoFileId: null,
      postalAddress: "",
      requiresSecondFactor: true,
      ownContactsOnly: false,
      retentionDays: 365,
      importAskPercent: 33,
      hasCustomFields: false,
    },
    place: { timeZone: "Europe/Berlin", locale: "de-DE" },
    ownOnly: false,
    user: null,
    role: "system",
  };
}

export function bareInstallationScope(database: Database): InstallationScope {
  return {
    kind: "installation",
    db: database.forInstallation(),
    database,
    clock: systemClock,
    log: silent,
    requestId: "018f0000-0000-7000-8000-000000000001",
    address: null,
  } as unknown as InstallationScope;
}
