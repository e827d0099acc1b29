/** The command that records what a recipient answered, whoever says so: the last of the answers is how they stand. */
import { type Response, responseNames } from "~/features/campaigns/campaign";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import "~/features/campaigns/tables";
import { recordChange } from "~/features/contacts/record-change.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

export interface Answer {
  response: Response;
  /** The day of the answer, not of its entry: not after today. */
  respondedOn: string;
  how: "by-hand" | "link" | "code" | "phone";
  note: string | null;
  /** By their link or code: that it was not meant for them. */
  said?: "wrong-person" | null;
  /** Of a conversion, in minor units of the campaign's currency. */
  valueMinor: bigint | null;
}

export type RecordResult =
  | { ok: true; changeSetId: string }
  /** `in-future`: in the account's own time zone. `is-draft`: nobody has been written to yet. */
  | { ok: false; reason: "not-found" | "is-draft" | "in-future" };

/** One change with one Undo; it stands in the contact's history, too. */
export function recordResponse(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
  answer: Answer,
): Promise<RecordResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    const before = campaign && (await lockRecipient(scope, { campaignId, contactId }));
    if (!campaign || !before) return { ok: false, reason: "not-found" };
    if (campaign.state === "draft") return { ok: false, reason: "is-draft" };
    if (answer.respondedOn > dateIn(scope.account.timeZone, scope.clock.now()))
      return { ok: false, reason: "in-future" };
    const id = newId();
    await insertResponse(scope, { id, campaignId, contactId, ...answer });
    const after = await countingRecipients(scope, campaignId, [contactId], () =>
      serveResponse(scope, { campaignId, contactId }),
    );
    const told = { campaignId, campaignName: campaign.name };
    const changeSetId = await recordChange(scope, {
      action: "response.recorded",
      subject: { campaignId, contactId },
      entries: [
        {
          subjectKind: "response",
          subjectId: contactId,
          before: { ...told, ...stateOf(before) },
          after: { ...told, ...stateOf(after), responseId: id },
        },
      ],
    });
    return { ok: true, changeSetId };
  });
}

async function insertResponse(
  scope: Scope,
  { id, campaignId, contactId, ...answer }: Answer & { id: string; campaignId: string; contactId: string },
): Promise<void> {
  await scope.db
    .insertInto("responses")
    .values({
      ...{ account_id: scope.account.id, id, campaign_id: campaignId, contact_id: contactId },
      ...{ response: answer.response, responded_on: answer.respondedOn, how: answer.how, note: answer.note },
      said: answer.said ?? null,
      value_minor: answer.response === "converted" ? answer.valueMinor : null,
      ...{ recorded_at: scope.clock.now(), recorded_by: scope.user?.id ?? null, withdrawn_at: null },
    })
    .execute();
}

interface Stands {
  response: Response;
  responded_on: string | null;
}

/** As the history tells it. */
export function stateOf({ response, responded_on: respondedOn }: Stands) {
  return { response, words: responseNames[response], respondedOn };
}

/** Held to the end of the transaction; undefined: not on the list. */
export async function lockRecipient(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
): Promise<Stands | undefined> {
  if (!isId(contactId) || !isId(campaignId)) return undefined;
  return scope.db
    .selectFrom("recipients")
    .select(["response", "responded_on"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

/** Makes the recipient stand as the last answer says that is not withdrawn; without any it is pending. */
export async function serveResponse(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
): Promise<Stands> {
  const last = await scope.db
    .selectFrom("responses")
    .select(["response", "responded_on", "value_minor"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .where("withdrawn_at", "is", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  const stands = last ?? { response: "pending" as const, responded_on: null, value_minor: null };
  await scope.db
    .updateTable("recipients")
    .set(stands)
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .execute();
  return stands;
}
