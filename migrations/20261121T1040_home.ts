import { type Kysely, sql } from "kysely";

/** What the home page asks: whose birthday comes, and which contacts are only there to try things with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // `03-14` of `1958-03-14` and of `--03-14`: birthdays come round whatever the year.
  await db.schema.alterTable("contacts").addColumn("birthday_day", "text").execute();
  await sql`create index contacts_by_birthday on contacts (account_id, birthday_day, id)
    where archived_at is null and birthday_day is not null`.execute(db);
  // Few of many: without this, looking for those without an executor reads the index of all names.
  await sql`create index contacts_estates on contacts (account_id, name_key, id, owner_id)
    where archived_at is null and kind = 'estate'`.execute(db);
  await db.schema
    .createTable("sample_contacts")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("contact_id", "uuid", (column) => column.notNull())
    .addPrimaryKeyConstraint("sample_contacts_pk", ["account_id", "contact_id"])
    .addForeignKeyConstraint(
      "sample_contacts_contact_fk",
      ["account_id", "contact_id"],
      "contacts",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
}
