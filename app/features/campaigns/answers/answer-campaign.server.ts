/** What a recipient says on the page of their own link or code, taken down as theirs. */
import { type Choice } from "~/features/campaigns/answers/answer";
import { type Answering, findAnswering, type WhichRecipient } from "~/features/campaigns/answers/find-answering.server";
import { type Answer, recordResponse } from "~/features/campaigns/responses/record-response.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { notify } from "~/features/notices/notify.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

export interface GivenAnswer {
  choice: Choice;
  note: string | null;
  how: "link" | "code";
}

/** `is-trial`: the link of a test mail, or of a campaign that has not begun. Nothing is recorded. */
export type AnswerResult = { ok: true } | { ok: false; reason: "not-found" | "is-trial" };

const responseTo = {
  responded: { response: "responded" },
  converted: { response: "converted" },
  "not-for-me": { response: "not-interested" },
  // Nothing more comes of it; that the address is somebody else's is for a person to see to.
  "wrong-person": { response: "not-interested", said: "wrong-person" },
} as const satisfies Record<Exclude<Choice, "unsubscribe">, Pick<Answer, "response" | "said">>;

/** The last answer counts; the same one pressed twice is one. Answers that come after the campaign's end count, too. */
export function answerCampaign(scope: Scope, which: WhichRecipient, given: GivenAnswer): Promise<AnswerResult> {
  return inTransaction(scope, async (scope) => {
    const answering = await findAnswering(scope, which);
    if (!answering || answering.isClosed) return { ok: false, reason: "not-found" };
    if (answering.isTrial) return { ok: false, reason: "is-trial" };
    if (given.choice === "unsubscribe") return spare(scope, answering);
    if (isSaidAlready(answering, given)) return { ok: true };
    const recorded = await recordResponse(scope, which, {
      ...responseTo[given.choice],
      respondedOn: dateIn(scope.account.timeZone, scope.clock.now()),
      ...{ how: given.how, note: given.note, valueMinor: null },
    });
    if (!recorded.ok) return { ok: false, reason: "not-found" };
    if (given.choice === "wrong-person") await tell(scope, answering);
    return { ok: true };
  });
}

function isSaidAlready({ answered }: Answering, { choice, note }: GivenAnswer): boolean {
  return answered?.choice === choice && (note ?? answered.note) === answered.note;
}

/**
 * Nothing more is sent to them, whatever became of the campaign since. Idempotent.
 *
 * How they answered stays as it is, pending too: who unsubscribes says something of all that is sent and nothing of this
 * one offer, and a mail program's one click must not make an answer.
 */
export function unsubscribe(scope: Scope, which: WhichRecipient): Promise<AnswerResult> {
  return inTransaction(scope, async (scope) => {
    const answering = await findAnswering(scope, which);
    if (!answering) return { ok: false, reason: "not-found" };
    if (answering.isTrial) return { ok: false, reason: "is-trial" };
    return spare(scope, answering);
  });
}

/** An email is forbidden whoever has it. A number or an address others share: there it is the person who is spared. */
async function spare(scope: Scope, { channel, email, addresseeId, ...which }: Answering): Promise<AnswerResult> {
  if (channel !== "email") {
    const marked = await markDoNotContact(scope, addresseeId, { channels: [channel], reason: "unsubscribed" });
    return marked.ok ? { ok: true } : { ok: false, reason: "not-found" };
  }
  if (email === null) return { ok: false, reason: "not-found" };
  await suppress(scope, {
    ...{ channel: "email", value: email, reason: "unsubscribed" },
    source: `campaign:${which.campaignId}`,
  });
  return { ok: true };
}

/** Whoever looks after the campaign, else the administrators. */
async function tell(scope: Scope, { ownerId, campaignId, contactId }: Answering): Promise<void> {
  await notify(scope, {
    userIds: ownerId === null ? "admins" : [ownerId],
    kind: "wrong-person",
    eventKey: `recipient:${campaignId}:${contactId}:wrong-person`,
    subject: { campaignId, contactId },
  });
}
