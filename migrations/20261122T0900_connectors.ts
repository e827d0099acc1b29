import { type Kysely, sql } from "kysely";

/** Systems that an account reads from, by whose leave, and whether they could be reached. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeConnectors(db);
  await makeGrants(db);
  await makeTests(db);
}

async function makeConnectors(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("connectors")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('setting-up', 'on', 'paused', 'needs-reconnecting', 'asking')`),
    )
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("secrets", "text")
    .addColumn("whose", "text")
    .addColumn("selection", "text", (column) => column.notNull())
    .addColumn("mapping", "text", (column) => column.notNull())
    .addColumn("rules", "text", (column) => column.notNull())
    .addColumn("schedule", "text", (column) => column.notNull())
    .addColumn("next_run_at", "timestamptz(3)")
    .addColumn("cursors", "text", (column) => column.notNull())
    .addColumn("whole_next", "timestamptz(3)")
    .addColumn("asking", "text")
    .addColumn("lease_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("version", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("deleted_at", "timestamptz(3)")
    .addColumn("deleted_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("connectors_pk", ["account_id", "id"])
    .execute();
  await sql`create index connectors_due on connectors (account_id, next_run_at)
    where next_run_at is not null and deleted_at is null`.execute(db);
}

async function makeGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("connector_grants")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addColumn("access_token", "text")
    .addColumn("refresh_token", "text")
    .addColumn("expires_at", "timestamptz(3)")
    .addColumn("scopes", "text", (column) => column.notNull())
    .addColumn("extras", "text", (column) => column.notNull())
    .addColumn("renewals", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("granted_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("granted_by", "uuid", (column) => column.references("users.id"))
    .addColumn("renewed_at", "timestamptz(3)")
    .addColumn("ended_at", "timestamptz(3)")
    .addColumn("ended_why", "text")
    .addPrimaryKeyConstraint("connector_grants_pk", ["account_id", "connector_id"])
    .addForeignKeyConstraint(
      "connector_grants_connector_fk",
      ["account_id", "connector_id"],
      "connectors",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
}

async function makeTests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("connector_tests")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addColumn("at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("by_user_id", "uuid", (column) => column.references("users.id"))
    .addColumn("duration_ms", "integer", (column) => column.notNull())
    .addColumn("problem", "text")
    .addPrimaryKeyConstraint("connector_tests_pk", ["account_id", "id"])
    .addForeignKeyConstraint(
      "connector_tests_connector_fk",
      ["account_id", "connector_id"],
      "connectors",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
  await sql`create index connector_tests_by_time on connector_tests (account_id, connector_id, at)`.execute(db);
}
