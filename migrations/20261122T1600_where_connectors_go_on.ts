import { type Kysely, sql } from "kysely";

interface Db {
  connectors: { account_id: string; id: string; state: string; stood: string | null; asking: string | null };
  connector_grants: { account_id: string; connector_id: string; ended_from: string | null };
  runs: { account_id: string; connector_id: string | null };
}

/**
 * Where a connector goes on that something holds up stood in three places: of a question in its JSON, of an agreement that
 * ended in its row, of a key in `connectors.stood`. Now there alone, and never `asking`: that there is a question says so.
 */
export async function up(db: Kysely<Db>): Promise<void> {
  const rows = await db
    .selectFrom("connectors")
    .leftJoin("connector_grants", (join) =>
      join
        .onRef("connector_grants.account_id", "=", "connectors.account_id")
        .onRef("connector_grants.connector_id", "=", "connectors.id"),
    )
    .select(["connectors.account_id", "connectors.id", "state", "stood", "asking", "ended_from"])
    .select((eb) =>
      eb
        .selectFrom("runs")
        .select("runs.connector_id")
        .whereRef("runs.account_id", "=", "connectors.account_id")
        .whereRef("runs.connector_id", "=", "connectors.id")
        .limit(1)
        .as("has_run"),
    )
    .execute();
  for (const row of rows) {
    await db
      .updateTable("connectors")
      .set(standing(row))
      .where("account_id", "=", row.account_id)
      .where("id", "=", row.id)
      .execute();
  }
  await sql`alter table connector_grants drop column ended_from`.execute(db);
}

interface Row {
  state: string;
  stood: string | null;
  asking: string | null;
  ended_from: string | null;
  has_run: string | null;
}

function standing({ state, stood, asking, ended_from, has_run }: Row): { stood: string | null; asking: string | null } {
  const waits = state === "needs-reconnecting";
  // Of a key that was refused before this was noted at all: one that has run waits to be switched on.
  const unknown = has_run === null ? null : "paused";
  const found = waits ? (ended_from ?? stood ?? unknown) : state;
  if (found !== "asking") return { stood: waits ? found : null, asking: null };
  if (asking === null) return { stood: "paused", asking };
  const { from = "on", ...question } = JSON.parse(asking) as { from?: string };
  return { stood: from, asking: JSON.stringify(question) };
}
