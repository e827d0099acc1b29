import { type Kysely, sql } from "kysely";

/** Calls that were made for a campaign, and what came of each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("calls")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("campaign_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("caller_id", "uuid", (column) => column.references("users.id"))
    .addColumn("at", "timestamptz(3)", (column) => column.notNull())
    // Of the day, by the account's clock: 0 to 23.
    .addColumn("hour", "integer", (column) => column.notNull().check(sql`hour between 0 and 23`))
    .addColumn("outcome", "text", (column) =>
      column.notNull().check(
        sql`outcome in ('responded', 'converted', 'not-interested', 'spoken', 'no-answer', 'call-back',
          'wrong-number')`,
      ),
    )
    .addColumn("note", "text")
    .addColumn("call_back_at", "timestamptz(3)")
    .addColumn("withdrawn_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("calls_pk", ["account_id", "id"])
    .addForeignKeyConstraint(
      "calls_recipient_fk",
      ["account_id", "campaign_id", "contact_id"],
      "recipients",
      ["account_id", "campaign_id", "contact_id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  for (const statement of indexes) await sql.raw(statement).execute(db);
}

const indexes = [
  "create index calls_of_recipient on calls (account_id, campaign_id, contact_id, id)",
  "create index calls_by_caller on calls (account_id, campaign_id, caller_id, hour, outcome) where withdrawn_at is null",
  "create index recipients_reserved on recipients (account_id, campaign_id, reserved_until) where reserved_until is not null",
  // Who is called next: those of one state, by name.
  "create index recipients_to_call on recipients (account_id, campaign_id, delivery, name_key, contact_id) where left_out is null",
];
