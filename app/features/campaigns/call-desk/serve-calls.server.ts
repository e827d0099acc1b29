/** How a recipient stands follows from the calls that were made to them and not taken back. */
import { calledStates, type CallOutcome, decisive, deliveryOf, nextAt } from "~/features/campaigns/call-desk/call";
import "~/features/campaigns/call-desk/tables";
import { type Delivery, deliveryNames } from "~/features/campaigns/delivery";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import "~/features/campaigns/tables";
import { whoReads } from "~/features/campaigns/recipients/who-reads.server";
import "~/features/contacts/tables";
import { oneLine } from "~/features/contacts/values/typed-text";
import { lockRows } from "~/platform/db/lock-rows.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Calling {
  campaignId: string;
  contactId: string;
}

interface Stands {
  delivery: Delivery;
  note: string | null;
}

/** As the history tells it. */
export function toldOf({ delivery, note }: Stands) {
  return { delivery, words: deliveryNames[delivery], note };
}

/** Held to the end of the transaction; undefined: not on the list. */
export async function lockCalled(scope: Scope, { campaignId, contactId }: Calling) {
  if (!isId(campaignId) || !isId(contactId)) return undefined;
  return scope.db
    .selectFrom("recipients")
    .select(["delivery", "delivery_note as note", "reserved_by as reservedBy", "reserved_until as reservedUntil"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

function callsOf(scope: Scope, { campaignId, contactId }: Calling) {
  return scope.db
    .selectFrom("calls")
    .select(["id", "outcome", "note", "at", "caller_id", "call_back_at"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .orderBy("id", "desc");
}

/** Taken back since or not. */
export async function lastCall(scope: Scope, who: Calling) {
  if (!isId(who.campaignId) || !isId(who.contactId)) return undefined;
  return callsOf(scope, who).limit(1).executeTakeFirst();
}

/**
 * Makes the recipient stand as their calls say that are not withdrawn; without any, nobody has called yet. Whose number
 * was wrong is still to be called where there is another.
 */
export async function serveCalls(
  scope: Scope,
  who: Calling,
  { keepsReservation, known }: { keepsReservation: boolean; known?: Known },
): Promise<Stands> {
  const calls = await callsOf(scope, who).where("withdrawn_at", "is", null).execute();
  const last = decisive(calls);
  const mark = {
    ...(await markOf(scope, who, { last, known })),
    since: { at: last?.at ?? null, by: last?.caller_id ?? null, tries: calls.length },
    keepsReservation,
  };
  await markDelivery(scope, who.campaignId, [who.contactId], { mark, from: calledStates });
  return { delivery: mark.delivery, note: mark.note };
}

/** Whether there was another number to call, as of the calls up to this one. */
interface Known {
  upTo: string;
  hadOther: boolean;
}

interface Last {
  id: string;
  outcome: CallOutcome;
  note: string | null;
  at: string;
  call_back_at: string | null;
}

async function markOf(
  scope: Scope,
  who: Calling,
  { last, known }: { last: Last | undefined; known: Known | undefined },
) {
  if (!last) return { delivery: "none", note: null, nextAt: null } as const;
  const { outcome, at, call_back_at: callBackAt } = last;
  const hadOther = known && last.id <= known.upTo ? known.hadOther : null;
  const isToCall = outcome === "wrong-number" && (hadOther ?? (await hasGoodNumber(scope, who)));
  return {
    delivery: isToCall ? ("none" as const) : deliveryOf(outcome),
    note: last.note === null ? null : oneLine(last.note),
    nextAt: nextAt({ outcome, at, callBackAt }),
  };
}

/** Of theirs, or of whoever is called for them. */
async function hasGoodNumber(scope: Scope, { campaignId, contactId }: Calling): Promise<boolean> {
  const good = await scope.db
    .selectFrom("recipients as recipient")
    .innerJoin("contact_points as point", (join) =>
      join.onRef("point.account_id", "=", "recipient.account_id").on("point.contact_id", "=", whoReads),
    )
    .select("point.value_key")
    .where("recipient.account_id", "=", scope.account.id)
    .where("recipient.campaign_id", "=", campaignId)
    .where("recipient.contact_id", "=", contactId)
    .where("point.channel", "=", "phone")
    .where("point.suppressed_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return good !== undefined;
}
