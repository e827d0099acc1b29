import { type Kysely } from "kysely";

/** Somebody has looked at the rows that an import refused, and leaves the rest of them as they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const runs = () => db.schema.alterTable("runs");
  await runs().addColumn("refused_left_at", "timestamptz(3)").execute();
  await runs()
    .addColumn("refused_left_by", "uuid", (column) => column.references("users.id"))
    .execute();
}
