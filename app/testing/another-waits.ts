/** For tests of what two do at once. */
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { type Scope } from "~/platform/scope.server";

/** Until somebody else, or so many, waits for what this transaction holds. On SQLite whoever wants to write waits for its end anyhow. */
export async function untilAnotherWaits({ database }: Scope, howMany = 1): Promise<void> {
  if (database.dialect === "sqlite") return wait(50, undefined);
  const waiting = sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`;
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await waiting.execute(database.unguarded);
    if ((rows[0]?.count ?? 0) >= howMany) return;
    await wait(25);
  }
  throw new Error("Nobody came to wait");
}
