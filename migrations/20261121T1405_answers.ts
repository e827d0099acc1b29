import { type Kysely, PostgresAdapter, sql } from "kysely";

/** What somebody said besides, who answered by the link or code of their own; for how long a campaign's "no" spares its topic. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("responses")
    .addColumn("said", "text", (column) => column.check(sql`said in ('wrong-person')`))
    .execute();
  await db.schema
    .alterTable("campaigns")
    .addColumn("pause_months", "integer", (column) => column.check(sql`pause_months between 1 and 120`))
    .execute();
  if (db.getExecutor().adapter instanceof PostgresAdapter) await widenOnPostgres(db);
  else await widenOnSqlite(db);
}

const reasons = sql.raw(
  ["archived", "deceased", "no-address", "do-not-contact", "suppressed", "topic-paused"]
    .concat("double-address", "double-household")
    .map((reason) => `'${reason}'`)
    .join(", "),
);

async function widenOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recipients drop constraint recipients_left_out_check`.execute(db);
  await sql`alter table recipients add constraint recipients_left_out_check check (left_out in (${reasons}))`.execute(
    db,
  );
}

/** SQLite changes no constraint: a wider column takes the other's place, in all indexes that name it. */
async function widenOnSqlite(db: Kysely<unknown>): Promise<void> {
  const { rows: indexes } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'index' and tbl_name = 'recipients' and sql like '%left_out%'
  `.execute(db);
  await sql`alter table recipients add column left_out_wider text check (left_out_wider in (${reasons}))`.execute(db);
  await sql`update recipients set left_out_wider = left_out where left_out is not null`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.ref(name)}`.execute(db);
  await sql`alter table recipients drop column left_out`.execute(db);
  await sql`alter table recipients rename column left_out_wider to left_out`.execute(db);
  for (const index of indexes) await sql.raw(index.sql).execute(db);
}
