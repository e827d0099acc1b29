import "~/features/pipeline/tables";
import { say } from "~/features/pipeline/run/open-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { isUnread, mustAsk, toldNumbers, type TrialResult } from "~/features/pipeline/trial/trial";
import { beforeSentence, cameBefore } from "~/features/pipeline/trial/came-before.server";
import { findTrial, forgetSamples, type TrialFacts } from "~/features/pipeline/trial/trials.server";
import { toldSentence } from "~/features/pipeline/trial/trial-words";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** Starts an import of which everybody knows what it would do: after the trial of its file, as it is set up now. */

export type StartRefusal = "not-checked" | "no-rows" | "unconfirmed";

export type StartOutcome = { ok: true } | { ok: false; reason: "not-a-draft" | StartRefusal };

/**
 * `confirmed`: the numbers that the person has seen and ticked (`toldNumbers`). Not a draft: it has been started already,
 * or was never there.
 */
export function startChecked(scope: Scope, runId: string, { confirmed }: { confirmed: string | null }) {
  return inTransaction(scope, async (scope): Promise<StartOutcome> => {
    const draft = await lockDraft(scope, runId);
    if (!draft) return { ok: false, reason: "not-a-draft" };
    const trial = await findTrial(scope, runId);
    const reason = refusalOf(trial, scope.account.importAskPercent, confirmed);
    if (reason) return { ok: false, reason };
    await startRun(scope, runId);
    if (trial?.result) {
      await sayWhatWasTold(scope, draft, { ...trial, result: trial.result });
      await forgetSamples(scope, runId, trial.result);
    }
    return { ok: true };
  });
}

/** Nobody saves other settings between the look at its trial and the start. On SQLite nobody can. */
async function lockDraft(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("runs")
    .select(["id", "file_id as fileId"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "=", "draft")
    .$call(lockRows(scope))
    .executeTakeFirst();
}

function refusalOf(trial: TrialFacts | null, askPercent: number, confirmed: string | null): StartRefusal | null {
  if (trial?.state !== "done" || !trial.result) return "not-checked";
  if (isUnread(trial.result)) return "no-rows";
  return mustAsk(trial.result, askPercent) && confirmed !== toldNumbers(trial.result) ? "unconfirmed" : null;
}

/** In the run's log, beside what it then does. */
async function sayWhatWasTold(
  scope: Scope,
  run: { id: string; fileId: string | null },
  trial: TrialFacts & { result: TrialResult },
): Promise<void> {
  const { locale } = scope.account;
  const before = await cameBefore(scope, run, trial);
  const place = { ...scope.place, locale };
  await say(
    scope,
    run.id,
    toldSentence(trial.result.counts, locale),
    ...(before ? [beforeSentence(before, place)] : []),
  );
}
