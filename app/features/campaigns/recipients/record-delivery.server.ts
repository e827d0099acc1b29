/** What a person says of a delivery, as one change with one Undo: a letter came back, somebody was spoken to. */
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { type Delivery, deliveryNames } from "~/features/campaigns/delivery";
import { type Mark, markDelivery, type Marked } from "~/features/campaigns/recipients/mark-delivery.server";
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { recordChange } from "~/features/contacts/record-change.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type RecordDeliveryResult =
  | { ok: true; changeSetId: string; marked: number }
  /** `wrong-state`: none of them stands as it would have to. */
  | { ok: false; reason: "not-found" | "wrong-state" };

/** @param from how they have to stand; at most `MOST_MARKED` contacts */
export function recordDelivery(
  scope: Scope,
  { campaignId, contactIds }: { campaignId: string; contactIds: readonly string[] },
  { mark, from }: { mark: Mark; from: readonly Delivery[] },
): Promise<RecordDeliveryResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    const marked = await markDelivery(scope, campaignId, contactIds, { mark, from });
    if (marked.length === 0) return { ok: false, reason: "wrong-state" };
    const told = { campaignId, campaignName: campaign.name };
    const changeSetId = await recordChange(scope, {
      action: "delivery.recorded",
      subject: { campaignId },
      counts: { recipients: marked.length },
      entries: marked.map((one) => ({
        subjectKind: "delivery",
        subjectId: one.contactId,
        before: { ...told, ...stateOf(one) },
        after: { ...told, delivery: mark.delivery, words: deliveryNames[mark.delivery], note: mark.note ?? null },
      })),
    });
    return { ok: true, changeSetId, marked: marked.length };
  });
}

function stateOf({ was, wasNote }: Marked) {
  return { delivery: was, words: deliveryNames[was], note: wasNote };
}

interface Told {
  campaignId: string;
  campaignName: string;
  delivery: Delivery;
  note: string | null;
}

/** Puts back how recipients stood; whom something else was said of since is left alone. */
export async function restoreDeliveries(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  for (const entry of entries) {
    const [was, is] = [entry.before as Told | null, entry.after as Told | null];
    if (!was || !is) continue;
    await lockCampaign(scope, is.campaignId);
    // What had it in its hand then has long ended.
    const delivery = was.delivery === "claimed" ? "unknown" : was.delivery;
    const mark = { delivery, note: was.note };
    const [marked] = await markDelivery(scope, is.campaignId, [entry.subjectId], { mark, from: [is.delivery] });
    const after = { ...was, delivery, words: deliveryNames[delivery] };
    if (marked) back.entries.push({ ...entry, before: entry.after, after });
    else {
      const what = `${is.campaignName}: ${deliveryNames[is.delivery]}`;
      back.leftAlone.push({ subjectId: entry.subjectId, name: null, what });
    }
  }
  return back;
}
