import { type ShownState, shownState } from "~/features/connectors/connector-state";
import "~/features/connectors/tables";
import { type ConnectorRunLine, listRunsById } from "~/features/pipeline/run/connector-runs.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

export interface ConnectorLine {
  id: string;
  /** A provider's id. */
  provider: string;
  name: string;
  state: ShownState;
  whose: string | null;
  nextRunAt: string | null;
  lastRun: ConnectorRunLine | null;
}

/** An account has a handful; a list that nobody could read ends here. */
const MOST = 500;

/** All that are there, by name. */
export async function listConnectors(scope: Scope): Promise<ConnectorLine[]> {
  const rows = await scope.db
    .selectFrom("connectors")
    .select(["id", "provider", "name", "state", "whose", "next_run_at as nextRunAt"])
    .select("disconnected_at as disconnectedAt")
    .select((eb) =>
      eb
        .selectFrom("runs")
        .select("runs.id")
        .where("runs.account_id", "=", scope.account.id)
        .whereRef("runs.connector_id", "=", "connectors.id")
        .orderBy("runs.created_at", "desc")
        .orderBy("runs.id", "desc")
        .limit(1)
        .as("lastRunId"),
    )
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is", null)
    .limit(MOST)
    .execute();
  const runs = await listRunsById(
    scope,
    rows.flatMap(({ lastRunId }) => lastRunId ?? []),
  );
  return rows
    .map(({ lastRunId, state, disconnectedAt, ...row }) => ({
      ...{ ...row, state: shownState({ state, disconnectedAt }) },
      lastRun: runs.find(({ id }) => id === lastRunId) ?? null,
    }))
    .sort((one, other) => one.name.localeCompare(other.name, scope.place.locale) || (one.id < other.id ? -1 : 1));
}
