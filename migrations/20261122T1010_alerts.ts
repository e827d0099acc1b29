import { type Kysely, sql } from "kysely";

/** What is wrong with a connector as it was told last, and an address of the account's that is told of events, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, type] of [
    ["trouble", "text"],
    ["trouble_why", "text"],
  ] as const) {
    await db.schema.alterTable("connectors").addColumn(name, type).execute();
  }
  await makeWebhooks(db);
  await makeMessages(db);
}

async function makeWebhooks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("alert_webhooks")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("host", "text", (column) => column.notNull())
    .addColumn("made_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("made_by", "uuid", (column) => column.references("users.id"))
    .addColumn("told_at", "timestamptz(3)")
    .addColumn("problem", "text")
    .addColumn("problem_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("alert_webhooks_pk", ["account_id"])
    .execute();
}

async function makeMessages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("webhook_messages")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("event_key", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('waiting', 'told', 'given-up')`))
    .addColumn("tries", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("ended_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("webhook_messages_pk", ["account_id", "id"])
    .addForeignKeyConstraint(
      "webhook_messages_webhook_fk",
      ["account_id"],
      "alert_webhooks",
      ["account_id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
  await sql`create unique index webhook_messages_by_event on webhook_messages (account_id, event_key)`.execute(db);
  await sql`create index webhook_messages_by_time on webhook_messages (account_id, created_at)`.execute(db);
}
