import { type Kysely, sql } from "kysely";

/** Where mail services tell an account what became of its mails, and which of their messages were taken. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("mail_webhooks")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("kind", "text", (column) => column.notNull().check(sql`kind in ('ses', 'sendgrid', 'hmac')`))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("proof", "text", (column) => column.notNull())
    .addColumn("made_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("made_by", "uuid", (column) => column.references("users.id"))
    .addColumn("last_at", "timestamptz(3)")
    .addColumn("confirm_url", "text")
    .addPrimaryKeyConstraint("mail_webhooks_pk", ["account_id", "kind"])
    .execute();
  await db.schema
    .createTable("mail_webhook_messages")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("hook_id", "uuid", (column) => column.notNull())
    .addColumn("replay_key", "text", (column) => column.notNull())
    .addColumn("kept_until", "timestamptz(3)", (column) => column.notNull())
    .addPrimaryKeyConstraint("mail_webhook_messages_pk", ["account_id", "hook_id", "replay_key"])
    .execute();
  await sql`create index mail_webhook_messages_by_age on mail_webhook_messages (account_id, kept_until)`.execute(db);
}
