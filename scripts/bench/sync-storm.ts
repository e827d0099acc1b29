/** How much longer a firm's reading takes while the source of another firm answers to everything that it is asked too much. */
import { setTimeout as wait } from "node:timers/promises";
import { tasks } from "../../jobs/catalogue";
import { jobFiles } from "../../jobs/job-files";
import { type Bench, figure, median } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { type BenchSource, connectGoogle, startSource } from "./sync-source";
import { subjects } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { startSync } from "~/features/connectors/runs/start-sync.server";
import { startQueueWorker } from "~/platform/queue/worker.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";
import { type Scope } from "~/platform/scope.server";

const POLL_MS = 10;
const ROUNDS = 5;

interface Firm {
  scope: Scope;
  connectorId: string;
  source: BenchSource;
}

export const syncStorm: Bench = async (options) => {
  const { world, installation, close } = await openBenchWorld(options);
  const firm = async (contacts: number): Promise<Firm> => {
    const [scope, source] = [await openFirm(installation), await startSource(contacts)];
    return { scope, source, connectorId: await connectGoogle(scope, source) };
  };
  const [calm, stormy] = [await firm(options.quick ? 2_000 : 20_000), await firm(500)];
  const sourceOf = new Map([calm, stormy].map(({ scope, source }) => [scope.account.id, source]));
  const syncConnector = async ({ accountId, runId }: TaskPayloads["sync_connector"], context: JobContext) => {
    const source = sourceOf.get(accountId);
    if (!source) throw new Error("There is no such firm");
    await continueSync(await systemScope(context, accountId), runId, { subjects, ...source, signal: context.signal });
  };
  const jobs = { ...jobFiles, sync_connector: syncConnector };
  const worker = await startQueueWorker(world, { catalogue: tasks, jobs });
  try {
    await read(calm);
    let isStorm = false;
    const storming = storm(stormy, () => isStorm);
    const timedIn = async (weather: "storm" | "calm") => {
      isStorm = weather === "storm";
      await stormy.source.tell({ storm: isStorm });
      // Who was told "later" comes back once more.
      await wait(1_500);
      return read(calm);
    };
    const times: { storm: number[]; calm: number[] } = { storm: [], calm: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.storm.push(await timedIn("storm"));
      times.calm.push(await timedIn("calm"));
    }
    await storming.end();
    const [inStorm, inCalm] = [median(times.storm), median(times.calm)];
    options.say(`in the storm ${inStorm} ms, without ${inCalm} ms`);
    return { "sync.storm": figure(inStorm / inCalm, "× the same in calm weather", 1.2) };
  } finally {
    await worker.stop();
    for (const { source } of [calm, stormy]) source.close();
    await close();
  }
};

/** Milliseconds from the start of a reading of everything to its end, as the worker does it. */
async function read({ scope, connectorId, source }: Firm): Promise<number> {
  const began = performance.now();
  const started = await startSync(scope, connectorId, { mode: "whole", doors: source.doors });
  if (!started.ok) throw new Error(started.reason);
  for (;;) {
    const { state } = await runRow(scope, started.runId);
    if (state === "done") return Math.round(performance.now() - began);
    if (state !== "queued" && state !== "running") throw new Error(`The run ended as ${state}`);
    await wait(POLL_MS);
  }
}

function runRow(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("runs")
    .select("state")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
}

/** A run that is told "later" every second; when it has given up, the next. */
function storm({ scope, connectorId, source }: Firm, isOn: () => boolean): { end(): Promise<void> } {
  let isOver = false;
  const over = (async () => {
    while (!isOver) {
      if (isOn()) await startSync(scope, connectorId, { mode: "whole", doors: source.doors });
      await wait(200);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await over;
    },
  };
}
