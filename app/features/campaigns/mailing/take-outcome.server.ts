/** What became of a mail, told by its service or by a report, taken down where it belongs. */
import { findMailed, isOfContact, type Mailed } from "~/features/campaigns/mailing/find-mailed.server";
import { type MailOutcome } from "~/features/campaigns/mailing/mail-outcome";
import { recordDelivery } from "~/features/campaigns/recipients/record-delivery.server";
import { type SuppressionReason, type SuppressionSource } from "~/features/contacts/suppression/suppression";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/**
 * `known`: it was taken down before. `nothing`: it changes nothing, as a delivery or a delay. `not-ours`: neither a
 * campaign nor a contact has to do with that mail.
 */
export type TakenAs = "bounced" | "suppressed" | "known" | "nothing" | "not-ours";

const reasons: Partial<Record<MailOutcome["kind"], SuppressionReason>> = {
  failed: "bad-address",
  complained: "complained",
  unsubscribed: "unsubscribed",
};

/**
 * Told twice it counts once. A mail that came back has not reached anybody, whyever it did; only where the address itself
 * is bad is it not written to again. A complaint says nothing of the answer, which stays. `source`: who tells it; null:
 * a report that a person brought.
 */
export function takeOutcome(scope: Scope, outcome: MailOutcome, source: SuppressionSource | null): Promise<TakenAs> {
  return inTransaction(scope, async (scope) => {
    const reason = reasons[outcome.kind];
    if (!reason) return "nothing";
    const mailed = await findMailed(scope, outcome);
    const email = mailed?.email ?? (await addressOfContact(scope, outcome));
    if (email === null) return "not-ours";
    const isBounced = await markBounced(scope, mailed, outcome);
    const entry = { ...entryOf(outcome, email, reason), source: source ?? sourceOf(mailed) };
    const isListed = (outcome.kind !== "failed" || outcome.isHard) && (await suppress(scope, entry)).isNew;
    if (isBounced) return "bounced";
    return isListed ? "suppressed" : "known";
  });
}

function sourceOf(mailed: Mailed | null): SuppressionSource {
  return mailed ? `campaign:${mailed.campaignId}` : "person";
}

function entryOf({ diagnostic, status }: MailOutcome, value: string, reason: SuppressionReason) {
  return { channel: "email" as const, value, reason, note: diagnostic ?? status };
}

async function addressOfContact(scope: Scope, { recipient }: MailOutcome): Promise<string | null> {
  return recipient !== null && (await isOfContact(scope, recipient)) ? recipient : null;
}

async function markBounced(scope: Scope, mailed: Mailed | null, outcome: MailOutcome): Promise<boolean> {
  if (mailed === null || outcome.kind !== "failed") return false;
  const marked = await recordDelivery(
    scope,
    { campaignId: mailed.campaignId, contactIds: [mailed.contactId] },
    {
      mark: { delivery: "bounced", note: outcome.diagnostic ?? outcome.status },
      from: ["claimed", "accepted", "unknown"],
    },
  );
  return marked.ok;
}
