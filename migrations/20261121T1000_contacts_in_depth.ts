import { type Kysely, sql } from "kysely";

/** Every fact about a contact has its place: dates, owner, consent, own types of relationship; people and firms choose more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await widenContacts(db);
  await makeMarks(db);
  await makeRelationshipTypes(db);
  await makeHouseholdCorrections(db);
  await widenAccounts(db);
  await widenPeople(db);
}

const contactKey = ["account_id", "contact_id"] as const;
const key = ["account_id", "id"] as const;

// SQLite adds one column with one statement.
async function widenContacts(db: Kysely<unknown>): Promise<void> {
  const contacts = () => db.schema.alterTable("contacts");
  await contacts().addColumn("birthday", "text").execute();
  await contacts().addColumn("died_on", "date").execute();
  await contacts().addColumn("time_zone", "text").execute();
  await contacts().addColumn("language", "text").execute();
  await contacts().addColumn("city", "text").execute();
  // What is folded sorts after everything when empty, as in the other keys.
  await contacts()
    .addColumn("city_key", "text", (column) => column.notNull().defaultTo("\uFFFF"))
    .execute();
  await contacts()
    .addColumn("owner_id", "uuid", (column) => column.references("users.id"))
    .execute();
  for (const channel of ["email", "phone", "letter"]) {
    await contacts().addColumn(`no_${channel}_at`, "timestamptz(3)").execute();
  }
  // What is deleted is also archived, so that everything that leaves out the one leaves out the other.
  await contacts()
    .addColumn("deleted_at", "timestamptz(3)", (column) =>
      column.check(sql`deleted_at is null or archived_at is not null`),
    )
    .execute();
  await contacts()
    .addColumn("deleted_by", "uuid", (column) => column.references("users.id"))
    .execute();
  await db.schema.alterTable("contact_points").addColumn("note", "text").execute();
  // Of those that are kept until their time is over, by that time.
  await sql`create index contacts_deleted on contacts (account_id, deleted_at, id) where deleted_at is not null`.execute(
    db,
  );
}

async function makeMarks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("do_not_contact_marks")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull().check(sql`channel in ('email', 'phone', 'letter')`))
    .addColumn("reason", "text")
    .addColumn("marked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("marked_by", "uuid", (column) => column.references("users.id"))
    .addColumn("lifted_at", "timestamptz(3)")
    .addColumn("lifted_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("do_not_contact_marks_pk", [...key])
    .addForeignKeyConstraint("do_not_contact_marks_contact_fk", [...contactKey], "contacts", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("do_not_contact_marks_by_contact")
    .on("do_not_contact_marks")
    .columns(["account_id", "contact_id"])
    .execute();
}

async function makeRelationshipTypes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("relationship_types")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("reads", "text", (column) => column.notNull())
    .addColumn("reads_back", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addColumn("retired_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("relationship_types_pk", [...key])
    .execute();
  // The same two may stand to one another in the same way twice, at different times.
  await db.schema.dropIndex("relationships_once").execute();
  await db.schema
    .createIndex("relationships_by_source")
    .on("relationships")
    .columns(["account_id", "from_contact_id", "to_contact_id", "type"])
    .execute();
}

async function makeHouseholdCorrections(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("household_corrections")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addColumn("other_contact_id", "uuid", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull().check(sql`kind in ('together', 'apart')`))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("household_corrections_pk", ["account_id", "contact_id", "other_contact_id"])
    .addForeignKeyConstraint("household_corrections_contact_fk", [...contactKey], "contacts", [...key], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .addForeignKeyConstraint(
      "household_corrections_other_fk",
      ["account_id", "other_contact_id"],
      "contacts",
      [...key],
      (foreign) => foreign.onDelete("cascade"),
    )
    // Said once for each two: the one with the lower id first.
    .addCheckConstraint("household_corrections_two", sql`contact_id < other_contact_id`)
    .execute();
  await db.schema
    .createIndex("household_corrections_by_other")
    .on("household_corrections")
    .columns(["account_id", "other_contact_id"])
    .execute();
}

async function widenAccounts(db: Kysely<unknown>): Promise<void> {
  const accounts = () => db.schema.alterTable("accounts");
  await accounts().addColumn("logo_file_id", "uuid").execute();
  await accounts().addColumn("second_factor_required_at", "timestamptz(3)").execute();
  // Until now everybody needed one.
  await sql`update accounts set second_factor_required_at = created_at`.execute(db);
  await accounts().addColumn("own_contacts_only_at", "timestamptz(3)").execute();
  await accounts()
    .addColumn("retention_days", "integer", (column) => column.notNull().defaultTo(365))
    .execute();
}

async function widenPeople(db: Kysely<unknown>): Promise<void> {
  const users = () => db.schema.alterTable("users");
  await users().addColumn("locale", "text").execute();
  await users()
    .addColumn("colour_scheme", "text", (column) => column.check(sql`colour_scheme in ('light', 'dark')`))
    .execute();
  await users().addColumn("notices_mailed_at", "timestamptz(3)").execute();
  const memberships = () => db.schema.alterTable("memberships");
  await memberships().addColumn("disabled_at", "timestamptz(3)").execute();
  await memberships()
    .addColumn("disabled_by", "uuid", (column) => column.references("users.id"))
    .execute();
}
