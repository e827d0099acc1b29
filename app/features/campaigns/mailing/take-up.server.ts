/** A job takes up a campaign's sending, and how it leaves off: to come back, or because it cannot go on. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { askToSend } from "~/features/campaigns/mailing/ask-to-send.server";
import { isAtWork, type MailingState } from "~/features/campaigns/mailing/mailing";
import { lockMailing, writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { giveUpClaims } from "~/features/campaigns/mailing/mark-mails.server";
import { nextTryOfServer } from "~/features/campaigns/mailing/sending-times";
import { tellEnd } from "~/features/campaigns/mailing/tell-end.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, millisecondsBetween } from "~/platform/time";

/** Null: there is nothing to do. Whatever an earlier job had claimed becomes "not known". */
export function takeUp(scope: Scope, campaignId: string): Promise<{ runId: string; state: MailingState } | null> {
  return inTransaction(scope, async (scope) => {
    const campaign = isId(campaignId) && (await lockCampaign(scope, campaignId));
    if (!campaign) return null;
    const mailing = await lockMailing(scope, campaignId);
    await giveUpClaims(scope, campaignId);
    if (!isAtWork(mailing)) return null;
    if (campaign.state !== "running" || campaign.archived_at !== null) {
      await writeMailing(scope, campaignId, { state: "paused", problem: null, run_id: null });
      return null;
    }
    const runId = newId();
    await writeMailing(scope, campaignId, { run_id: runId });
    return { runId, state: mailing.state };
  });
}

/** In a minute or when its hour comes. */
export function comeBack(scope: Scope, campaignId: string, runAt: string): Promise<void> {
  return inTransaction(scope, (scope) => askToSend(scope, campaignId, runAt));
}

/** The mail server cannot be used: tried again ever more seldom, for a day. */
export function backOff(
  scope: Scope,
  campaignId: string,
  { problem, needsMending }: { problem: string; needsMending: boolean },
): Promise<void> {
  return inTransaction(scope, async (scope) => {
    if (!(await lockCampaign(scope, campaignId))) return;
    const mailing = await lockMailing(scope, campaignId);
    if (mailing.state !== "sending") return;
    const now = scope.clock.now();
    const since = mailing.failing_since ?? now;
    if (needsMending || millisecondsBetween(since, now) > DAY_MS) return stopMailing(scope, campaignId, problem);
    const failures = mailing.failures + 1;
    await writeMailing(scope, campaignId, { failures, failing_since: since, problem, run_id: null });
    await askToSend(scope, campaignId, nextTryOfServer(failures, now));
  });
}

/** Pauses it with the reason; whoever pressed the button is told. */
export function stopMailing(scope: Scope, campaignId: string, problem: string): Promise<void> {
  return inTransaction(scope, async (scope) => {
    if (!(await lockCampaign(scope, campaignId))) return;
    const mailing = await lockMailing(scope, campaignId);
    if (!isAtWork(mailing)) return;
    const fresh = { failures: 0, failing_since: null, run_id: null };
    await writeMailing(scope, campaignId, { state: "paused", problem, ...fresh });
    await recordEvent(scope, { action: "campaign.mailing-stopped", subject: { campaignId } });
    await tellEnd(scope, campaignId, { state: "stopped", askedBy: mailing.asked_by });
  });
}
