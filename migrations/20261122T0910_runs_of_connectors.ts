import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Runs that read from a connector: records that are known by name, versions of them, what they are related to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await widen(db, "runs", ["file", "connector"]);
  await widen(db, "contact_records", ["by-hand", "file", "connector"]);
  await extendRuns(db);
  await db.schema.alterTable("raw_records").addColumn("source_record_id", "uuid").execute();
  await db.schema.alterTable("refused_rows").addColumn("source_record_id", "uuid").execute();
  await db.schema.alterTable("contact_records").addColumn("source_record_id", "uuid").execute();
  await db.schema.alterTable("contact_records").addColumn("ended_run_id", "uuid").execute();
  await makeSourceRecords(db);
  await makeSourceLinks(db);
  await makeFieldErasures(db);
  for (const statement of indexes) await sql.raw(statement).execute(db);
  // Each whole reading marks each record once: half of each page stays free, so that no index has to be touched for it.
  if (isPostgres(db)) await sql`alter table source_records set (fillfactor = 50)`.execute(db);
}

const isPostgres = (db: Kysely<unknown>) => db.getExecutor().adapter instanceof PostgresAdapter;

/** Lets a column `source` say more. SQLite changes no constraint: a wider column takes the other's place. */
async function widen(db: Kysely<unknown>, table: string, words: readonly string[]): Promise<void> {
  const among = sql.raw(words.map((word) => `'${word}'`).join(", "));
  if (isPostgres(db)) {
    const check = sql.ref(`${table}_source_check`);
    await sql`alter table ${sql.table(table)} drop constraint ${check}`.execute(db);
    await sql`alter table ${sql.table(table)} add constraint ${check} check (source in (${among}))`.execute(db);
    return;
  }
  // Those whose text has the word in some other column are made anew as they were.
  const { rows: indexes } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'index' and tbl_name = ${table} and sql like '%source%'
  `.execute(db);
  const wider = sql`source_wider text not null default 'file' check (source_wider in (${among}))`;
  await sql`alter table ${sql.table(table)} add column ${wider}`.execute(db);
  await sql`update ${sql.table(table)} set source_wider = source where source <> 'file'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.ref(name)}`.execute(db);
  await sql`alter table ${sql.table(table)} drop column source`.execute(db);
  await sql`alter table ${sql.table(table)} rename column source_wider to source`.execute(db);
  for (const index of indexes) await sql.raw(index.sql).execute(db);
}

async function extendRuns(db: Kysely<unknown>): Promise<void> {
  const runs = () => db.schema.alterTable("runs");
  await runs().addColumn("connector_id", "uuid").execute();
  await runs()
    .addColumn("mode", "text", (column) => column.check(sql`mode in ('whole', 'changes', 'refused', 'answer')`))
    .execute();
  for (const count of ["source_count", "stored_count"]) await runs().addColumn(count, "integer").execute();
  for (const count of ["gone_count", "held_count", "waits"]) {
    await runs()
      .addColumn(count, "integer", (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await runs().addColumn("waiting_until", "timestamptz(3)").execute();
  await runs().addColumn("waiting_why", "text").execute();
}

async function makeSourceRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("source_records")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addColumn("stream", "text", (column) => column.notNull())
    .addColumn("remote_id", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state in ('standing', 'left', 'refused', 'held', 'kept', 'going', 'gone')`),
    )
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("remote_changed_at", "timestamptz(3)")
    .addColumn("raw_record_id", "uuid")
    .addColumn("taken_raw_id", "uuid")
    .addColumn("subject_id", "uuid")
    .addColumn("first_run_id", "uuid", (column) => column.notNull())
    .addColumn("changed_run_id", "uuid", (column) => column.notNull())
    .addColumn("seen_run_id", "uuid", (column) => column.notNull())
    .addColumn("gone_at", "timestamptz(3)")
    .addColumn("gone_why", "text", (column) => column.check(sql`gone_why in ('deleted', 'merged', 'unseen')`))
    .addColumn("became", "text")
    .addPrimaryKeyConstraint("source_records_pk", ["account_id", "id"])
    .addForeignKeyConstraint(
      "source_records_connector_fk",
      ["account_id", "connector_id"],
      "connectors",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
}

async function makeSourceLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("source_links")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("source_record_id", "uuid", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("to_stream", "text", (column) => column.notNull())
    .addColumn("to_remote_id", "text", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addColumn("relation_id", "uuid")
    .addColumn("made_run_id", "uuid")
    .addPrimaryKeyConstraint("source_links_pk", ["account_id", "source_record_id", "type", "to_stream", "to_remote_id"])
    .addForeignKeyConstraint(
      "source_links_record_fk",
      ["account_id", "source_record_id"],
      "source_records",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
}

async function makeFieldErasures(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("field_erasures")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addColumn("stream", "text", (column) => column.notNull())
    .addColumn("fields", "text", (column) => column.notNull())
    .addColumn("settings", "text", (column) => column.notNull())
    .addColumn("after_id", "uuid")
    .addColumn("records_done", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("asked_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("asked_by", "uuid", (column) => column.references("users.id"))
    .addColumn("finished_at", "timestamptz(3)")
    .addPrimaryKeyConstraint("field_erasures_pk", ["account_id", "id"])
    .addForeignKeyConstraint(
      "field_erasures_connector_fk",
      ["account_id", "connector_id"],
      "connectors",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
}

const indexes = [
  "create unique index source_records_by_name on source_records (account_id, connector_id, stream, remote_id)",
  // What waits for an answer, or for being refused no longer: few, beside many.
  `create index source_records_open on source_records (account_id, connector_id, stream, state, id)
    where state in ('refused', 'held', 'going')`,
  "create index source_records_by_subject on source_records (account_id, subject_id) where subject_id is not null",
  "create index source_links_to on source_links (account_id, connector_id, to_stream, to_remote_id)",
  "create index field_erasures_by_connector on field_erasures (account_id, connector_id)",
  "create index raw_records_of_source on raw_records (account_id, source_record_id) where source_record_id is not null",
  `create index contact_records_of_source on contact_records (account_id, source_record_id)
    where source_record_id is not null`,
  "create index contact_records_ended on contact_records (account_id, ended_run_id) where ended_run_id is not null",
  // One run at a time of each connector, whoever starts it.
  `create unique index runs_one_of_connector on runs (account_id, connector_id)
    where connector_id is not null and state in ('queued', 'running')`,
  `create index runs_of_connector on runs (account_id, connector_id, created_at, id) where connector_id is not null`,
];
