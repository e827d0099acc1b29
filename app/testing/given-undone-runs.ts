/** A connector of the small system whose runs are undone and redone. */
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { type Scope } from "~/platform/scope.server";
import { MINUTE_MS } from "~/platform/time";
import { type databases } from "~/testing/databases";
import { given, type TestClock, testClock } from "~/testing/given";
import { connected, synced } from "~/testing/given-syncs";
import { type SmallSystem, smallSystem } from "~/testing/small-system";

export const person = (n: number) => ({ given: "Folasade", family: `Adebayo ${n}`, email: `f.${n}@adebayo.example` });

export async function tenPeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  for (let n = 0; n < 10; n++) system.put("people", `p${n}`, person(n));
  system.put("companies", "c1", { name: "Brandt Holzbau GmbH" });
  const connectorId = await connected(scope);
  const first = await synced(scope, connectorId, system);
  return { scope, system, connectorId, first };
}

/** Of as many a job undoes and redoes what a run did. */
export async function manyPeople(engine: (typeof databases)[number]) {
  const scope = await given.scope(engine, "admin", { clock: testClock() });
  const system = smallSystem();
  system.pageSize = 100;
  for (let n = 0; n < 350; n++) system.put("people", `p${n}`, { ...person(n), worksFor: "c1" });
  system.put("companies", "c1", { name: "Brandt Holzbau GmbH" });
  return { scope, system, connectorId: await connected(scope) };
}

/** A run that waited, when its time has come. */
export async function goneOn(scope: Scope, runId: string, { doors }: SmallSystem): Promise<void> {
  (scope.clock as TestClock).advance(2 * MINUTE_MS);
  await continueSync(scope, runId, { subjects, doors, signal: new AbortController().signal });
}
