/** The commands that move a campaign on: begun, ended, taken up again. */
import { recordEvent } from "~/features/audit/audit.server";
import { type CampaignState } from "~/features/campaigns/campaign";
import { lockCampaign, writeCampaign } from "~/features/campaigns/campaign-row.server";
import { pauseMailing } from "~/features/campaigns/mailing/pause-mailing.server";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type StateResult =
  | { ok: true }
  /**
   * `nobody`: there is nobody to write to; `at-work`: contacts are still being put on its list; `is-sent`: an email
   * begins by being sent.
   */
  | { ok: false; reason: "not-found" | "nobody" | "at-work" | "is-sent" }
  | { ok: false; reason: "wrong-state"; state: CampaignState };

/** From now on people are reached, and their answers recorded; its list only grows. */
export function startCampaign(scope: Scope, campaignId: string): Promise<StateResult> {
  return moveOn(scope, campaignId, { from: "draft", to: "running", action: "campaign.begun" });
}

/** Answers that come late are recorded all the same; it can be taken up again. What is being sent is paused. */
export function completeCampaign(scope: Scope, campaignId: string): Promise<StateResult> {
  return moveOn(scope, campaignId, { from: "running", to: "completed", action: "campaign.completed" });
}

/** A completed one that goes on after all. */
export function resumeCampaign(scope: Scope, campaignId: string): Promise<StateResult> {
  return moveOn(scope, campaignId, { from: "completed", to: "running", action: "campaign.resumed" });
}

interface Move {
  from: CampaignState;
  to: CampaignState;
  action: string;
}

function moveOn(scope: Scope, campaignId: string, { from, to, action }: Move): Promise<StateResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.state === to) return { ok: true };
    if (campaign.state !== from) return { ok: false, reason: "wrong-state", state: campaign.state };
    const why = from === "draft" ? await whyNotBegun(scope, campaign) : null;
    if (why) return { ok: false, reason: why };
    await writeCampaign(scope, campaignId, { state: to, ...stampsOf(scope, { from, to }) });
    if (to === "completed") await pauseMailing(scope, campaignId);
    await recordEvent(scope, { action, subject: { campaignId } });
    return { ok: true };
  });
}

/** When and by whom; a campaign that is taken up again has not ended. */
function stampsOf({ clock, user }: Scope, { from, to }: Pick<Move, "from" | "to">) {
  const [at, by] = [clock.now(), user?.id ?? null];
  if (to === "completed") return { completed_at: at, completed_by: by };
  return from === "draft" ? { started_at: at, started_by: by } : { completed_at: null, completed_by: null };
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockCampaign>>>;

async function whyNotBegun(scope: Scope, campaign: Locked): Promise<"is-sent" | "at-work" | "nobody" | null> {
  if (campaign.channel === "email") return "is-sent";
  if (await isCollecting(scope, campaign.id)) return "at-work";
  return campaign.listed === campaign.left_out ? "nobody" : null;
}

export async function isCollecting(scope: Scope, campaignId: string): Promise<boolean> {
  const row = await scope.db
    .selectFrom("recipient_additions")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("state", "=", "collecting")
    .executeTakeFirst();
  return row !== undefined;
}
