import { type Kysely, PostgresAdapter, sql } from "kysely";

/** What every later table stands on: the two search extensions, and the list of exceptions to who may see what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`create extension if not exists pg_trgm`.execute(db);
    await sql`create extension if not exists btree_gin`.execute(db);
  }
  await db.schema
    .createTable("table_access")
    .addColumn("table_name", "text", (column) => column.primaryKey())
    .addColumn("access", "text", (column) =>
      column
        .notNull()
        .check(sql`access in ('installation', 'accounts-read', 'accounts-write', 'append-only', 'never-deleted')`),
    )
    .execute();
}
