/** From where "only the refused" is tried again: the latest run of a connector by which records stand refused. */
import { expressionBuilder, sql } from "kysely";
import "~/features/pipeline/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

const parts = expressionBuilder<Tables, never>();

/** In the words of the index that holds only what is open. */
const isOpen = sql<boolean>`refused.state in ('refused', 'held', 'going')`;

/** By connector; those that refuse nothing are left out. One statement. */
export async function listRefusing(
  scope: Scope,
  connectorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (connectorIds.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("source_records as refused")
    .select(["refused.connector_id", "refused.changed_run_id"])
    .distinct()
    .where("refused.account_id", "=", scope.account.id)
    .where("refused.connector_id", "in", connectorIds)
    .where(isOpen)
    .where("refused.state", "=", "refused")
    // Ids of runs are in the order in which these were begun: the latest stands last.
    .orderBy("refused.changed_run_id")
    .execute();
  return new Map(rows.map(({ connector_id, changed_run_id }) => [connector_id, changed_run_id]));
}

/** The same of one, to be read along with a statement. */
export function lastRefusing(scope: Scope, connectorId: string) {
  return parts
    .selectFrom("source_records as refused")
    .select("refused.changed_run_id")
    .where("refused.account_id", "=", scope.account.id)
    .where("refused.connector_id", "=", connectorId)
    .where(isOpen)
    .where("refused.state", "=", "refused")
    .orderBy("refused.changed_run_id", "desc")
    .limit(1);
}
