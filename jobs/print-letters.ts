/** Makes a file of letters, or marks those of it as printed, in the name of whoever asked for that. */
import { accountScope, systemScope } from "~/features/accounts/account-scope.server";
import { findActor } from "~/features/accounts/members.server";
import { can } from "~/features/accounts/rights";
import { findPrinter, giveUpPrint, makePrint } from "~/features/campaigns/letters/make-print.server";
import { continueMarking } from "~/features/campaigns/letters/mark-printed.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function printLetters(
  { accountId, runId }: TaskPayloads["print_letters"],
  context: JobContext,
): Promise<void> {
  const system = await systemScope(context, accountId);
  const printer = await findPrinter(system, runId);
  if (!printer) return;
  // Asked again whenever the work is taken up: people leave, and roles change.
  const actor = await findActor(system, printer.id);
  const scope = actor && accountScope(context, system.account, actor);
  // What somebody said is printed is printed, wherever they are now.
  await continueMarking(scope ?? { ...system, user: printer }, runId, context.signal);
  if (!scope || !can(scope, "campaigns.write")) {
    return giveUpPrint(system, runId, `${printer.name} may no longer change campaigns here.`);
  }
  try {
    await makePrint(scope, runId, { origin: context.env.appOrigin, signal: context.signal });
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpPrint(scope, runId);
    throw error;
  }
}
