/** Imports a file, or goes on with an import from where it stood, in the name of whoever started it. */
import { subjects } from "~/composition.server";
import { accountScope, systemScope } from "~/features/accounts/account-scope.server";
import { findActor } from "~/features/accounts/members.server";
import { can } from "~/features/accounts/rights";
import { continueRun, RunStopped } from "~/features/pipeline/run/continue-run.server";
import { giveUpRun } from "~/features/pipeline/run/give-up-run.server";
import { findStarter } from "~/features/pipeline/run/runs.server";
import { type Scope } from "~/platform/scope.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function runImport({ accountId, runId }: TaskPayloads["run_import"], context: JobContext) {
  const system = await systemScope(context, accountId);
  const starter = await findStarter(system, runId);
  const mayGoOn = async (scope: Scope) => {
    const actor = starter && (await findActor(scope, starter.id));
    if (!starter || (actor && can(accountScope(context, system.account, actor), "contacts.import"))) return;
    throw new RunStopped(`${starter.name} may no longer import contacts here.`);
  };
  const scope = { ...system, user: starter };
  try {
    // Asked with every batch: people leave, and roles change.
    await continueRun(scope, subjects, runId, { signal: context.signal, mayGoOn });
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpRun(scope, subjects, runId);
    throw error;
  }
}
