/** Takes back what was put on a list in one go: at once where it is little, else by a job, some hundred at a time. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { recordEvent } from "~/features/audit/audit.server";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { MOST_WHILE_WAITING } from "~/features/campaigns/recipients/add-recipients.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { BATCH, takeBatch } from "~/features/campaigns/recipients/take-off.server";
import "~/features/campaigns/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

export type UndoAdditionResult =
  /** `isDone` false: a job goes on with it. */
  | { ok: true; isDone: boolean; taken: number }
  /** `not-found`: or it is still growing; `has-begun`: nobody is taken off any more. */
  | { ok: false; reason: "not-found" | "has-begun" };

/** Whoever came with it goes; who has answered stays, as their answer would be lost. Again changes nothing. */
export function undoAddition(scope: Scope, campaignId: string, additionId: string): Promise<UndoAdditionResult> {
  return inTransaction(scope, async (scope) => {
    // The campaign first, as every command does, then what is taken back.
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.state !== "draft") return { ok: false, reason: "has-begun" };
    const before = await asItStands(scope, campaignId, additionId);
    if (before) return before;
    const asked = { undo_asked_at: scope.clock.now(), undo_asked_by: scope.user?.id ?? null };
    await write(scope, additionId, { ...asked, taken_off: 0, problem: null, problem_reference: null });
    const undo = { additionId, campaign };
    for (let gone = 0; gone < MOST_WHILE_WAITING; gone += BATCH) {
      if (await takePage(scope, undo)) return { ok: true, isDone: true, taken: await close(scope, undo) };
    }
    const payload = { accountId: scope.account.id, additionId };
    await enqueue(scope, "undo_addition", payload, { jobKey: additionId, maxAttempts: 8 });
    return { ok: true, isDone: false, taken: MOST_WHILE_WAITING };
  });
}

/** The answer, where there is nothing to begin with. */
async function asItStands(scope: Scope, campaignId: string, additionId: string): Promise<UndoAdditionResult | null> {
  const stands = isId(additionId) ? await lockUndo(scope, campaignId, additionId) : undefined;
  if (!stands || stands.state === "collecting") return { ok: false, reason: "not-found" };
  if (stands.state === "undone") return { ok: true, isDone: true, taken: 0 };
  return stands.undo_asked_at === null ? null : { ok: true, isDone: false, taken: stands.taken_off ?? 0 };
}

/** Goes on from where it stands to its end. Called again after a kill, it takes nobody else off. */
export async function continueUndoOfAddition(scope: Scope, additionId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    await nextTurn();
    signal.throwIfAborted();
    const isAll = await inTransaction(scope, async (scope) => {
      const undo = await lockUndoAtWork(scope, additionId);
      if (!undo) return true;
      if (!(await takePage(scope, undo))) return false;
      await close(scope, undo);
      return true;
    });
    if (isAll) return;
  }
}

interface Undo {
  additionId: string;
  campaign: { id: string; channel: CampaignChannel };
}

/** Undefined: there is nothing to go on with. */
async function lockUndoAtWork(scope: Scope, additionId: string): Promise<Undo | undefined> {
  const row = await scope.db
    .selectFrom("recipient_additions")
    .select("campaign_id")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .executeTakeFirst();
  // A draft that was deleted meanwhile can be brought back: then half of it must not be there.
  const campaign = row && (await lockCampaign(scope, row.campaign_id, { deleted: true }));
  const stands = campaign && (await lockUndo(scope, campaign.id, additionId));
  return stands && stands.undo_asked_at !== null && stands.state !== "undone" ? { additionId, campaign } : undefined;
}

/** Whether those were the last. */
async function takePage(scope: Scope, { additionId, campaign }: Undo): Promise<boolean> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaign.id)
    .where("addition_id", "=", additionId)
    .where("response", "=", "pending")
    .orderBy("contact_id")
    .limit(BATCH)
    .execute();
  const ids = rows.map(({ contact_id: id }) => id);
  const { length: taken } = await takeBatch(scope, campaign, ids);
  await scope.db
    .updateTable("recipient_additions")
    .set((eb) => ({ taken_off: eb("taken_off", "+", taken) }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .execute();
  return ids.length < BATCH;
}

/** How many were taken off in all. */
async function close(scope: Scope, { additionId, campaign }: Undo): Promise<number> {
  const taken = (await lockUndo(scope, campaign.id, additionId))?.taken_off ?? 0;
  await write(scope, additionId, { state: "undone" });
  if (taken === 0) return 0;
  await countRecipients(scope, campaign.id);
  await recordEvent(scope, {
    action: "campaign.recipients-taken-off",
    subject: { campaignId: campaign.id, additionId },
    counts: { taken },
  });
  return taken;
}

function lockUndo(scope: Scope, campaignId: string, additionId: string) {
  return scope.db
    .selectFrom("recipient_additions")
    .select(["state", "undo_asked_at", "taken_off"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("id", "=", additionId)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

interface Written {
  state?: "undone";
  undo_asked_at?: string;
  undo_asked_by?: string | null;
  taken_off?: number;
  problem?: null;
  problem_reference?: null;
}

async function write(scope: Scope, additionId: string, written: Written): Promise<void> {
  await scope.db
    .updateTable("recipient_additions")
    .set(written)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .execute();
}
