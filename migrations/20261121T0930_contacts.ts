import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Contacts, what they are computed from, and what links them. See docs/decisions/007-a-contact-is-computed.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeContacts(db);
  await makePoints(db);
  await makeTags(db);
  await makeRecords(db);
  await makeRelationships(db);
  for (const index of indexes) await sql.raw(index).execute(db);
}

const contactKey = ["account_id", "contact_id"] as const;
const key = ["account_id", "id"] as const;

async function makeContacts(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const contacts = db.schema
    .createTable("contacts")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull().check(sql`kind in ('individual', 'business', 'estate')`))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("typed_name", "text")
    .addColumn("given_name", "text")
    .addColumn("family_name", "text")
    .addColumn("company", "text")
    .addColumn("job_title", "text")
    .addColumn("notes", "text")
    .addColumn("email", "text")
    .addColumn("phone", "text")
    .addColumn("tags", "text", (column) => column.notNull().defaultTo("[]"))
    .addColumn("name_key", "text", (column) => column.notNull())
    .addColumn("company_key", "text", (column) => column.notNull())
    .addColumn("email_key", "text", (column) => column.notNull())
    .addColumn("search", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull().defaultTo(1))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("archived_at", "timestamptz(3)")
    .addColumn("archived_by", "uuid", (column) => column.references("users.id"));
  // SQLite's search index knows a row by an integer that VACUUM must not renumber, so the key takes a column of its own.
  const keyed = postgres
    ? contacts.addPrimaryKeyConstraint("contacts_pk", [...key])
    : contacts
        .addColumn("search_id", "integer", (column) => column.primaryKey().autoIncrement())
        .addUniqueConstraint("contacts_pk", [...key]);
  await keyed.execute();
}

async function makePoints(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("contact_points")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull().check(sql`channel in ('email', 'phone', 'address')`))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("label", "text")
    .addColumn("value", "text")
    .addColumn("value_key", "text", (column) => column.notNull())
    .addColumn("street", "text")
    .addColumn("city", "text")
    .addColumn("region", "text")
    .addColumn("postal_code", "text")
    .addColumn("country", "text")
    .addPrimaryKeyConstraint("contact_points_pk", ["account_id", "contact_id", "channel", "position"])
    .addForeignKeyConstraint("contact_points_contact_fk", [...contactKey], "contacts", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .execute();
}

async function makeTags(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("tags")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("name_key", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("tags_pk", [...key])
    .execute();
  await db.schema
    .createTable("contact_tags")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("tag_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addPrimaryKeyConstraint("contact_tags_pk", ["account_id", "tag_id", "contact_id"])
    .addForeignKeyConstraint("contact_tags_tag_fk", ["account_id", "tag_id"], "tags", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .addForeignKeyConstraint("contact_tags_contact_fk", [...contactKey], "contacts", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .execute();
}

async function makeRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("contact_records")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("source", "text", (column) => column.notNull().check(sql`source in ('by-hand', 'file')`))
    .addColumn("run_id", "uuid")
    .addColumn("raw_record_id", "uuid")
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("observed_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("contact_records_pk", [...key])
    .addForeignKeyConstraint("contact_records_contact_fk", [...contactKey], "contacts", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .addForeignKeyConstraint("contact_records_run_fk", ["account_id", "run_id"], "runs", [...key])
    // What became of a raw record is known, and it is written, when its batch has been loaded.
    .addForeignKeyConstraint(
      "contact_records_raw_fk",
      ["account_id", "raw_record_id"],
      "raw_records",
      [...key],
      (foreign) => foreign.deferrable().initiallyDeferred(),
    )
    .execute();
  await db.schema
    .createTable("contact_pins")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("field", "text", (column) => column.notNull())
    .addColumn("pinned_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("pinned_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("contact_pins_pk", ["account_id", "contact_id", "field"])
    .addForeignKeyConstraint("contact_pins_contact_fk", [...contactKey], "contacts", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .execute();
}

async function makeRelationships(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("relationships")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("from_contact_id", "uuid", (column) => column.notNull())
    .addColumn("to_contact_id", "uuid", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("since", "date")
    .addColumn("until", "date")
    .addColumn("note", "text")
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("relationships_pk", [...key])
    .addForeignKeyConstraint(
      "relationships_from_fk",
      ["account_id", "from_contact_id"],
      "contacts",
      [...key],
      (foreign) => foreign.onDelete("cascade"),
    )
    .addForeignKeyConstraint("relationships_to_fk", ["account_id", "to_contact_id"], "contacts", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .addCheckConstraint("relationships_two", sql`from_contact_id <> to_contact_id`)
    .execute();
}

const indexes = [
  // Imports look names up whether archived or not. Lists show what is not archived: these cover their count, too.
  "create index contacts_by_name on contacts (account_id, name_key, id)",
  ...["company_key", "email_key", "created_at", "changed_at"].map(
    (column) => `create index contacts_by_${column} on contacts (account_id, ${column}, id) where archived_at is null`,
  ),
  "create index contacts_by_kind on contacts (account_id, kind, name_key, id) where archived_at is null",
  "create index contacts_archived on contacts (account_id, name_key, id) where archived_at is not null",
  "create index contact_points_by_value on contact_points (account_id, channel, value_key, contact_id)",
  "create unique index tags_by_name on tags (account_id, name_key)",
  "create index contact_tags_by_contact on contact_tags (account_id, contact_id)",
  "create index contact_records_by_contact on contact_records (account_id, contact_id)",
  "create index contact_records_by_hash on contact_records (account_id, hash)",
  "create index contact_records_by_run on contact_records (account_id, run_id) where run_id is not null",
  "create index contact_records_by_raw on contact_records (account_id, raw_record_id) where raw_record_id is not null",
  "create unique index contact_records_one_by_hand on contact_records (account_id, contact_id) where source = 'by-hand'",
  "create unique index relationships_once on relationships (account_id, from_contact_id, to_contact_id, type)",
  "create index relationships_by_target on relationships (account_id, to_contact_id)",
];
