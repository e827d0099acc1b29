import { recordEvent } from "~/features/audit/audit.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import { type RunSchedule, runSchedule } from "~/features/connectors/schedule/run-schedule";
import { type ConnectorState } from "~/features/connectors/connector-state";
import "~/features/connectors/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface ScheduledConnector {
  id: string;
  name: string;
  state: ConnectorState;
  schedule: RunSchedule;
  /** False: nobody has said yet when it is to run. */
  isChosen: boolean;
  /** Null: not by itself. */
  nextRunAt: string | null;
  version: number;
}

const columns = ["id", "name", "state", "schedule", "next_run_at", "version"] as const;

function connectorsOf(scope: Scope) {
  return scope.db
    .selectFrom("connectors")
    .select(columns)
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is", null);
}

type Row = Awaited<ReturnType<ReturnType<typeof connectorsOf>["executeTakeFirstOrThrow"]>>;

function toScheduled({ schedule, next_run_at: nextRunAt, ...row }: Row): ScheduledConnector {
  const said = fromJson<object>(schedule);
  return { ...row, schedule: runSchedule.parse(said), isChosen: Object.keys(said).length > 0, nextRunAt };
}

export async function findScheduled(scope: Scope, connectorId: string): Promise<ScheduledConnector | null> {
  const row = await connectorsOf(scope).where("id", "=", connectorId).executeTakeFirst();
  return row ? toScheduled(row) : null;
}

/** By name. */
export async function listScheduled(scope: Scope): Promise<ScheduledConnector[]> {
  const rows = await connectorsOf(scope).orderBy("name").orderBy("id").execute();
  return rows.map(toScheduled);
}

export type ScheduleSaved = { ok: true } | { ok: false; reason: "not-found" | "changed" };

/** Saves when a connector runs and plans its next run. `version`: as the form was shown; another was saved since: "changed". */
export function saveSchedule(
  scope: Scope,
  connectorId: string,
  { schedule, version }: { schedule: RunSchedule; version: number },
): Promise<ScheduleSaved> {
  return inTransaction(scope, async (scope) => {
    const before = await connectorsOf(scope).where("id", "=", connectorId).$call(lockRows(scope)).executeTakeFirst();
    if (!before) return { ok: false, reason: "not-found" };
    if (before.version !== version) return { ok: false, reason: "changed" };
    await writeSchedule(scope, connectorId, schedule);
    await recordEvent(scope, { action: "connector.scheduled", subject: { connectorId } });
    return { ok: true };
  });
}

/** The same for several at once; those that are not there (any more) are left out. Returns how many there were. */
export function saveScheduleOfMany(
  scope: Scope,
  connectorIds: readonly string[],
  schedule: RunSchedule,
): Promise<{ saved: number }> {
  return inTransaction(scope, async (scope) => {
    if (connectorIds.length === 0) return { saved: 0 };
    const found = await connectorsOf(scope)
      .where("id", "in", [...connectorIds])
      .orderBy("id")
      .$call(lockRows(scope))
      .execute();
    for (const { id } of found) await writeSchedule(scope, id, schedule);
    if (found.length > 0)
      await recordEvent(scope, { action: "connectors.scheduled", counts: { connectors: found.length } });
    return { saved: found.length };
  });
}

async function writeSchedule(scope: Scope, connectorId: string, schedule: RunSchedule): Promise<void> {
  await scope.db
    .updateTable("connectors")
    .set((eb) => ({
      schedule: toJson({ ...schedule }),
      changed_at: scope.clock.now(),
      version: eb("version", "+", 1),
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
  await planNext(scope, connectorId);
}
