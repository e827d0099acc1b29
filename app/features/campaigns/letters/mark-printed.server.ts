/** What a person says of a file: "They are printed". Then its recipients count as written to, by one change with one Undo. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { claims } from "~/features/campaigns/letters/print-run";
import { askToGoOn, findPrint } from "~/features/campaigns/letters/print-runs.server";
import "~/features/campaigns/letters/tables";
import { recordDelivery } from "~/features/campaigns/recipients/record-delivery.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import "~/features/campaigns/tables";
import "~/features/changes/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const BATCH = 300;
/** More go on in the background. */
const AT_ONCE = 600;

export type ConfirmResult =
  | { ok: true; marked: number; isDone: boolean; changeSetId: string | null }
  /** `not-ready`: its file is not made, or it was thrown away. `nobody`: its campaign has nobody left to begin with. */
  | { ok: false; reason: "not-found" | "not-ready" | "nobody" | "at-work" };

/** Begins a draft, too. Said twice it is as if said once. */
export async function confirmPrinted(scope: Scope, campaignId: string, runId: string): Promise<ConfirmResult> {
  const begun = await inTransaction(scope, (scope) => beginMarking(scope, campaignId, runId));
  if (!begun.ok) return begun;
  let marked = 0;
  for (let more = true; more && marked < AT_ONCE;) {
    const some = await markSome(scope, runId);
    marked += some;
    more = some > 0;
  }
  const run = await findPrint(scope, campaignId, runId);
  const isDone = run?.state === "printed";
  if (!isDone) await inTransaction(scope, (scope) => askToGoOn(scope, runId));
  return { ok: true, marked: run?.letters ?? marked, isDone, changeSetId: run?.changeSetId ?? null };
}

type Begun = { ok: true } | Extract<ConfirmResult, { ok: false }>;

async function beginMarking(scope: Scope, campaignId: string, runId: string): Promise<Begun> {
  const campaign = await lockCampaign(scope, campaignId);
  const run = campaign && (await findPrint(scope, campaignId, runId));
  if (!run) return { ok: false, reason: "not-found" };
  if (["marking", "printed"].includes(run.state)) return { ok: true };
  if (run.state !== "ready" || !claims(run)) return { ok: false, reason: "not-ready" };
  const problem = campaign.state === "draft" ? await whyNotBegun(scope, campaignId) : null;
  if (problem) return { ok: false, reason: problem };
  await scope.db
    .updateTable("print_runs")
    .set({
      ...{ state: "marking", change_set_id: newId() },
      ...{ ended_at: scope.clock.now(), ended_by: scope.user?.id ?? null },
    })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .execute();
  const counts = { letters: run.letters };
  await recordEvent(scope, { action: "letters.printed", subject: { campaignId, runId }, counts });
  return { ok: true };
}

async function whyNotBegun(scope: Scope, campaignId: string): Promise<"at-work" | "nobody" | null> {
  const started = await startCampaign(scope, campaignId);
  if (started.ok) return null;
  return started.reason === "at-work" ? "at-work" : "nobody";
}

/** Marks all that are left of a run. Nothing happens when nobody said that it is printed. */
export async function continueMarking(scope: Scope, runId: string, signal: AbortSignal): Promise<void> {
  for (let more = true; more;) {
    signal.throwIfAborted();
    more = (await markSome(scope, runId)) > 0;
  }
}

/** Some of a run that is being marked, in a transaction of their own; 0: it is done. */
export function markSome(scope: Scope, runId: string): Promise<number> {
  return inTransaction(scope, async (scope) => {
    const run = await lockMarking(scope, runId);
    if (!run) return 0;
    const contactIds = await unmarked(scope, runId);
    if (contactIds.length === 0) {
      await endMarking(scope, runId, await countEntries(scope, run.changeSetId));
      return 0;
    }
    const entries = await countEntries(scope, run.changeSetId);
    const joined = { id: run.changeSetId, action: "delivery.recorded", isOpen: entries > 0, entries };
    const who = { campaignId: run.campaignId, contactIds };
    const recorded = await recordDelivery({ ...scope, joined }, who, { mark: { delivery: "printed" }, from: ["none"] });
    if (!recorded.ok) throw new Error("Whoever was not printed yet could not be marked");
    return recorded.marked;
  });
}

/** The campaign before its run, as whoever undoes it holds them. */
async function lockMarking(scope: Scope, runId: string) {
  if (!isId(runId)) return null;
  const marking = scope.db
    .selectFrom("print_runs")
    .select(["campaign_id as campaignId", "change_set_id as changeSetId"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "=", "marking");
  const { campaignId } = (await marking.executeTakeFirst()) ?? {};
  if (campaignId === undefined) return null;
  await lockCampaign(scope, campaignId, { deleted: true });
  const row = await marking.$call(lockRows(scope)).executeTakeFirst();
  return row ? { campaignId: row.campaignId, changeSetId: row.changeSetId ?? newId() } : null;
}

async function unmarked(scope: Scope, runId: string): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("print_run_id", "=", runId)
    .where("delivery", "=", "none")
    .orderBy("contact_id")
    .limit(BATCH)
    .execute();
  return rows.map(({ contact_id: id }) => id);
}

async function countEntries(scope: Scope, changeSetId: string): Promise<number> {
  const { count } = await scope.db
    .selectFrom("change_entries")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", changeSetId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A run of which nobody was left to mark has nothing to undo. */
async function endMarking(scope: Scope, runId: string, entries: number): Promise<void> {
  await scope.db
    .updateTable("print_runs")
    .set(entries > 0 ? { state: "printed" } : { state: "printed", change_set_id: null })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .execute();
}
