import { type Kysely, sql } from "kysely";

/** Mails on their way and their log; what people are told in an account. See docs/decisions/012-mail.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeMails(db);
  await makeNotices(db);
}

/** The installation's: a person is written to who may have no account yet, and one mail server serves all. */
async function makeMails(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("mails")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("account", "uuid", (column) => column.references("accounts.account_id"))
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("to_address", "text", (column) => column.notNull())
    .addColumn("to_name", "text")
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("body", "text")
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('waiting', 'sending', 'sent', 'failed', 'not-sent')`),
    )
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("problem", "text")
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("sending_since", "timestamptz(3)")
    .addColumn("sent_at", "timestamptz(3)")
    .execute();
  await db.schema.createIndex("mails_by_time").on("mails").columns(["created_at", "id"]).execute();
  await sql`create index mails_of_account on mails (account) where account is not null`.execute(db);
  await sql`create index mails_unsent on mails (state, created_at) where state <> 'sent'`.execute(db);
  // Commands of an account write mails in their own transaction, through their own scope.
  await sql`insert into table_access (table_name, access) values ('mails', 'accounts-write')`.execute(db);
}

async function makeNotices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("notices")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("user_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("event_key", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("by_user_id", "uuid", (column) => column.references("users.id"))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("read_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("notices_pk", ["account_id", "user_id", "id"])
    .addUniqueConstraint("notices_once", ["account_id", "user_id", "event_key"])
    // Whoever leaves an account leaves what they were told there.
    .addForeignKeyConstraint(
      "notices_member_fk",
      ["account_id", "user_id"],
      "memberships",
      ["account_id", "user_id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
  await sql`create index notices_unread on notices (account_id, user_id, id) where read_at is null`.execute(db);
  await sql`create index notices_by_time on notices (account_id, created_at)`.execute(db);
}
