import { type Kysely, sql } from "kysely";

/** Campaigns, whom they are written to, and what those answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("campaigns")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("name_key", "text", (column) => column.notNull())
    .addColumn("description", "text")
    .addColumn("topic", "text")
    .addColumn("channel", "text", (column) => column.notNull().check(sql`channel in ('email', 'phone', 'letter')`))
    .addColumn("state", "text", (column) =>
      column
        .notNull()
        .defaultTo("draft")
        .check(sql`state in ('draft', 'running', 'completed')`),
    )
    .addColumn("planned_on", "text")
    .addColumn("owner_id", "uuid", (column) => column.references("users.id"))
    .addColumn("cost_minor", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("currency", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("body", "text", (column) => column.notNull().defaultTo(""))
    .addColumn("code_prefix", "text")
    .addColumn("responded_words", "text")
    .addColumn("converted_words", "text")
    .addColumn("version", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("started_at", "timestamptz(3)")
    .addColumn("started_by", "uuid", (column) => column.references("users.id"))
    .addColumn("completed_at", "timestamptz(3)")
    .addColumn("completed_by", "uuid", (column) => column.references("users.id"))
    .addColumn("archived_at", "timestamptz(3)")
    .addColumn("archived_by", "uuid", (column) => column.references("users.id"))
    .addColumn("deleted_at", "timestamptz(3)")
    // Of its recipients: counted in the transaction that changes them, so that a list of campaigns reads one row of each.
    .addColumn("listed", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("left_out", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("responded", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("converted", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("not_interested", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("value_minor", "bigint", (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint("campaigns_pk", ["account_id", "id"])
    .execute();
  await db.schema
    .createTable("recipients")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("campaign_id", "uuid", (column) => column.notNull())
    // No foreign key: what became of the campaign still adds up when a contact has gone for good.
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    // As the contact was called when it came onto the list, whose order this is.
    .addColumn("name_key", "text", (column) => column.notNull())
    .addColumn("left_out", "text", (column) =>
      column.check(
        sql`left_out in ('archived', 'deceased', 'no-address', 'do-not-contact', 'suppressed', 'double-address',
          'double-household')`,
      ),
    )
    .addColumn("written_to_id", "uuid")
    .addColumn("address_key", "text")
    .addColumn("added_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("added_by", "uuid", (column) => column.references("users.id"))
    .addColumn("addition_id", "uuid", (column) => column.notNull())
    .addColumn("response", "text", (column) =>
      column
        .notNull()
        .defaultTo("pending")
        .check(sql`response in ('pending', 'responded', 'converted', 'not-interested')`),
    )
    .addColumn("responded_on", "text")
    .addColumn("value_minor", "bigint")
    .addPrimaryKeyConstraint("recipients_pk", ["account_id", "campaign_id", "contact_id"])
    .addForeignKeyConstraint("recipients_campaign_fk", ["account_id", "campaign_id"], "campaigns", ["account_id", "id"])
    .execute();
  await db.schema
    .createTable("recipient_additions")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("campaign_id", "uuid", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('collecting', 'done', 'cancelled', 'failed', 'undone')`),
    )
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("asked_by", "uuid", (column) => column.references("users.id"))
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("finished_at", "timestamptz(3)")
    .addColumn("after_key", "text")
    .addColumn("after_id", "uuid")
    .addColumn("found", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("added", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("problem", "text")
    .addColumn("problem_reference", "text")
    .addPrimaryKeyConstraint("recipient_additions_pk", ["account_id", "id"])
    .addForeignKeyConstraint("recipient_additions_campaign_fk", ["account_id", "campaign_id"], "campaigns", [
      "account_id",
      "id",
    ])
    .execute();
  await db.schema
    .createTable("responses")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("campaign_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("response", "text", (column) =>
      column.notNull().check(sql`response in ('pending', 'responded', 'converted', 'not-interested')`),
    )
    .addColumn("responded_on", "text", (column) => column.notNull())
    .addColumn("how", "text", (column) => column.notNull().check(sql`how in ('by-hand', 'link', 'code', 'phone')`))
    .addColumn("note", "text")
    .addColumn("value_minor", "bigint")
    .addColumn("recorded_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("recorded_by", "uuid", (column) => column.references("users.id"))
    .addColumn("withdrawn_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("responses_pk", ["account_id", "id"])
    .addForeignKeyConstraint(
      "responses_recipient_fk",
      ["account_id", "campaign_id", "contact_id"],
      "recipients",
      ["account_id", "campaign_id", "contact_id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  for (const statement of indexes) await sql.raw(statement).execute(db);
}

const indexes = [
  "create index campaigns_by_time on campaigns (account_id, created_at, id) where archived_at is null and deleted_at is null",
  // Those who are written to, and those who are left out, each in the order of names.
  "create index recipients_by_name on recipients (account_id, campaign_id, left_out, name_key, contact_id)",
  "create index recipients_by_response on recipients (account_id, campaign_id, response, name_key, contact_id)",
  // Doubles.
  "create index recipients_by_address on recipients (account_id, campaign_id, address_key, contact_id)",
  "create index recipients_of_contact on recipients (account_id, contact_id, campaign_id)",
  "create index recipients_of_addition on recipients (account_id, campaign_id, addition_id, contact_id)",
  "create index additions_of_campaign on recipient_additions (account_id, campaign_id, id)",
  "create index responses_of_recipient on responses (account_id, campaign_id, contact_id, id)",
];
