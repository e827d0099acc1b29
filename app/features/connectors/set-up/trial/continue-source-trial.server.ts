import { type Doors } from "~/features/connectors/runs/doors";
import { sourceOf } from "~/features/connectors/runs/run-source.server";
import { lockConnector, settingsOf } from "~/features/connectors/runs/start-sync.server";
import { enqueueTrial, TRY_TASK } from "~/features/connectors/set-up/trial/source-trials.server";
import "~/features/connectors/tables";
import { rehearseRecords } from "~/features/pipeline/sourced/rehearse-records.server";
import { ReadingEnded } from "~/features/pipeline/sourced/source";
import { pauseMs } from "~/features/pipeline/sourced/wait-for-source.server";
import { type Subjects } from "~/features/pipeline/subject";
import { type Json, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

/** Makes the trial of a connector by a job, which a kill only makes begin anew. */

/** Of each stream: enough to see what is wrong, and read within a minute or two. */
export const MOST_TRIED = 1_000;
/** Somebody is waiting for it: after some minutes they are told. */
const MOST_WAITS = 4;

const OUR_FAULT =
  "The trial stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference, or try again.";

/** It was asked for anew, or cancelled: whatever this one finds is of no use. */
class TrialForgotten extends Error {
  override name = "TrialForgotten";
}

interface Trying {
  subjects: Subjects;
  doors: Doors;
  signal: AbortSignal;
}

/** Makes a trial that was asked for, from the beginning. Nothing is left to do where nobody wants it any more. */
export async function continueSourceTrial(scope: Scope, connectorId: string, trying: Trying): Promise<void> {
  const opened = await open(scope, connectorId, trying.doors);
  if (!opened) return;
  try {
    await rehearse(scope, opened, trying);
    scope.log.info({}, "Trial of a connector ended");
  } catch (error) {
    if (!(error instanceof TrialForgotten)) throw error;
    scope.log.info({}, "Left a trial that nobody waits for any more");
  }
}

type Opened = NonNullable<Awaited<ReturnType<typeof open>>>;

/** @throws TrialForgotten */
async function rehearse(scope: Scope, { lease, waits, connector, provider, settings }: Opened, trying: Trying) {
  const { subjects, doors, signal } = trying;
  const source = sourceOf(scope, { connector, provider, settings, doors });
  const rehearsing = { connector, settings, source };
  const onRead = (records: number) => write(scope, lease, { read_count: records });
  try {
    const result = await rehearseRecords(scope, subjects, { ...rehearsing, signal, mostRecords: MOST_TRIED, onRead });
    const told = { state: "done" as const, result: toJson(result as unknown as Json) };
    await write(scope, lease, { ...told, finished_at: scope.clock.now() });
  } catch (error) {
    if (!(error instanceof ReadingEnded)) throw error;
    await stopped(scope, lease, waits, error);
  }
}

/** The source said "later", or why it cannot be read. */
async function stopped(scope: Scope, lease: Lease, waits: number, { message, why, waitMs }: ReadingEnded) {
  if (why !== "later" || waits >= MOST_WAITS) {
    await write(scope, lease, { state: "failed", problem: message, finished_at: scope.clock.now() });
    return;
  }
  const at = later(scope.clock.now(), pauseMs(waits, waitMs));
  await inTransaction(scope, async (scope) => {
    const words = {
      state: "queued" as const,
      waiting_until: at,
      waiting_why: message,
      waits: waits + 1,
      read_count: 0,
    };
    await write(scope, lease, words);
    await enqueueTrial(scope, lease.connectorId, at);
  });
}

interface Lease {
  connectorId: string;
  epoch: number;
}

function open(scope: Scope, connectorId: string, doors: Doors) {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    const provider = doors.providers.get(connector?.provider ?? "");
    if (!connector || !provider) return null;
    const trial = await scope.db
      .updateTable("connector_trials")
      .set((eb) => ({
        ...{ state: "running", read_count: 0, started_at: scope.clock.now(), waiting_until: null, waiting_why: null },
        lease_epoch: eb("lease_epoch", "+", 1),
      }))
      .where("account_id", "=", scope.account.id)
      .where("connector_id", "=", connectorId)
      .where("state", "in", ["queued", "running"])
      .returning(["lease_epoch", "waits"])
      .executeTakeFirst();
    if (!trial) return null;
    const settings = await settingsOf(scope, connector, { provider, isWhole: true });
    const lease = { connectorId, epoch: trial.lease_epoch };
    return { lease, waits: trial.waits, connector, provider, settings };
  });
}

interface Words {
  state?: "queued" | "done" | "failed";
  read_count?: number;
  waits?: number;
  waiting_until?: string;
  waiting_why?: string;
  result?: string;
  problem?: string;
  finished_at?: string;
}

/** @throws TrialForgotten where it is no longer this worker's. */
async function write(scope: Scope, { connectorId, epoch }: Lease, words: Words): Promise<void> {
  const trial = await scope.db
    .updateTable("connector_trials")
    .set(words)
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("lease_epoch", "=", epoch)
    .where("state", "=", "running")
    .returning("connector_id")
    .executeTakeFirst();
  if (!trial) throw new TrialForgotten("Nobody waits for it");
}

/** Ends a trial that was tried as often as it should be; it can be asked for again. */
export async function giveUpSourceTrial(scope: Scope, connectorId: string): Promise<void> {
  const told = { problem: OUR_FAULT, problem_reference: scope.requestId, finished_at: scope.clock.now() };
  await scope.db
    .updateTable("connector_trials")
    .set({ state: "failed", ...told })
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("state", "in", ["queued", "running"])
    .execute();
}

/** Gives up every trial of the account that counts as at work while no job will go on with it. Not within a transaction. */
export async function giveUpAbandonedSourceTrials(scope: Scope): Promise<void> {
  const trials = await scope.db
    .selectFrom("connector_trials")
    .select("connector_id")
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["queued", "running"])
    .execute();
  for (const { connector_id: connectorId } of trials) {
    if (!(await isAwaited(scope, TRY_TASK, connectorId))) await giveUpSourceTrial(scope, connectorId);
  }
}
