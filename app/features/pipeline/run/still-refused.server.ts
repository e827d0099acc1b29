/** From where "only the refused" is tried again: the latest run of a connector by which records stand refused. */
import { expressionBuilder, sql } from "kysely";
import "~/features/pipeline/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

const parts = expressionBuilder<Tables, never>();

/** By connector; those that refuse nothing are left out. One statement. */
export async function listRefusing(
  scope: Scope,
  connectorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (connectorIds.length === 0) return new Map();
  const row: Record<string, string | null> = await scope.db
    .selectNoFrom(() => connectorIds.map((id, place) => lastRefusing(scope, id).as(nameOf(place))))
    .executeTakeFirstOrThrow();
  return new Map(
    connectorIds.flatMap((id, place): [string, string][] => {
      const runId = row[nameOf(place)] ?? null;
      return runId === null ? [] : [[id, runId]];
    }),
  );
}

const nameOf = (place: number) => `connector_${place}`;

/** The same of one, to be read along with a statement. */
export function lastRefusing(scope: Scope, connectorId: string) {
  return (
    parts
      .selectFrom("source_records as refused")
      .select("refused.changed_run_id")
      .where("refused.account_id", "=", scope.account.id)
      .where("refused.connector_id", "=", connectorId)
      // In the words of the index that holds only these.
      .where(sql<boolean>`refused.state = 'refused'`)
      // Ids of runs are in the order in which these were begun: the latest stands last.
      .orderBy("refused.changed_run_id", "desc")
      .limit(1)
  );
}
