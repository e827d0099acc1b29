import { type CreateTableBuilder, type Kysely, sql } from "kysely";

/** What shops sold and what analytics tracked, as the pipeline brings it in: one row each, as its source says it now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeOrders(db);
  await makeTransactions(db);
  for (const table of ["orders", "transactions"]) {
    // What is one at its source is one here, though two bring it in at the same time. A connector's records may change names.
    await sql`create unique index ${sql.ref(`${table}_by_name`)} on ${sql.table(table)} (account_id, origin, remote_id)
      where source_record_id is null`.execute(db);
    await sql`create unique index ${sql.ref(`${table}_by_source`)} on ${sql.table(table)} (account_id, source_record_id)
      where source_record_id is not null`.execute(db);
    await sql`create index ${sql.ref(`${table}_by_raw`)} on ${sql.table(table)} (account_id, raw_record_id)`.execute(
      db,
    );
  }
  await sql`create index orders_by_time on orders (account_id, origin, placed_at, id)`.execute(db);
  await sql`create index transactions_by_day on transactions (account_id, origin, day, id)`.execute(db);
}

type Table = CreateTableBuilder<string, string>;

const amounts = ["total_minor", "tax_minor", "shipping_minor", "discount_minor", "gift_card_minor", "refunded_minor"];
const aliases = ["number", "order_number", "order_key", "confirmation", "checkout_token", "cart_token", "payment_ref"];

async function makeOrders(db: Kysely<unknown>): Promise<void> {
  let table: Table = begun(db.schema.createTable("orders") as Table);
  for (const alias of aliases) table = table.addColumn(alias, "text");
  table = table
    .addColumn("placed_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("currency", "text", (column) => column.notNull());
  for (const amount of amounts) {
    table = table.addColumn(amount, "bigint", (column) => (amount === "total_minor" ? column.notNull() : column));
  }
  await ended(
    table
      .addColumn("line_count", "integer")
      .addColumn("payment_method", "text")
      .addColumn("channel", "text")
      .addColumn("standing", "text", (column) =>
        column.notNull().check(sql`standing in ('sale', 'test', 'not-paid', 'cancelled-before-capture')`),
      ),
  )
    .addPrimaryKeyConstraint("orders_pk", ["account_id", "id"])
    .execute();
}

async function makeTransactions(db: Kysely<unknown>): Promise<void> {
  const table = begun(db.schema.createTable("transactions") as Table)
    .addColumn("transaction_id", "text", (column) => column.notNull())
    .addColumn("day", "date", (column) => column.notNull())
    .addColumn("at", "timestamptz(3)")
    .addColumn("currency", "text", (column) => column.notNull())
    .addColumn("value_minor", "bigint", (column) => column.notNull())
    .addColumn("event_count", "integer", (column) => column.notNull())
    .addColumn("is_rounded", "integer", (column) => column.notNull());
  await ended(table).addPrimaryKeyConstraint("transactions_pk", ["account_id", "id"]).execute();
}

/** Whose it is and how its source calls it. */
function begun(table: Table): Table {
  return table
    .addColumn("account_id", "uuid", (column) => column.notNull().references("accounts.account_id"))
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("origin", "text", (column) => column.notNull())
    .addColumn("remote_id", "text", (column) => column.notNull());
}

/** What said so, and since when it is gone there. */
function ended(table: Table): Table {
  return table
    .addColumn("source_record_id", "uuid")
    .addColumn("raw_record_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("gone_at", "timestamptz(3)");
}
