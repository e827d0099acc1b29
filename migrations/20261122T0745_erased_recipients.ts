import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Who has gone for good is left out as erased, no longer as archived. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) await widenOnPostgres(db);
  else await widenOnSqlite(db);
  await sql`update recipients set left_out = 'erased' where left_out = 'archived' and not exists (
    select 1 from contacts where contacts.account_id = recipients.account_id and contacts.id = recipients.contact_id
  )`.execute(db);
}

const reasons = sql.raw(
  ["erased", "archived", "deceased", "no-address", "do-not-contact", "suppressed", "topic-paused"]
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
  for (const { sql: made } of indexes) await sql.raw(made).execute(db);
}
