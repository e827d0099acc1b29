import { type Kysely, sql } from "kysely";

/** What a comparison has found is looked through: its trend, lists by what they are narrowed to, and one order or row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("comparison_runs").addColumn("trend", "text").execute();
  for (const column of ["payment_method", "amount_minor", "cause"]) {
    await sql`drop index ${sql.ref(`findings_by_${column}`)}`.execute(db);
  }
  // By one trait each, then by day: a list narrowed to it is still in the order of its days.
  for (const column of ["payment_method", "channel", "cause"]) {
    await sql`create index ${sql.ref(`findings_by_${column}`)}
      on findings (account_id, run_id, side, bucket, ${sql.ref(column)}, day, position)`.execute(db);
  }
  // Amounts of two currencies are not compared.
  await sql`create index findings_by_amount
    on findings (account_id, run_id, side, bucket, currency, amount_minor, position)`.execute(db);
  await sql`create index findings_by_order on findings (account_id, run_id, order_key)`.execute(db);
  await sql`create index findings_by_row on findings (account_id, run_id, row_id)`.execute(db);
  // By what a finding calls them, and by what a person does.
  for (const [table, called] of [
    ["orders", "number"],
    ["transactions", "transaction_id"],
  ] as const) {
    for (const column of ["remote_id", called]) {
      await sql`create index ${sql.ref(`${table}_by_${column}`)}
        on ${sql.table(table)} (account_id, origin, ${sql.ref(column)})`.execute(db);
    }
  }
}
