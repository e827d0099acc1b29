/** The commands about a campaign's sending: begun, paused, gone on with; and what a person decides of those who are not known. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockCampaign, writeCampaign } from "~/features/campaigns/campaign-row.server";
import { askToSend } from "~/features/campaigns/mailing/ask-to-send.server";
import { judgePage } from "~/features/campaigns/mailing/judge-list.server";
import { isAtWork } from "~/features/campaigns/mailing/mailing";
import { lockMailing, writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { recordDelivery, type RecordDeliveryResult } from "~/features/campaigns/recipients/record-delivery.server";
import { isCollecting } from "~/features/campaigns/start-campaign.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type SendingResult =
  | { ok: true }
  /** `no-email`: it goes out another way; `wrong-state`: it has ended, or is not being sent. */
  | { ok: false; reason: "not-found" | "no-email" | "archived" | "at-work" | "nobody" | "wrong-state" };

/** Short lists are judged while the page waits. */
const JUDGED_AT_ONCE = 4;

type Locked = NonNullable<Awaited<ReturnType<typeof lockCampaign>>>;

/** Begins or goes on: the list is judged anew first. Whoever had their mail, or may have had it, is not written to. */
export function beginSending(scope: Scope, campaignId: string): Promise<SendingResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    const reason = await whyNotSent(scope, campaign);
    if (reason) return { ok: false, reason };
    if (isAtWork(await lockMailing(scope, campaignId))) {
      // One job at most waits; and should none be left, this is how it goes on.
      await askToSend(scope, campaignId);
      return { ok: true };
    }
    const [now, by] = [scope.clock.now(), scope.user?.id ?? null];
    const fresh = { judged_after: null, failures: 0, failing_since: null, problem: null, ended_at: null };
    await writeMailing(scope, campaignId, { state: "judging", asked_by: by, asked_at: now, ...fresh });
    if (campaign.state === "draft") {
      await writeCampaign(scope, campaignId, { state: "running", started_at: now, started_by: by });
    }
    for (let page = 0; page < JUDGED_AT_ONCE; page += 1) if (await judgePage(scope, campaignId)) break;
    await askToSend(scope, campaignId);
    await recordEvent(scope, { action: "campaign.sending-begun", subject: { campaignId } });
    return { ok: true };
  });
}

async function whyNotSent(scope: Scope, campaign: Locked) {
  if (campaign.channel !== "email") return "no-email";
  if (campaign.archived_at !== null) return "archived";
  if (campaign.state === "completed") return "wrong-state";
  if (await isCollecting(scope, campaign.id)) return "at-work";
  return campaign.listed === campaign.left_out ? "nobody" : null;
}

/** Nothing more goes out from the next few mails on. Idempotent. */
export function pauseSending(scope: Scope, campaignId: string): Promise<SendingResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.channel !== "email") return { ok: false, reason: "no-email" };
    const mailing = await lockMailing(scope, campaignId);
    if (mailing.state === "paused") return { ok: true };
    if (!isAtWork(mailing)) return { ok: false, reason: "wrong-state" };
    await writeMailing(scope, campaignId, { state: "paused", problem: null, failures: 0, failing_since: null });
    await recordEvent(scope, { action: "campaign.sending-paused", subject: { campaignId } });
    return { ok: true };
  });
}

type Decision = { campaignId: string; contactIds: readonly string[] };

/** A person says of those who are not known that they had it. */
export function countAsDelivered(scope: Scope, who: Decision): Promise<RecordDeliveryResult> {
  return recordDelivery(scope, who, { mark: { delivery: "accepted" }, from: ["unknown"] });
}

/** A person wants those who are not known to get it, though some may have it. With the next sending, or now while one is at work. */
export function sendAgainTo(scope: Scope, who: Decision): Promise<RecordDeliveryResult> {
  return inTransaction(scope, async (scope) => {
    const recorded = await recordDelivery(scope, who, { mark: { delivery: "none" }, from: ["unknown"] });
    if (!recorded.ok) return recorded;
    const mailing = await lockMailing(scope, who.campaignId);
    if (mailing.state === "done") await writeMailing(scope, who.campaignId, { state: "sending", ended_at: null });
    if (mailing.state === "done" || isAtWork(mailing)) await askToSend(scope, who.campaignId);
    return recorded;
  });
}
