import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Change sets (the ground of undo, erasable) and the audit chain (append-only). See docs/decisions/008-change-sets-and-audit.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeAudit(db);
  await sql`insert into table_access (table_name, access) values
    ('audit_events', 'append-only'), ('audit_heads', 'never-deleted')`.execute(db);
  await makeChangeSets(db);
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const statement of postgres ? appendOnlyOnPostgres : appendOnlyOnSqlite) await sql.raw(statement).execute(db);
}

async function makeAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("audit_events")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    // No reference: the chain outlives the person.
    .addColumn("actor_user_id", "uuid")
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("audit_events_pk", ["account_id", "position"])
    .addUniqueConstraint("audit_events_by_id", ["account_id", "id"])
    .execute();
  await db.schema
    .createTable("audit_heads")
    .addColumn("account_id", "uuid", (column) => column.notNull().primaryKey().references("accounts.account_id"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
}

async function makeChangeSets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("change_sets")
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("event_id", "uuid")
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("created_by", "uuid", (column) => column.references("users.id"))
    .addPrimaryKeyConstraint("change_sets_pk", ["account_id", "id"])
    // The event is written last in the transaction, so that the account's chain is locked briefly.
    .addForeignKeyConstraint(
      "change_sets_event_fk",
      ["account_id", "event_id"],
      "audit_events",
      ["account_id", "id"],
      (key) => key.deferrable().initiallyDeferred(),
    )
    .execute();
  await db.schema
    .createIndex("change_sets_by_time")
    .on("change_sets")
    .columns(["account_id", "created_at", "id"])
    .execute();
  await db.schema.createIndex("change_sets_by_event").on("change_sets").columns(["account_id", "event_id"]).execute();
  await db.schema
    .createTable("change_entries")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("change_set_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("subject_kind", "text", (column) => column.notNull())
    .addColumn("subject_id", "uuid", (column) => column.notNull())
    .addColumn("before", "text")
    .addColumn("after", "text")
    .addPrimaryKeyConstraint("change_entries_pk", ["account_id", "change_set_id", "position"])
    .addForeignKeyConstraint("change_entries_set_fk", ["account_id", "change_set_id"], "change_sets", [
      "account_id",
      "id",
    ])
    .execute();
  await db.schema
    .createIndex("change_entries_by_subject")
    .on("change_entries")
    .columns(["account_id", "subject_id", "change_set_id"])
    .execute();
}

const appendOnlyOnPostgres = [
  `create function tallybook_refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'audit_events is append-only'; end $$`,
  `create trigger audit_events_no_change before update or delete on audit_events
    for each row execute function tallybook_refuse_change()`,
  // TRUNCATE fires no row trigger, and a session in the replica role fires none that is not ENABLE ALWAYS.
  `create trigger audit_events_no_truncate before truncate on audit_events
    for each statement execute function tallybook_refuse_change()`,
  `alter table audit_events enable always trigger audit_events_no_change`,
  `alter table audit_events enable always trigger audit_events_no_truncate`,
];

const appendOnlyOnSqlite = [
  `create trigger audit_events_no_update before update on audit_events
    begin select raise(abort, 'audit_events is append-only'); end`,
  // INSERT OR REPLACE reaches this one because connections set recursive_triggers.
  `create trigger audit_events_no_delete before delete on audit_events
    begin select raise(abort, 'audit_events is append-only'); end`,
];
