import { type Kysely, sql } from "kysely";

/** A run that a brake stopped says since when it waits for an answer, and by which run it got one: that tells the rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const runs = () => db.schema.alterTable("runs");
  await runs().addColumn("asking_since", "timestamptz(3)").execute();
  await runs().addColumn("answer_run_id", "uuid").execute();
  // Those that wait now. Of older ones nothing says what was answered.
  await sql`
    update runs set asking_since = finished_at
    where state = 'attention' and exists (
      select 1 from connectors
      where connectors.account_id = runs.account_id and connectors.id = runs.connector_id
        and connectors.asking like '%"' || runs.id || '"%'
    )
  `.execute(db);
}
