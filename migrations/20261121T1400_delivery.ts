import { type Kysely, sql } from "kysely";

/** How far a campaign has come with each recipient, and how many it reached. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const states = sql.raw(
    ["none", "claimed", "accepted", "refused", "bounced", "unknown", "printed", "returned"]
      .concat("spoken", "no-answer", "call-back", "wrong-number")
      .map((state) => `'${state}'`)
      .join(", "),
  );
  const columns = [
    ["code", "text"],
    ["delivery_at", "timestamptz(3)"],
    // Not before: a mail that is tried again, or the hour at which somebody wants to be called.
    ["next_at", "timestamptz(3)"],
    // What the server said, or whoever called.
    ["delivery_note", "text"],
    ["reserved_until", "timestamptz(3)"],
  ] as const;
  await db.schema
    .alterTable("recipients")
    .addColumn("delivery", "text", (column) =>
      column
        .notNull()
        .defaultTo("none")
        .check(sql`delivery in (${states})`),
    )
    .execute();
  for (const [name, type] of columns) await db.schema.alterTable("recipients").addColumn(name, type).execute();
  for (const name of ["delivery_by", "reserved_by"]) {
    await db.schema
      .alterTable("recipients")
      .addColumn(name, "uuid", (column) => column.references("users.id"))
      .execute();
  }
  await db.schema
    .alterTable("recipients")
    .addColumn("tries", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  for (const name of ["reached", "failed", "unknown", "reached_responded", "reached_converted"]) {
    await db.schema
      .alterTable("campaigns")
      .addColumn(name, "integer", (column) => column.notNull().defaultTo(0))
      .execute();
  }
  for (const statement of indexes) await sql.raw(statement).execute(db);
}

const indexes = [
  // What is to be sent, printed or called next, and what became of it.
  "create index recipients_by_delivery on recipients (account_id, campaign_id, delivery, next_at, contact_id)",
  "create unique index recipients_by_code on recipients (account_id, code) where code is not null",
];
