/** The command that records the same answer of many recipients: one change, one Undo. */
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { responseNames } from "~/features/campaigns/campaign";
import { addContacts, MOST_WHILE_WAITING } from "~/features/campaigns/recipients/add-recipients.server";
import { countingRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { type AnswerLine, type BadLine } from "~/features/campaigns/responses/answer-lines";
import { findAnswerers } from "~/features/campaigns/responses/find-answerers.server";
import { type Answer, stateOf } from "~/features/campaigns/responses/record-response.server";
import "~/features/campaigns/tables";
import { recordChange } from "~/features/contacts/record-change.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

/** A statement of so many takes some milliseconds, for which nobody else can write on SQLite. */
const BATCH = 300;

export type RecordManyResult =
  /** `changeSetId` null: nobody's answer is another than before. `same`: answered so already, on that day, with that value. */
  | { ok: true; changeSetId: string | null; recorded: number; same: number; bad: BadLine[] }
  | { ok: false; reason: "not-found" | "is-draft" | "in-future" | "has-ended" | "at-work" };

/**
 * What is good of the lines is recorded, and what is not comes back with the reason. Whose answer is this one already, of the
 * same day and value, is passed over: pasted twice, it counts once.
 *
 * @param adds whether contacts who are not on the list are put on it
 */
export function recordMany(
  scope: Scope,
  campaignId: string,
  lines: readonly AnswerLine[],
  { answer, adds }: { answer: Answer; adds: boolean },
): Promise<RecordManyResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (!campaign) return { ok: false, reason: "not-found" };
    if (campaign.state === "draft") return { ok: false, reason: "is-draft" };
    if (answer.respondedOn > dateIn(scope.account.timeZone, scope.clock.now()))
      return { ok: false, reason: "in-future" };
    const { recipients, others, bad } = await findAnswerers(scope, campaignId, lines);
    const more = adds ? others.map(({ contactId }) => contactId) : [];
    for (let at = 0; at < more.length; at += MOST_WHILE_WAITING) {
      const added = await addContacts(scope, campaignId, more.slice(at, at + MOST_WHILE_WAITING));
      if (!added.ok) return added;
    }
    const outside = adds ? [] : others.map(({ text }) => ({ text, why: "This contact is not on the list." }));
    const { entries, same } = await recordAll(scope, campaign, [...new Set([...recipients, ...more])], answer);
    const changeSetId =
      entries.length === 0
        ? null
        : await recordChange(scope, {
            action: "response.recorded",
            subject: { campaignId },
            counts: { recipients: entries.length },
            entries,
          });
    return { ok: true, changeSetId, recorded: entries.length, same, bad: [...bad, ...outside] };
  });
}

type Entry = Parameters<typeof recordChange>[1]["entries"][number];

async function recordAll(
  scope: Scope,
  campaign: { id: string; name: string },
  contactIds: readonly string[],
  answer: Answer,
): Promise<{ entries: Entry[]; same: number }> {
  const entries: Entry[] = [];
  let same = 0;
  for (let at = 0; at < contactIds.length; at += BATCH) {
    const rows = await lockSome(scope, campaign.id, contactIds.slice(at, at + BATCH));
    const other = rows.filter((row) => !isSame(row, answer));
    same += rows.length - other.length;
    entries.push(...(await recordSome(scope, campaign, other, answer)));
  }
  return { entries, same };
}

/** Nothing is said of a value where none is given. */
function isSame({ response, responded_on: on, value_minor: value }: Stood, answer: Answer): boolean {
  const isOtherValue = answer.valueMinor !== null && answer.valueMinor !== value;
  return response === answer.response && on === answer.respondedOn && !isOtherValue;
}

type Stood = Awaited<ReturnType<typeof lockSome>>[number];

function lockSome(scope: Scope, campaignId: string, contactIds: readonly string[]) {
  return scope.db
    .selectFrom("recipients")
    .select(["contact_id", "response", "responded_on", "value_minor"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "in", contactIds)
    .orderBy("contact_id")
    .$call(lockRows(scope))
    .execute();
}

async function recordSome(
  scope: Scope,
  { id: campaignId, name: campaignName }: { id: string; name: string },
  stood: readonly Stood[],
  { response, respondedOn, how, note, valueMinor }: Answer,
): Promise<Entry[]> {
  if (stood.length === 0) return [];
  const value_minor = response === "converted" ? valueMinor : null;
  const shared = { account_id: scope.account.id, campaign_id: campaignId, response, responded_on: respondedOn, how };
  const recorded = stood.map((before) => ({ before, id: newId() }));
  await scope.db
    .insertInto("responses")
    .values(
      recorded.map(({ before, id }) => ({
        ...{ ...shared, id, contact_id: before.contact_id, note, value_minor },
        ...{ recorded_at: scope.clock.now(), recorded_by: scope.user?.id ?? null, withdrawn_at: null },
      })),
    )
    .execute();
  const ids = stood.map(({ contact_id: id }) => id);
  await countingRecipients(scope, campaignId, ids, () =>
    scope.db
      .updateTable("recipients")
      .set({ response, responded_on: respondedOn, value_minor })
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      .where("contact_id", "in", ids)
      .execute(),
  );
  const told = { campaignId, campaignName };
  const words = responseNames[response];
  return recorded.map(({ before, id }) => ({
    subjectKind: "response",
    subjectId: before.contact_id,
    before: { ...told, ...stateOf(before) },
    after: { ...told, response, words, respondedOn, responseId: id },
  }));
}
