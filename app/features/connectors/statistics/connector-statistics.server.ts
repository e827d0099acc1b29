import { firstDay, type RunFigures, type Statistics, statisticsOf } from "~/features/connectors/statistics/statistics";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";
import { startOfDay } from "~/platform/time";

/** More than one every hour for all that time. */
const MOST_RUNS = 5_000;

/** How a connector did in the last thirteen weeks. Two statements, each along an index. */
export async function connectorStatistics(scope: Scope, connectorId: string): Promise<Statistics> {
  const { timeZone } = scope.account;
  const now = scope.clock.now();
  const since = startOfDay(timeZone, firstDay(now, timeZone));
  const runs = await listRuns(scope, connectorId, since);
  const tests = await countTests(scope, connectorId, since);
  return statisticsOf(runs, tests, { now, timeZone });
}

async function listRuns(scope: Scope, connectorId: string, since: string): Promise<RunFigures[]> {
  const rows = await scope.db
    .selectFrom("runs")
    .select(["state", "mode", "created_at", "started_at", "finished_at"])
    .select(["read_count", "created_count", "changed_count", "refused_count"])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("created_at", ">=", since)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(MOST_RUNS)
    .execute();
  return rows.map((row) => ({
    ...{ state: row.state, mode: row.mode ?? "whole", createdAt: row.created_at },
    ...{ startedAt: row.started_at, finishedAt: row.finished_at, read: row.read_count },
    ...{ created: row.created_count, changed: row.changed_count, refused: row.refused_count },
  }));
}

async function countTests(scope: Scope, connectorId: string, since: string) {
  const { of, bad } = await scope.db
    .selectFrom("connector_tests")
    .select((eb) => [eb.fn.countAll<number>().as("of"), eb.fn.count<number>("problem").as("bad")])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("at", ">=", since)
    .executeTakeFirstOrThrow();
  return { of: Number(of), good: Number(of) - Number(bad) };
}
