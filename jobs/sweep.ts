/** Removes what has had its time. Each feature knows what of its own that is. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { listAccounts } from "~/features/accounts/accounts.server";
import { removeExpiredSignIns } from "~/features/sign-in/expired.server";
import { sweepUnfinishedFiles } from "~/platform/files.server";
import { tidyQueue } from "~/platform/queue/queue-health.server";
import { type JobContext } from "~/platform/queue/tasks";
import { DAY_MS, later } from "~/platform/time";

export default async function sweep(_payload: unknown, context: JobContext): Promise<void> {
  await tidyQueue(context);
  await removeExpiredSignIns(context);
  for (const account of await listAccounts(context)) {
    context.signal.throwIfAborted();
    await sweepUnfinishedFiles(await systemScope(context, account.id), later(context.clock.now(), -DAY_MS));
  }
}
