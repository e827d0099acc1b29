/** Removes what has had its time. Each feature knows what of its own that is. */
import { connectorDoors, fileClaims, subjects, tidyMachine, undoing } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { accountIds } from "~/features/accounts/accounts.server";
import { giveUpAbandonedUndos } from "~/features/changes/give-up-undo.server";
import { removeDeleted } from "~/features/contacts/deletion/remove-contacts.server";
import { sweepExports } from "~/features/contacts/export/make-export.server";
import { sweepPrints } from "~/features/campaigns/letters/make-print.server";
import { forgetContacts } from "~/features/campaigns/recipients/forget-contacts.server";
import { sweepAdditions } from "~/features/campaigns/recipients/give-up-addition.server";
import { sweepCampaigns } from "~/features/campaigns/save-campaign.server";
import { sweepBulk } from "~/features/contacts/bulk/give-up-bulk.server";
import { sweepViews } from "~/features/contacts/views/saved-views.server";
import { sweepConnectors } from "~/features/connectors/sweep-connectors.server";
import { removeExpiredRequests } from "~/features/connectors/access/oauth-requests.server";
import { forgetNamed } from "~/features/pipeline/corrections/named-in-refusals.server";
import { discardOldDrafts } from "~/features/pipeline/draft/draft-run.server";
import { sweepNotices } from "~/features/notices/notices.server";
import { giveUpAbandonedRuns } from "~/features/pipeline/run/give-up-run.server";
import { giveUpAbandonedTrials } from "~/features/pipeline/trial/continue-trial.server";
import { sweepReconciliations } from "~/features/reconciliation/sweep-reconciliations.server";
import { removeExpiredSignIns } from "~/features/sign-in/expired.server";
import { sweepUnclaimedFiles, sweepUnfinishedFiles } from "~/platform/sweep-files.server";
import { sweepMails, sweepMailsOf } from "~/platform/mail/mail-log.server";
import { tidyQueue } from "~/platform/queue/queue-health.server";
import { type JobContext } from "~/platform/queue/tasks";
import { DAY_MS, HOUR_MS, later } from "~/platform/time";

const DRAFT_KEPT_MS = 30 * DAY_MS;

export default async function sweep(_payload: unknown, context: JobContext): Promise<void> {
  for (const sweepOne of [tidyQueue, removeExpiredSignIns, removeExpiredRequests, sweepMails]) await sweepOne(context);
  await tidyMachine(context.env);
  const failures: unknown[] = [];
  for await (const accountId of accountIds(context)) {
    context.signal.throwIfAborted();
    // What is wrong with one account must not keep the others from being swept.
    await sweepAccount(context, accountId).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} accounts could not be swept`);
}

async function sweepAccount(context: JobContext, accountId: string): Promise<void> {
  const scope = await systemScope(context, accountId);
  await sweepUnfinishedFiles(scope, later(context.clock.now(), -DAY_MS));
  await sweepUnclaimedFiles(scope, fileClaims, later(context.clock.now(), -HOUR_MS));
  await discardOldDrafts(scope, later(context.clock.now(), -DRAFT_KEPT_MS));
  await giveUpAbandonedRuns(scope, subjects);
  await sweepConnectors(scope, { subjects, doors: connectorDoors(context.env) });
  await giveUpAbandonedTrials(scope);
  await sweepReconciliations(scope);
  await giveUpAbandonedUndos(scope, undoing);
  for (const sweepOne of [sweepExports, sweepViews, sweepBulk]) await sweepOne(scope);
  for (const sweepOne of [sweepAdditions, sweepCampaigns, sweepPrints]) await sweepOne(scope);
  await removeDeleted(scope, context.signal, { before: forgetNamed, along: forgetContacts });
  await sweepNotices(scope);
  await sweepMailsOf(context, { id: accountId, keptDays: scope.account.retentionDays });
}
