/** How a recipient stands follows from the calls that were made to them and not taken back. */
import { calledStates, type CallOutcome, deliveryOf, nextAt } from "~/features/campaigns/call-desk/call";
import "~/features/campaigns/call-desk/tables";
import { type Delivery, deliveryNames } from "~/features/campaigns/delivery";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import "~/features/campaigns/tables";
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

/** Makes the recipient stand as the last call says that is not withdrawn; without any, nobody has called yet. */
export async function serveCalls(
  scope: Scope,
  who: Calling,
  { keepsReservation }: { keepsReservation: boolean },
): Promise<Stands> {
  const calls = await callsOf(scope, who).where("withdrawn_at", "is", null).execute();
  const [last] = calls;
  const mark = {
    ...markOf(last),
    since: { at: last?.at ?? null, by: last?.caller_id ?? null, tries: calls.length },
    keepsReservation,
  };
  await markDelivery(scope, who.campaignId, [who.contactId], { mark, from: calledStates });
  return { delivery: mark.delivery, note: mark.note };
}

interface Last {
  outcome: CallOutcome;
  note: string | null;
  at: string;
  call_back_at: string | null;
}

function markOf(last: Last | undefined) {
  if (!last) return { delivery: "none", note: null, nextAt: null } as const;
  const { outcome, at, call_back_at: callBackAt } = last;
  return {
    delivery: deliveryOf(outcome),
    note: last.note === null ? null : oneLine(last.note),
    nextAt: nextAt({ outcome, at, callBackAt }),
  };
}
