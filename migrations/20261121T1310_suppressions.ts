import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Addresses and numbers that are not to be used whoever has them, and since when each contact's own are among them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("suppressions")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull().check(sql`channel in ('email', 'phone', 'address')`))
    .addColumn("value", "text")
    .addColumn("value_hash", binaryText(db), (column) => column.notNull())
    .addColumn("reason", "text", (column) =>
      column.notNull().check(sql`reason in ('unsubscribed', 'complained', 'erased', 'by-hand', 'bad-address')`),
    )
    .addColumn("note", "text")
    .addColumn("source", "text", (column) => column.notNull())
    .addColumn("noted_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("noted_by", "uuid", (column) => column.references("users.id"))
    .addColumn("lifted_at", "timestamptz(3)")
    .addColumn("lifted_by", "uuid", (column) => column.references("users.id"))
    .addColumn("lifted_reason", "text")
    .addPrimaryKeyConstraint("suppressions_pk", ["account_id", "id"])
    .execute();
  for (const statement of indexes) await sql.raw(statement).execute(db);
  await db.schema.alterTable("contact_points").addColumn("suppressed_at", "timestamptz(3)").execute();
  // The entry that says so. No foreign key: both are computed, and entries stay.
  await db.schema.alterTable("contact_points").addColumn("suppression_id", "uuid").execute();
  await sql`create index contact_points_suppressed on contact_points (account_id, channel, value_key, contact_id) where suppressed_at is not null`.execute(
    db,
  );
}

/** Hashes are compared byte by byte on both. */
function binaryText(db: Kysely<unknown>) {
  return db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : ("text" as const);
}

const indexes = [
  // Each reason stands for itself: whoever complains stays on the list when what was put there by hand is lifted.
  "create unique index suppressions_living on suppressions (account_id, value_hash, reason) where lifted_at is null",
  "create index suppressions_by_hash on suppressions (account_id, value_hash)",
];
