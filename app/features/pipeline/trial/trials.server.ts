import { hash } from "node:crypto";
import { type Selectable } from "kysely";
import { listRules } from "~/features/pipeline/own-rules/own-rules.server";
import { readRunSettings } from "~/features/pipeline/draft/run-settings.server";
import "~/features/pipeline/tables";
import { type TrialResult, type TrialState } from "~/features/pipeline/trial/trial";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { type Tables } from "~/platform/db/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

/** The trial of an import: asked for, found, forgotten. It holds for the settings and the file that it was made with. */

export const TRIAL_TASK = "try_import";
/** Beside the queue of imports: a trial need not wait for another file to be stored. */
const QUEUE = "import-trial";
/** With the queue's back-off some three minutes: somebody is waiting for it. */
const TRIAL_ATTEMPTS = 5;

export interface TrialFacts {
  state: TrialState;
  total: number | null;
  read: number;
  startedAt: string | null;
  finishedAt: string | null;
  result: TrialResult | null;
  digest: string | null;
  problem: string | null;
  problemReference: string | null;
}

const columns = [
  "trials.state",
  "trials.total_count",
  "trials.read_count",
  "trials.started_at",
  "trials.finished_at",
  "trials.result",
  "trials.rows_digest",
  "trials.problem",
  "trials.problem_reference",
  "trials.settings_hash",
] as const;

type Run = Selectable<Tables["runs"]>;

type SetUp = Pick<Run, "settings" | "file_id" | "subject"> & { run_state: Run["state"] };

export const setUpColumns = ["runs.settings", "runs.file_id", "runs.subject", "runs.state as run_state"] as const;

/** What the settings of a run come to, its file and the account's own rules among them: a draft goes by those of now. */
export async function settingsHash(
  scope: Scope,
  { settings, file_id: fileId, subject, run_state: state }: SetUp,
): Promise<string> {
  const { ownRules: atStart = [], ...kept } = readRunSettings(settings);
  const ownRules = state === "draft" ? await listRules(scope, subject) : atStart;
  return hash("sha256", `${fileId}\n${toJson({ ...kept, ownRules })}`, "hex");
}

/** The trial of a run as it is set up now; null where there is none, or only one of other settings. */
export async function findTrial(scope: Scope, runId: string): Promise<TrialFacts | null> {
  const row = await scope.db
    .selectFrom("trials")
    .innerJoin("runs", (join) =>
      join.onRef("runs.account_id", "=", "trials.account_id").onRef("runs.id", "=", "trials.run_id"),
    )
    .select(columns)
    .select(setUpColumns)
    .where("trials.account_id", "=", scope.account.id)
    .where("trials.run_id", "=", runId)
    .executeTakeFirst();
  if (!row || row.settings_hash !== (await settingsHash(scope, row))) return null;
  return {
    state: row.state,
    total: row.total_count,
    read: row.read_count,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    result: row.result === null ? null : fromJson<TrialResult>(row.result),
    digest: row.rows_digest,
    problem: row.problem,
    problemReference: row.problem_reference,
  };
}

/** Asks for the trial of a draft by a job; one that is there is forgotten. Not ok where there is no such draft. */
export function askForTrial(scope: Scope, runId: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    const begun = await putTrial(scope, runId, { state: "queued" });
    if (!begun) return { ok: false };
    await enqueue(
      scope,
      TRIAL_TASK,
      { accountId: scope.account.id, runId },
      { jobKey: runId, queueName: QUEUE, maxAttempts: TRIAL_ATTEMPTS },
    );
    return { ok: true };
  });
}

interface NewTrial {
  state: TrialState;
  total_count?: number;
  read_count?: number;
  started_at?: string;
  finished_at?: string;
  result?: string;
  rows_digest?: string;
  problem?: string;
}

/** Writes the trial of a draft over the one that is there. Whoever is at work on that one can write no more. */
export async function putTrial(scope: Scope, runId: string, trial: NewTrial): Promise<boolean> {
  const run = await scope.db
    .selectFrom("runs")
    .select(setUpColumns)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "=", "draft")
    .executeTakeFirst();
  if (!run) return false;
  const nothing = { total_count: null, started_at: null, finished_at: null, result: null, rows_digest: null };
  const fresh = { ...nothing, read_count: 0, problem: null, problem_reference: null, asked_at: scope.clock.now() };
  const row = { ...fresh, ...trial, settings_hash: await settingsHash(scope, run) };
  await scope.db
    .insertInto("trials")
    .values({ account_id: scope.account.id, run_id: runId, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "run_id"])
        .doUpdateSet((eb) => ({ ...row, lease_epoch: eb("trials.lease_epoch", "+", 1) })),
    )
    .execute();
  return true;
}

/** What a trial tells by name: once the import has been started only its numbers are of use. */
export async function forgetSamples(scope: Scope, runId: string, told: TrialResult): Promise<void> {
  const rules = told.rules.map((rule) => ({ ...rule, reason: "" }));
  await scope.db
    .updateTable("trials")
    .set({ result: toJson({ ...told, changes: [], refusals: [], rules } as unknown as Json) })
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .execute();
}
