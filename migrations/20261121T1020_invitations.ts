import { type Kysely, sql } from "kysely";

/** Invitations, links to set a password or register, when somebody last signed in, and what the operator allows. See docs/decisions/011-sign-in.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeInvitations(db);
  await makeLinks(db);
  await widenSignIn(db);
  await makeSettings(db);
}

async function makeInvitations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("invitations")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("email_key", "text", (column) => column.notNull())
    .addColumn("name", "text")
    .addColumn("role", "text", (column) => column.notNull().check(sql`role in ('admin', 'user', 'viewer')`))
    .addColumn("token_hash", "text", (column) => column.notNull().unique())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addColumn("expires_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("accepted_at", "timestamptz(3)")
    .addColumn("accepted_by", "uuid", (column) => column.references("users.id"))
    .addColumn("revoked_at", "timestamptz(3)")
    .addColumn("revoked_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("invitations_pk", ["account_id", "id"])
    .execute();
  // One that is open for each address: a newer link voids the older.
  await sql`create unique index invitations_open on invitations (account_id, email_key)
    where accepted_at is null and revoked_at is null`.execute(db);
  await db.schema.createIndex("invitations_by_end").on("invitations").column("expires_at").execute();
  // Whoever opens a link has no account yet: the installation finds it by its hash.
  await sql`insert into table_access (table_name, access) values ('invitations', 'installation')`.execute(db);
}

async function makeLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("tokens")
    .addColumn("user_id", "uuid", (column) => column.references("users.id"))
    .execute();
  await db.schema.alterTable("tokens").addColumn("email", "text").execute();
  await db.schema.alterTable("tokens").addColumn("email_key", "text").execute();
  await sql`create index tokens_of_user on tokens (user_id) where user_id is not null`.execute(db);
  await sql`create index tokens_of_email on tokens (email_key) where email_key is not null`.execute(db);
  await db.schema
    .createTable("link_requests")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("purpose", "text", (column) => column.notNull().check(sql`purpose in ('password', 'registration')`))
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .execute();
}

async function widenSignIn(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("users").addColumn("last_signed_in_at", "timestamptz(3)").execute();
  await db.schema.alterTable("sessions").addColumn("single_factor_at", "timestamptz(3)").execute();
  await db.schema.alterTable("pending_sign_ins").addColumn("long_password_at", "timestamptz(3)").execute();
}

/** One row. */
async function makeSettings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("installation_settings")
    .addColumn("id", "integer", (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn("registration_open_at", "timestamptz(3)")
    .addColumn("registration_opened_by", "uuid", (column) => column.references("users.id"))
    .execute();
  await sql`insert into installation_settings (id) values (1)`.execute(db);
}
