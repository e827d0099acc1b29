import { type Kysely, sql } from "kysely";

/** Setting a connector up: what its system offers, what somebody was choosing of it, and what its runs would do. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeOffers(db);
  await makeDrafts(db);
  await makeTrials(db);
}

async function makeOffers(db: Kysely<unknown>): Promise<void> {
  await ofConnector(db, "connector_offers")
    .addColumn("fields", "text", (column) => column.notNull())
    .addColumn("seen_at", "timestamptz(3)", (column) => column.notNull())
    .addPrimaryKeyConstraint("connector_offers_pk", ["account_id", "connector_id"])
    .execute();
}

async function makeDrafts(db: Kysely<unknown>): Promise<void> {
  await ofConnector(db, "connector_drafts")
    .addColumn("user_id", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("chosen", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .addPrimaryKeyConstraint("connector_drafts_pk", ["account_id", "connector_id", "user_id"])
    .execute();
}

async function makeTrials(db: Kysely<unknown>): Promise<void> {
  await ofConnector(db, "connector_trials")
    .addColumn("settings_hash", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('queued', 'running', 'done', 'failed', 'cancelled')`),
    )
    .addColumn("lease_epoch", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("waits", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("waiting_until", "timestamptz(3)")
    .addColumn("waiting_why", "text")
    .addColumn("read_count", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("asked_by", "uuid", (column) => column.references("users.id"))
    .addColumn("started_at", "timestamptz(3)")
    .addColumn("finished_at", "timestamptz(3)")
    .addColumn("result", "text")
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addPrimaryKeyConstraint("connector_trials_pk", ["account_id", "connector_id"])
    .execute();
}

/** Gone with its connector. */
function ofConnector(db: Kysely<unknown>, table: string) {
  return db.schema
    .createTable(table)
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addForeignKeyConstraint(
      `${table}_connector_fk`,
      ["account_id", "connector_id"],
      "connectors",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    );
}
