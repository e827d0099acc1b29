import { type Kysely } from "kysely";

/** Which contacts fitted a refused record alike: so that its refusal leads to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("refused_rows").addColumn("fits", "text").execute();
}
