import { type Kysely, sql } from "kysely";

/** Accounts, people, memberships, handed-out secrets, and what sign-in keeps. See docs/decisions/011-sign-in.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeAccounts(db);
  await makeSignIn(db);
  // The installation scope finds accounts and memberships of a person; accounts read the names of people.
  await sql`insert into table_access (table_name, access) values
    ('accounts', 'installation'), ('memberships', 'installation'), ('users', 'accounts-read')`.execute(db);
}

async function makeAccounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("accounts")
    .addColumn("account_id", "uuid", (column) => column.primaryKey())
    .addColumn("slug", "text", (column) => column.notNull().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("colour", "integer", (column) => column.notNull())
    .addColumn("time_zone", "text", (column) => column.notNull())
    .addColumn("locale", "text", (column) => column.notNull())
    .addColumn("currency", "text", (column) => column.notNull())
    .addColumn("phone_country", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("users")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("email_key", "text", (column) => column.notNull().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("operator_since", "timestamptz(3)")
    .addColumn("disabled_at", "timestamptz(3)")
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("memberships")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("user_id", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("role", "text", (column) => column.notNull().check(sql`role in ('admin', 'user', 'viewer')`))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("memberships_pk", ["account_id", "user_id"])
    .execute();
  await db.schema.createIndex("memberships_by_user").on("memberships").columns(["user_id", "account_id"]).execute();
  await db.schema
    .createTable("tokens")
    .addColumn("hash", "text", (column) => column.primaryKey())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("account", "uuid", (column) => column.references("accounts.account_id"))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("expires_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("used_at", "timestamptz(3)")
    .execute();
}

async function makeSignIn(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("passwords")
    .addColumn("user_id", "uuid", (column) => column.primaryKey().references("users.id"))
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("changed_at", "timestamptz(3)", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("sessions")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("token_hash", "text", (column) => column.notNull().unique())
    .addColumn("user_id", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("seen_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("expires_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("address", "text")
    .addColumn("device", "text")
    .addColumn("offered_secret", "text")
    .addColumn("new_codes", "text")
    .execute();
  await db.schema.createIndex("sessions_by_user").on("sessions").columns(["user_id", "seen_at"]).execute();
  await db.schema
    .createTable("pending_sign_ins")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("token_hash", "text", (column) => column.notNull().unique())
    .addColumn("user_id", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("expires_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("return_to", "text")
    .addColumn("offered_secret", "text")
    .execute();
  await db.schema
    .createTable("second_factors")
    .addColumn("user_id", "uuid", (column) => column.primaryKey().references("users.id"))
    .addColumn("secret", "text", (column) => column.notNull())
    .addColumn("last_step", "bigint", (column) => column.notNull())
    .addColumn("enrolled_at", "timestamptz(3)", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("recovery_codes")
    .addColumn("user_id", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("used_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("recovery_codes_pk", ["user_id", "hash"])
    .execute();
  await db.schema
    .createTable("known_devices")
    .addColumn("token_hash", "text", (column) => column.notNull())
    .addColumn("user_id", "uuid", (column) => column.notNull().references("users.id"))
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("expires_at", "timestamptz(3)", (column) => column.notNull())
    .addPrimaryKeyConstraint("known_devices_pk", ["token_hash", "user_id"])
    .execute();
  await db.schema.createIndex("known_devices_by_user").on("known_devices").column("user_id").execute();
  await db.schema
    .createTable("throttles")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("count", "integer", (column) => column.notNull())
    .addColumn("resets_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("wait_until", "timestamptz(3)")
    .execute();
  await db.schema.createIndex("throttles_by_end").on("throttles").column("resets_at").execute();
}
