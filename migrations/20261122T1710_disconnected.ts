import { type Kysely } from "kysely";

interface Db {
  connectors: { account_id: string; id: string; state: string; secrets: string | null; disconnected_at: string | null };
  connector_grants: { account_id: string; connector_id: string; ended_at: string | null; ended_why: string | null };
}

/** Somebody here disconnected it: it waits for nobody, unlike one that its system does not let in any more. */
export async function up(db: Kysely<Db>): Promise<void> {
  await db.schema.alterTable("connectors").addColumn("disconnected_at", "timestamptz(3)").execute();
  // Until now only the words of the agreement's end said so; of those that are reached by a key nothing did.
  const ended = await db
    .selectFrom("connector_grants")
    .select(["account_id", "connector_id", "ended_at"])
    .where("ended_why", "like", "% disconnected it.")
    .execute();
  for (const { account_id, connector_id, ended_at } of ended) {
    await db
      .updateTable("connectors")
      .set({ disconnected_at: ended_at })
      .where("account_id", "=", account_id)
      .where("id", "=", connector_id)
      .where("state", "=", "needs-reconnecting")
      .execute();
  }
}
