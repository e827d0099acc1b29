/** Takes back that an answer was recorded: it is withdrawn, and counts again when that is undone in its turn. */
import { type Response, responseNames } from "~/features/campaigns/campaign";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { lockRecipient, serveResponse, stateOf } from "~/features/campaigns/responses/record-response.server";
import "~/features/campaigns/tables";
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";

interface Told {
  campaignId: string;
  campaignName: string;
  response: Response;
  /** Of the side on which the answer counts. */
  responseId?: string;
}

/** Each answer by itself: what was recorded since stays as it is, and goes on being how the recipient stands. */
export async function restoreResponses(scope: Scope, entries: readonly WrittenEntry[]): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  for (const entry of entries) {
    const sides = { before: entry.before as Told | null, after: entry.after as Told | null };
    const told = sides.after ?? sides.before;
    if (!told) continue;
    const written = await restoreOne(scope, entry.subjectId, { told, ...sides });
    if (written) back.entries.push(written);
    else {
      const what = `${told.campaignName}: ${responseNames[told.response]}`;
      back.leftAlone.push({ subjectId: entry.subjectId, name: null, what });
    }
  }
  return back;
}

/** Null: it is no longer there, or it was done already. */
async function restoreOne(
  scope: Scope,
  contactId: string,
  { told, before, after }: { told: Told; before: Told | null; after: Told | null },
): Promise<WrittenEntry | null> {
  const { campaignId, campaignName } = told;
  const counts = { responseId: after?.responseId ?? before?.responseId };
  const isTaken = after?.responseId !== undefined;
  await lockCampaign(scope, campaignId);
  const stood = await lockRecipient(scope, { campaignId, contactId });
  if (!stood || !(await setWithdrawn(scope, counts.responseId ?? "", isTaken))) return null;
  const stands = await countingRecipients(scope, campaignId, [contactId], () =>
    serveResponse(scope, { campaignId, contactId }),
  );
  const [was, is] = isTaken ? [counts, {}] : [{}, counts];
  return {
    subjectKind: "response",
    subjectId: contactId,
    before: { campaignId, campaignName, ...stateOf(stood), ...was },
    after: { campaignId, campaignName, ...stateOf(stands), ...is },
  };
}

/** Whether it was otherwise before. */
async function setWithdrawn(scope: Scope, responseId: string, withdrawn: boolean): Promise<boolean> {
  const { numUpdatedRows } = await scope.db
    .updateTable("responses")
    .set({ withdrawn_at: withdrawn ? scope.clock.now() : null })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", responseId)
    .where("withdrawn_at", withdrawn ? "is" : "is not", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
