import { type Kysely, sql } from "kysely";

/** How a campaign's email is sent, and how far its sending has come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("mailings")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("campaign_id", "uuid", (column) => column.notNull())
    .addColumn("sender_name", "text")
    .addColumn("reply_to", "text")
    .addColumn("dkim_selector", "text")
    .addColumn("mails_a_minute", "integer", (column) => column.notNull().defaultTo(60))
    .addColumn("sent_when", "text", (column) =>
      column
        .notNull()
        .defaultTo("any-time")
        .check(sql`sent_when in ('any-time', 'working-hours')`),
    )
    .addColumn("state", "text", (column) =>
      column
        .notNull()
        .defaultTo("none")
        .check(sql`state in ('none', 'judging', 'sending', 'paused', 'done')`),
    )
    .addColumn("asked_by", "uuid", (column) => column.references("users.id"))
    .addColumn("asked_at", "timestamptz(3)")
    // Which job it is that may claim: one that was taken for dead and is not can claim nobody any more.
    .addColumn("run_id", "uuid")
    // Where judging the list anew stands.
    .addColumn("judged_after", "uuid")
    // Until when what went out already fills the rate.
    .addColumn("paced_until", "timestamptz(3)")
    // How often in a row the mail server could not be used, since when, and why.
    .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("failing_since", "timestamptz(3)")
    .addColumn("problem", "text")
    .addColumn("ended_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("mailings_pk", ["account_id", "campaign_id"])
    .addForeignKeyConstraint(
      "mailings_campaign_fk",
      ["account_id", "campaign_id"],
      "campaigns",
      ["account_id", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  // Whom a mail is still to go to: those that wait for nothing, and those that wait for an hour.
  await sql`create index recipients_to_mail on recipients (account_id, campaign_id, next_at, contact_id)
    where delivery = 'none' and left_out is null`.execute(db);
}
