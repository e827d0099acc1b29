/** Changes many contacts, or looks up which are meant, in the name of whoever asked, and goes on from where it stood. */
import { accountScope, systemScope } from "~/features/accounts/account-scope.server";
import { findActor } from "~/features/accounts/members.server";
import { can } from "~/features/accounts/rights";
import { continueCollecting } from "~/features/contacts/bulk/collect-bulk.server";
import { continueBulk } from "~/features/contacts/bulk/continue-bulk.server";
import { findBulkAsker, giveUpBulk } from "~/features/contacts/bulk/give-up-bulk.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function changeContacts(
  { accountId, bulkId }: TaskPayloads["change_contacts"],
  context: JobContext,
) {
  const system = await systemScope(context, accountId);
  const asker = await findBulkAsker(system, bulkId);
  if (!asker) return;
  // Asked again whenever the work is taken up: people leave, and roles change.
  const actor = await findActor(system, asker.id);
  const scope = actor && accountScope(context, system.account, actor);
  if (!scope || !can(scope, "contacts.write")) {
    return giveUpBulk({ ...system, user: asker }, bulkId, `${asker.name} may no longer change contacts here.`);
  }
  try {
    await continueCollecting(scope, bulkId, context.signal);
    await continueBulk(scope, bulkId, context.signal);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpBulk(scope, bulkId);
    throw error;
  }
}
