/** The commands by which a campaign is planned: made, changed, copied, deleted as a draft, put away, brought back. */
import { recordEvent } from "~/features/audit/audit.server";
import { type CampaignFacts } from "~/features/campaigns/campaign-form";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { campaignLimits } from "~/features/campaigns/campaign";
import { lockCampaign, writeCampaign } from "~/features/campaigns/campaign-row.server";
import { pauseMailing } from "~/features/campaigns/mailing/pause-mailing.server";
import { changedColumns, keptOf, readColumns } from "~/features/campaigns/restore-campaigns.server";
import "~/features/campaigns/letters/tables";
import "~/features/campaigns/tables";
import { UNDO_MS } from "~/features/changes/undo-window";
import { findOwner } from "~/features/contacts/owners.server";
import { recordChange } from "~/features/contacts/record-change.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { sortKey } from "~/platform/fold.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

export type SaveRefusal =
  | { ok: false; reason: "not-found" | "no-such-owner" }
  /** Somebody saved it since the form was opened; `by`: null where that is no longer known. */
  | { ok: false; reason: "changed-since" }
  /** Its channel is fixed from when it began: what went out went out that way. */
  | { ok: false; reason: "channel-is-fixed" };
export type SaveResult = { ok: true; id: string } | SaveRefusal;
/** `changeSetId` null: it was all so before. */
export type ChangeResult = { ok: true; id: string; changeSetId: string | null } | SaveRefusal;

export function createCampaign(scope: Scope, facts: CampaignFacts): Promise<SaveResult> {
  return inTransaction(scope, async (scope) => {
    if (facts.ownerId !== null && !(await findOwner(scope, facts.ownerId)))
      return { ok: false, reason: "no-such-owner" };
    const id = newId();
    const now = scope.clock.now();
    await scope.db
      .insertInto("campaigns")
      .values({
        ...{ account_id: scope.account.id, id, currency: scope.account.currency, ...columnsOf(facts) },
        ...{ created_at: now, created_by: scope.user?.id ?? null, changed_at: now },
      })
      .execute();
    await recordEvent(scope, { action: "campaign.made", subject: { campaignId: id } });
    return { ok: true, id };
  });
}

/** One change with one Undo. `version`: that of the campaign when the form was opened. */
export function changeCampaign(
  scope: Scope,
  campaignId: string,
  { version, ...facts }: CampaignFacts & { version: number },
): Promise<ChangeResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.version !== version) return { ok: false, reason: "changed-since" };
    if (campaign.state !== "draft" && campaign.channel !== facts.channel)
      return { ok: false, reason: "channel-is-fixed" };
    const isNewOwner = facts.ownerId !== null && facts.ownerId !== campaign.owner_id;
    if (isNewOwner && !(await findOwner(scope, facts.ownerId ?? ""))) return { ok: false, reason: "no-such-owner" };
    const columns = columnsOf(facts);
    const before = await readColumns(scope, campaignId, Object.keys(columns));
    const changed = changedColumns(before, keptOf(columns));
    if (changed === null) return { ok: true, id: campaignId, changeSetId: null };
    await writeCampaign(scope, campaignId, { ...columns, version: version + 1 });
    const changeSetId = await recordChange(scope, {
      action: "campaign.changed",
      subject: { campaignId },
      fields: Object.keys(changed.after),
      entries: [{ subjectKind: "campaign", subjectId: campaignId, ...changed }],
    });
    return { ok: true, id: campaignId, changeSetId };
  });
}

/** A draft that says the same, without its list. */
export function copyCampaign(scope: Scope, campaignId: string): Promise<SaveResult> {
  return inTransaction(scope, async (scope) => {
    const original = await findCampaign(scope, campaignId);
    if (!original) return { ok: false, reason: "not-found" };
    const { ownerId } = original;
    const copy = {
      ...original,
      name: copyName(original.name),
      cost: 0n,
      plannedOn: null,
      ownerId: ownerId !== null && (await findOwner(scope, ownerId)) ? ownerId : null,
    };
    return createCampaign(scope, copy);
  });
}

function copyName(name: string): string {
  const before = "Copy of ";
  return (
    before +
    Array.from(name.startsWith(before) ? name.slice(before.length) : name)
      .slice(0, campaignLimits.name - before.length)
      .join("")
  );
}

export type PutAwayResult = { ok: true; name: string } | { ok: false; reason: "not-found" | "has-begun" };

/** Takes a draft away; for 30 days it can be brought back. What has begun can be archived only. */
export function deleteCampaign(scope: Scope, campaignId: string): Promise<PutAwayResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.state !== "draft") return { ok: false, reason: "has-begun" };
    await writeCampaign(scope, campaignId, { deleted_at: scope.clock.now() });
    await recordEvent(scope, { action: "campaign.deleted", subject: { campaignId } });
    return { ok: true, name: campaign.name };
  });
}

/** Idempotent. */
export function bringBackCampaign(scope: Scope, campaignId: string): Promise<PutAwayResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId, { deleted: true });
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.deleted_at !== null) {
      await writeCampaign(scope, campaignId, { deleted_at: null });
      await recordEvent(scope, { action: "campaign.brought-back", subject: { campaignId } });
    }
    return { ok: true, name: campaign.name };
  });
}

/** Out of the list, or (false) into it again. What is being sent is paused. Idempotent. */
export function setCampaignArchived(scope: Scope, campaignId: string, archived: boolean): Promise<PutAwayResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if ((campaign.archived_at !== null) !== archived) {
      const by = { archived_at: scope.clock.now(), archived_by: scope.user?.id ?? null };
      await writeCampaign(scope, campaignId, archived ? by : { archived_at: null, archived_by: null });
      // Its links lead nowhere any more.
      if (archived) await pauseMailing(scope, campaignId);
      const action = archived ? "campaign.archived" : "campaign.restored";
      await recordEvent(scope, { action, subject: { campaignId } });
    }
    return { ok: true, name: campaign.name };
  });
}

/** Removes drafts deleted longer ago than they can be brought back. */
export async function sweepCampaigns(scope: Scope): Promise<void> {
  const rows = await scope.db
    .selectFrom("campaigns")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "<=", later(scope.clock.now(), -UNDO_MS))
    .execute();
  for (const { id } of rows) await inTransaction(scope, (scope) => removeCampaign(scope, id));
}

async function removeCampaign(scope: Scope, id: string): Promise<void> {
  for (const table of ["recipients", "recipient_additions", "print_runs"] as const) {
    await scope.db.deleteFrom(table).where("account_id", "=", scope.account.id).where("campaign_id", "=", id).execute();
  }
  await scope.db.deleteFrom("campaigns").where("account_id", "=", scope.account.id).where("id", "=", id).execute();
}

function columnsOf(facts: CampaignFacts) {
  return {
    name: facts.name,
    name_key: sortKey(facts.name),
    channel: facts.channel,
    description: facts.description,
    topic: facts.topic,
    planned_on: facts.plannedOn,
    owner_id: facts.ownerId,
    cost_minor: facts.cost,
    subject: facts.subject,
    body: facts.body,
    code_prefix: facts.codePrefix,
    responded_words: facts.respondedWords,
    converted_words: facts.convertedWords,
    pause_months: facts.pauseMonths,
  };
}
