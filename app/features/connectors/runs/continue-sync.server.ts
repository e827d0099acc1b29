import { type Doors } from "~/features/connectors/runs/doors";
import { endingOf, type RunEnding } from "~/features/connectors/runs/run-end.server";
import { sourceOf } from "~/features/connectors/runs/run-source.server";
import { goOnErasing } from "~/features/connectors/runs/save-selection.server";
import { SYNC_TASK } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { continueSourcedRun } from "~/features/pipeline/sourced/continue-sourced-run.server";
import { endSourcedRun, type SourcedEnd } from "~/features/pipeline/sourced/end-sourced-run.server";
import { openSourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { type RecordSource } from "~/features/pipeline/sourced/source";
import { type Subjects } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";

interface Syncing {
  subjects: Subjects;
  doors: Doors;
}

/** Carries a run of a connector on, to its end or until its source wants it to come back. */
export async function continueSync(
  scope: Scope,
  runId: string,
  { subjects, doors, signal }: Syncing & { signal: AbortSignal },
): Promise<void> {
  const found = await findSource(scope, runId, doors);
  if (found?.source) return continueSourcedRun(scope, subjects, runId, { source: found.source, signal });
  if (found) await endNow(scope, runId, { subjects, ending: found.ending, end: notOffered });
}

const notOffered: SourcedEnd = {
  state: "failed",
  problem: "What this connector reads from is not offered here any more.",
};

const OUR_FAULT =
  "The run stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";

/** Ends a run that was tried as often as it should be. Its page says so, with the reference under which the log says why. */
export async function giveUpSync(scope: Scope, runId: string, { subjects, doors }: Syncing): Promise<void> {
  const found = await findSource(scope, runId, doors);
  const ourFault: SourcedEnd = { state: "failed", problem: OUR_FAULT, reference: scope.requestId };
  const end = found?.source ? ourFault : notOffered;
  if (found) await endNow(scope, runId, { subjects, ending: found.ending, end });
}

interface Ending {
  subjects: Subjects;
  ending: RunEnding;
  end: SourcedEnd;
}

async function endNow(scope: Scope, runId: string, { subjects, ending, end }: Ending): Promise<void> {
  const run = await openSourcedRun(scope, subjects, runId);
  if (run) await endSourcedRun(scope, run, ending, end);
}

/** What workers left behind that died: runs are given up that no job will ever go on with, and erasing goes on. */
export async function tidyRuns(scope: Scope, syncing: Syncing): Promise<void> {
  await giveUpAbandoned(scope, syncing);
  await goOnErasing(scope);
}

async function giveUpAbandoned(scope: Scope, syncing: Syncing): Promise<void> {
  const runs = await scope.db
    .selectFrom("runs")
    .select(["id", "connector_id"])
    .where("account_id", "=", scope.account.id)
    .where("source", "=", "connector")
    .where("state", "in", ["queued", "running"])
    .execute();
  for (const { id, connector_id } of runs) {
    if (!(await isAwaited(scope, SYNC_TASK, connector_id ?? ""))) await giveUpSync(scope, id, syncing);
  }
}

interface Found {
  ending: RunEnding;
  /** Null: its provider is not offered any more. */
  source: RecordSource | null;
}

/** Null: there is no such run of a connector. */
async function findSource(scope: Scope, runId: string, doors: Doors): Promise<Found | null> {
  const row = await scope.db
    .selectFrom("runs")
    .innerJoin("connectors", (join) =>
      join.onRef("connectors.account_id", "=", "runs.account_id").onRef("connectors.id", "=", "runs.connector_id"),
    )
    .select(["connectors.id", "connectors.provider", "connectors.selection", "runs.settings"])
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.id", "=", runId)
    .executeTakeFirst();
  if (!row) return null;
  const ending = endingOf(row.id);
  const provider = doors.providers.get(row.provider);
  if (!provider) return { ending, source: null };
  const settings = readSourcedSettings(row.settings);
  return { ending, source: sourceOf(scope, { connector: row, provider, settings, doors }) };
}
