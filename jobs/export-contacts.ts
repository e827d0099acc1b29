/** Makes a list of contacts into a file, as whoever asked for it sees the list now. */
import { accountScope, systemScope } from "~/features/accounts/account-scope.server";
import { findActor } from "~/features/accounts/members.server";
import { can } from "~/features/accounts/rights";
import { findAsker, giveUpExport, makeExport } from "~/features/contacts/export/make-export.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function exportContacts(
  { accountId, exportId }: TaskPayloads["export_contacts"],
  context: JobContext,
) {
  const system = await systemScope(context, accountId);
  const asker = await findAsker(system, exportId);
  if (!asker) return;
  // Asked again whenever the work is taken up: people leave, and roles change.
  const actor = await findActor(system, asker.id);
  const scope = actor && accountScope(context, system.account, actor);
  if (!scope || !can(scope, "contacts.export")) {
    return giveUpExport(system, exportId, `${asker.name} may no longer export contacts here.`);
  }
  try {
    await makeExport(scope, exportId, context.signal);
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpExport(scope, exportId);
    throw error;
  }
}
