/** Takes back that a call was recorded: it is withdrawn, and counts again when that is undone in its turn. */
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { lockCalled, serveCalls, toldOf } from "~/features/campaigns/call-desk/serve-calls.server";
import "~/features/campaigns/call-desk/tables";
import { type Delivery } from "~/features/campaigns/delivery";
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

interface Told {
  campaignId: string;
  campaignName: string;
  words: string;
  delivery: Delivery;
  /** Of the side on which the call counts. */
  callId?: string;
}

interface Sides {
  before: Told | null;
  after: Told | null;
}

/** Each call by itself: those that were made since go on telling how the recipient stands. */
export async function restoreCalls(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  for (const entry of entries) {
    const sides = { before: entry.before as Told | null, after: entry.after as Told | null };
    const told = sides.after ?? sides.before;
    if (!told) continue;
    const written = await restoreOne(scope, entry.subjectId, { told, ...sides });
    if (written) back.entries.push(written);
    else {
      const what = `${told.campaignName}: ${told.words}`;
      back.leftAlone.push({ subjectId: entry.subjectId, name: null, what });
    }
  }
  return back;
}

/** Null: it is no longer there, or it was done already. */
async function restoreOne(
  scope: Scope,
  contactId: string,
  { told, before, after }: Sides & { told: Told },
): Promise<WrittenEntry | null> {
  const { campaignId, campaignName } = told;
  const counts = { callId: callOf({ before, after }) };
  const isTaken = after?.callId !== undefined;
  await lockCampaign(scope, campaignId);
  const who = { campaignId, contactId };
  const stood = await lockCalled(scope, who);
  if (!stood || !(await setWithdrawn(scope, counts.callId, isTaken))) return null;
  // The numbers themselves are put back apart from this, before or after it.
  const known = { upTo: counts.callId, hadOther: before?.delivery === "none" };
  const stands = await serveCalls(scope, who, { keepsReservation: true, known });
  const [was, is] = isTaken ? [counts, {}] : [{}, counts];
  return {
    subjectKind: "call",
    subjectId: contactId,
    before: { campaignId, campaignName, ...toldOf(stood), ...was },
    after: { campaignId, campaignName, ...toldOf(stands), ...is },
  };
}

function callOf({ before, after }: Sides): string {
  return after?.callId ?? before?.callId ?? "";
}

/** Whether it was otherwise before. */
async function setWithdrawn(scope: Scope, callId: string, withdrawn: boolean): Promise<boolean> {
  if (!isId(callId)) return false;
  const { numUpdatedRows } = await scope.db
    .updateTable("calls")
    .set({ withdrawn_at: withdrawn ? scope.clock.now() : null })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", callId)
    .where("withdrawn_at", withdrawn ? "is" : "is not", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
