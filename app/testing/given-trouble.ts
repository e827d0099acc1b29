/** A small system that is read, and runs that are worked at once: for tests of what goes wrong. */
import { sql } from "kysely";
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import "~/platform/queue/tables";
import { type Scope } from "~/platform/scope.server";
import { type databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { connected } from "~/testing/given-syncs";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

export const never = new AbortController().signal;
const person = (n: number) => ({ given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` });

export async function eightPeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 8; n++) system.put("people", `p${n}`, person(n));
  return { scope, system, connectorId: await connected(scope) };
}

/** Starts a run and works at it once, as a job does. */
export async function begun(scope: Scope, connectorId: string, system: SmallSystem): Promise<string> {
  const started = await startSync(scope, connectorId, { doors: system.doors });
  if (!started.ok) throw new Error(started.reason);
  await work(scope, started.runId, system);
  return started.runId;
}

export const work = (scope: Scope, runId: string, { doors }: SmallSystem) =>
  continueSync(scope, runId, { subjects, doors, signal: never });

/** As when a worker died as often as it was tried. */
export async function forgetJobs({ database, account }: Scope): Promise<void> {
  const key = `%${account.id}%`;
  const forgetting = {
    sqlite: sql`delete from jobs where job_key like ${key}`,
    postgres: sql`delete from graphile_worker._private_jobs where key like ${key}`,
  };
  await forgetting[database.dialect].execute(database.unguarded);
}

export const stateOf = async (scope: Scope, id: string) =>
  (
    await scope.db
      .selectFrom("connectors")
      .select("state")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).state;
