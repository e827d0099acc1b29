import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

export interface Startable {
  id: string;
  /** As it is called now. */
  name: string;
  provider: string;
  /** Its runs are all there is of it. */
  isDeleted: boolean;
  /** It is on or paused, and not at work. */
  canStart: boolean;
  /** The newest of its runs. */
  lastRunId: string | null;
  /** Records of which the newest version was not taken. */
  refused: number;
}

/** A connector, for the page of one of its runs: whether another one could begin. Null: there is none. */
export async function findStartable(scope: Scope, connectorId: string): Promise<Startable | null> {
  const row = await scope.db
    .selectFrom("connectors")
    .select(["connectors.id", "connectors.name", "connectors.provider", "connectors.state", "connectors.deleted_at"])
    .select((eb) => [
      eb
        .selectFrom("source_records as source")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("source.account_id", "=", scope.account.id)
        .where("source.connector_id", "=", connectorId)
        .where("source.state", "=", "refused")
        .as("refused"),
      eb
        .selectFrom("runs as open")
        .select("open.id")
        .where("open.account_id", "=", scope.account.id)
        .where("open.connector_id", "=", connectorId)
        .where("open.state", "in", ["queued", "running"])
        .limit(1)
        .as("openRunId"),
      eb
        .selectFrom("runs as last")
        .select("last.id")
        .where("last.account_id", "=", scope.account.id)
        .where("last.connector_id", "=", connectorId)
        .orderBy("last.created_at", "desc")
        .orderBy("last.id", "desc")
        .limit(1)
        .as("lastRunId"),
    ])
    .where("connectors.account_id", "=", scope.account.id)
    .where("connectors.id", "=", connectorId)
    .executeTakeFirst();
  if (!row) return null;
  const { id, name, provider, state, lastRunId } = row;
  const isDeleted = row.deleted_at !== null;
  const canStart = !isDeleted && (state === "on" || state === "paused") && row.openRunId === null;
  return { ...{ id, name, provider, isDeleted, canStart, lastRunId }, refused: Number(row.refused ?? 0) };
}
