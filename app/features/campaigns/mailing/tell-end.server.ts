import "~/features/campaigns/tables";
import { notify } from "~/features/notices/notify.server";
import { type Scope } from "~/platform/scope.server";

/** Tells whoever had it sent, and whoever looks after the campaign, that all are through or that it stopped. */
export async function tellEnd(
  scope: Scope,
  campaignId: string,
  { state, askedBy }: { state: "done" | "stopped"; askedBy: string | null },
): Promise<void> {
  const campaign = await scope.db
    .selectFrom("campaigns")
    .select(["name", "owner_id", "reached", "failed", "unknown"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .executeTakeFirst();
  if (!campaign) return;
  const { name, owner_id: ownerId, reached, failed, unknown } = campaign;
  await notify(scope, {
    userIds: [...new Set([askedBy, ownerId].flatMap((id) => (id === null ? [] : [id])))],
    kind: "mailing-ended",
    // It may stop and go on several times.
    eventKey: `mailing:${campaignId}:${state}:${scope.clock.now()}`,
    subject: { campaignId, name, state, reached, failed, unknown },
  });
}
