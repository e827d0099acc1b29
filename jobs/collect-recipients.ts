/** Puts contacts on a campaign's list, in the name of whoever asked, and goes on from where it stood. */
import { accountScope, systemScope } from "~/features/accounts/account-scope.server";
import { findActor } from "~/features/accounts/members.server";
import { can } from "~/features/accounts/rights";
import { continueAddition } from "~/features/campaigns/recipients/add-recipients.server";
import { findAdditionAsker, giveUpAddition } from "~/features/campaigns/recipients/give-up-addition.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function collectRecipients(
  { accountId, additionId }: TaskPayloads["collect_recipients"],
  context: JobContext,
) {
  const system = await systemScope(context, accountId);
  const asker = await findAdditionAsker(system, additionId);
  if (!asker) return;
  // Asked again whenever the work is taken up: people leave, and roles change.
  const actor = await findActor(system, asker.id);
  const scope = actor && accountScope(context, system.account, actor);
  if (!scope || !can(scope, "campaigns.write")) {
    return giveUpAddition({ ...system, user: asker }, additionId, `${asker.name} may no longer change campaigns here.`);
  }
  try {
    await continueAddition(scope, additionId, context.signal);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpAddition(scope, additionId);
    throw error;
  }
}
