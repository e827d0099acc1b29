/** Puts back on a campaign's list who was taken off it, judged by what they are now; and the other way round. */
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { insertRecipients } from "~/features/campaigns/recipients/insert-recipients.server";
import { judgeContacts } from "~/features/campaigns/recipients/judge-recipients.server";
import { type Listed } from "~/features/campaigns/recipients/listed";
import { BATCH, takeBatch } from "~/features/campaigns/recipients/take-off.server";
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";

/** Only of a draft: once it has begun, nobody comes or goes behind the back of whoever sends. */
export async function restoreListed(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  const ofCampaigns = apart(entries, "campaignId");
  for (const [campaignId, some] of ofCampaigns) {
    const moved = await moveBack(scope, campaignId, some);
    for (const entry of some) {
      if (moved.has(entry.subjectId)) back.entries.push({ ...entry, before: entry.after, after: entry.before });
      else {
        const what = `${wanted(entry)?.campaignName ?? "A campaign"}: its list`;
        back.leftAlone.push({ subjectId: entry.subjectId, name: null, what });
      }
    }
  }
  return back;
}

/** How it is to be again. */
function wanted({ before }: WrittenEntry): Listed | null {
  return before as Listed | null;
}

/** The contacts with which that could be done. */
async function moveBack(
  scope: Scope,
  campaignId: string,
  entries: readonly WrittenEntry[],
): Promise<ReadonlySet<string>> {
  const campaign = await lockCampaign(scope, campaignId);
  const moved = new Set<string>();
  if (campaign?.state !== "draft") return moved;
  const ofAdditions = apart(entries, "additionId");
  for (const [additionId, some] of ofAdditions) {
    for (let at = 0; at < some.length; at += BATCH) {
      const batch = some.slice(at, at + BATCH);
      const on = batch.filter((entry) => wanted(entry)?.isListed).map(({ subjectId }) => subjectId);
      const off = batch.filter((entry) => !wanted(entry)?.isListed).map(({ subjectId }) => subjectId);
      const judged = await judgeContacts(scope, campaign, on);
      await insertRecipients(scope, { additionId, campaignId }, judged);
      const gone = await takeBatch(scope, campaign, off);
      for (const { contactId } of [...judged, ...gone]) moved.add(contactId);
    }
  }
  if (moved.size > 0) await countRecipients(scope, campaignId);
  return moved;
}

function apart(entries: readonly WrittenEntry[], by: "campaignId" | "additionId"): Map<string, WrittenEntry[]> {
  const parted = new Map<string, WrittenEntry[]>();
  for (const entry of entries) {
    const id = wanted(entry)?.[by] ?? "";
    parted.set(id, [...(parted.get(id) ?? []), entry]);
  }
  return parted;
}
