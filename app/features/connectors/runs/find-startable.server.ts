import "~/features/connectors/tables";
import { isRunning } from "~/features/connectors/runs/start-sync.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

export interface Startable {
  id: string;
  /** As it is called now. */
  name: string;
  provider: string;
  /** It is on or paused, and not at work. */
  canStart: boolean;
  /** Records of which the newest version was not taken. */
  refused: number;
}

/** A connector, for the page of one of its runs: whether another one could begin. Null: there is none (any more). */
export async function findStartable(scope: Scope, connectorId: string): Promise<Startable | null> {
  const row = await scope.db
    .selectFrom("connectors")
    .select(["connectors.id", "connectors.name", "connectors.provider", "connectors.state"])
    .select((eb) =>
      eb
        .selectFrom("source_records as source")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("source.account_id", "=", scope.account.id)
        .where("source.connector_id", "=", connectorId)
        .where("source.state", "=", "refused")
        .as("refused"),
    )
    .where("connectors.account_id", "=", scope.account.id)
    .where("connectors.id", "=", connectorId)
    .where("connectors.deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const { refused, state, ...connector } = row;
  const isOpen = state === "on" || state === "paused";
  return { ...connector, refused: Number(refused ?? 0), canStart: isOpen && !(await isRunning(scope, connectorId)) };
}
