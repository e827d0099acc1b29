/** What becomes of additions that cannot go on. */
import { lockCampaignOf } from "~/features/campaigns/campaign-row.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope, type UserFacts } from "~/platform/scope.server";

const OUR_FAULT = "It stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";

/** Who asked for it. */
export async function findAdditionAsker(scope: Scope, additionId: string): Promise<UserFacts | null> {
  if (!isId(additionId)) return null;
  const row = await scope.db
    .selectFrom("recipient_additions as addition")
    .innerJoin("users", "users.id", "addition.asked_by")
    .select(["users.id", "users.name", "users.email"])
    .where("addition.account_id", "=", scope.account.id)
    .where("addition.id", "=", additionId)
    .executeTakeFirst();
  return row ?? null;
}

/** Ends it with the reason that the campaign's page shows. Whoever is on the list by then stays. */
export function giveUpAddition(scope: Scope, additionId: string, problem?: string): Promise<void> {
  return inTransaction(scope, async (scope) => {
    await lockCampaignOf(scope, additionId);
    const row = await scope.db
      .updateTable("recipient_additions")
      .set({
        state: "failed",
        finished_at: scope.clock.now(),
        problem: problem ?? OUR_FAULT,
        problem_reference: problem === undefined ? scope.requestId : null,
      })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", additionId)
      .where("state", "=", "collecting")
      .returning("campaign_id")
      .executeTakeFirst();
    if (row) await countRecipients(scope, row.campaign_id);
  });
}

/** Gives up what no job will go on with. Not within a transaction. */
export async function sweepAdditions(scope: Scope): Promise<void> {
  const rows = await scope.db
    .selectFrom("recipient_additions")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("state", "=", "collecting")
    .execute();
  for (const { id } of rows) {
    if (!(await isAwaited(scope, "collect_recipients", id))) await giveUpAddition(scope, id);
  }
}
