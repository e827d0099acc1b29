/** The commands that put contacts on a campaign's list: at once where they are few, else by a job, some hundred at a time. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { recordEvent } from "~/features/audit/audit.server";
import { type CampaignChannel } from "~/features/campaigns/campaign";
import { lockCampaign, lockCampaignOf } from "~/features/campaigns/campaign-row.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { insertRecipients } from "~/features/campaigns/recipients/insert-recipients.server";
import { judgeContacts } from "~/features/campaigns/recipients/judge-recipients.server";
import { nextOfSource } from "~/features/campaigns/recipients/next-of-source.server";
import { type Source, sourceShape } from "~/features/campaigns/recipients/source";
import { isCollecting } from "~/features/campaigns/start-campaign.server";
import "~/features/campaigns/tables";
import { fromJson, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

/** A statement of so many takes some milliseconds, for which nobody else can write on SQLite. */
const BATCH = 500;
/** As many are put on the list while the page waits. */
export const MOST_WHILE_WAITING = 2_000;

export type AddResult =
  | { ok: true; additionId: string; isDone: boolean; found: number; added: number }
  | { ok: false; reason: "not-found" | "has-ended" | "at-work" };

/** Contacts that were ticked or named; those that are there already, or not there for whoever asks, are passed over. No more than the page waits for. */
export function addContacts(scope: Scope, campaignId: string, contactIds: readonly string[]): Promise<AddResult> {
  const ids = [...new Set(contactIds.filter(isId))];
  if (ids.length > MOST_WHILE_WAITING) throw new RangeError("More contacts than are added while a page waits");
  return inTransaction(scope, async (scope) => {
    const opened = await open(scope, campaignId, { from: "selection" });
    if (!opened.ok) return opened;
    for (let at = 0; at < ids.length; at += BATCH) await addBatch(scope, opened, { ids: ids.slice(at, at + BATCH) });
    return close(scope, opened.additionId);
  });
}

/** All of a list, an import, or another campaign's answers. What is more than a page can wait for, a job goes on with. */
export function addFrom(scope: Scope, campaignId: string, source: Source): Promise<AddResult> {
  return inTransaction(scope, async (scope) => {
    const opened = await open(scope, campaignId, source);
    if (!opened.ok) return opened;
    const { additionId } = opened;
    for (let found = 0; found < MOST_WHILE_WAITING; found += BATCH) {
      if (await addPage(scope, additionId)) return close(scope, additionId);
    }
    const payload = { accountId: scope.account.id, additionId };
    await enqueue(scope, "collect_recipients", payload, { jobKey: additionId, maxAttempts: 8 });
    return { ok: true, isDone: false, ...(await progress(scope, additionId)) };
  });
}

interface Opened {
  ok: true;
  additionId: string;
  campaignId: string;
  channel: CampaignChannel;
  /** How many were on the list before it. */
  listed: number;
}

async function open(
  scope: Scope,
  campaignId: string,
  source: Source,
): Promise<Opened | { ok: false; reason: "not-found" | "has-ended" | "at-work" }> {
  const campaign = await lockCampaign(scope, campaignId);
  if (!campaign) return { ok: false, reason: "not-found" };
  if (campaign.state === "completed") return { ok: false, reason: "has-ended" };
  if (await isCollecting(scope, campaignId)) return { ok: false, reason: "at-work" };
  const additionId = newId();
  await scope.db
    .insertInto("recipient_additions")
    .values({
      ...{ account_id: scope.account.id, id: additionId, campaign_id: campaignId, state: "collecting" },
      ...{ source: toJson(source), asked_by: scope.user?.id ?? null, asked_at: scope.clock.now() },
      ...{ finished_at: null, after_key: null, after_id: null, problem: null, problem_reference: null },
    })
    .execute();
  return { ok: true, additionId, campaignId, channel: campaign.channel, listed: campaign.listed };
}

/** Goes on from where it stands to its end. Called again after a kill, nobody is on the list twice. */
export async function continueAddition(scope: Scope, additionId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    await nextTurn();
    signal.throwIfAborted();
    const isAll = await inTransaction(scope, async (scope) => {
      // What somebody answers meanwhile would be counted away.
      await lockCampaignOf(scope, additionId);
      if (!(await addPage(scope, additionId))) return false;
      await close(scope, additionId);
      return true;
    });
    if (isAll) return;
  }
}

/** Whether that was all. */
async function addPage(scope: Scope, additionId: string): Promise<boolean> {
  const addition = await lockAddition(scope, additionId);
  if (!addition) return true;
  const source = sourceShape.parse(fromJson(addition.source));
  const page = await nextOfSource(scope, source, addition, BATCH);
  const { campaign_id: campaignId, channel, listed } = addition;
  const last = page.length === BATCH ? page.at(-1) : undefined;
  await addBatch(scope, { additionId, campaignId, channel, listed }, { ids: page.map(({ id }) => id), last });
  return last === undefined;
}

/** Some hundred at most, and where that leaves a walk through a source. */
async function addBatch(
  scope: Scope,
  { additionId, campaignId, channel, listed }: Omit<Opened, "ok">,
  { ids, last }: { ids: readonly string[]; last?: { id: string; sort_key: string } },
): Promise<void> {
  if (ids.length === 0) return;
  const added = await insertRecipients(
    scope,
    { additionId, campaignId },
    // A source names nobody twice, and the list is counted when all of it is on it.
    await judgeContacts(scope, { id: campaignId, channel }, ids, { areNew: listed === 0 }),
  );
  await scope.db
    .updateTable("recipient_additions")
    .set((eb) => ({
      ...{ found: eb("found", "+", ids.length), added: eb("added", "+", added) },
      ...(last ? { after_key: last.sort_key, after_id: last.id } : {}),
    }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .execute();
}

async function close(scope: Scope, additionId: string): Promise<AddResult> {
  const addition = await lockAddition(scope, additionId);
  if (!addition) return { ok: false, reason: "not-found" };
  const { campaign_id: campaignId } = addition;
  await scope.db
    .updateTable("recipient_additions")
    .set({ state: "done", finished_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .execute();
  await countRecipients(scope, campaignId);
  const done = await progress(scope, additionId);
  await recordEvent(scope, {
    action: "campaign.recipients-added",
    subject: { campaignId, additionId },
    counts: { added: done.added },
  });
  return { ok: true, isDone: true, ...done };
}

function lockAddition(scope: Scope, additionId: string) {
  return scope.db
    .selectFrom("recipient_additions as addition")
    .innerJoin("campaigns", (join) =>
      join.onRef("campaigns.account_id", "=", "addition.account_id").onRef("campaigns.id", "=", "addition.campaign_id"),
    )
    .select(["addition.campaign_id", "addition.source", "addition.after_key", "addition.after_id"])
    .select(["campaigns.channel", "campaigns.listed"])
    .where("addition.account_id", "=", scope.account.id)
    .where("addition.id", "=", additionId)
    .where("addition.state", "=", "collecting")
    .$call(lockRows(scope, { of: "addition" }))
    .executeTakeFirst();
}

async function progress(scope: Scope, additionId: string) {
  const row = await scope.db
    .selectFrom("recipient_additions")
    .select(["found", "added"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", additionId)
    .executeTakeFirstOrThrow();
  return { additionId, ...row };
}
