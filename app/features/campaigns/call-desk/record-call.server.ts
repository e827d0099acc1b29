/** What came of a call, as one change with one Undo: the call, what they answered, a number that is wrong. */
import { type Response } from "~/features/campaigns/campaign";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { type CallOutcome, outcomeNames, responseOf } from "~/features/campaigns/call-desk/call";
import { hourIn } from "~/features/campaigns/call-desk/local-time";
import {
  type Calling,
  lastCall,
  lockCalled,
  serveCalls,
  toldOf,
} from "~/features/campaigns/call-desk/serve-calls.server";
import "~/features/campaigns/call-desk/tables";
import { recordResponse } from "~/features/campaigns/responses/record-response.server";
import { asOneChange, recordChange } from "~/features/contacts/record-change.server";
import { suppress } from "~/features/contacts/suppression/suppressions.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { dateIn } from "~/platform/time";

export interface NewCall {
  outcome: CallOutcome;
  note: string | null;
  /** Of a conversion, in minor units of the campaign's currency. */
  valueMinor: bigint | null;
  callBackAt: string | null;
  /** That leads to somebody else: nobody uses it any more. */
  wrongNumber: string | null;
  /** The last call that the caller's page told of; null: there was none. */
  after: string | null;
}

export type RecordCallResult =
  | { ok: true; changeSetId: string }
  | { ok: false; reason: "not-found" | "is-draft" }
  /** Somebody else has them on their page by now. */
  | { ok: false; reason: "reserved"; by: string | null; until: string }
  /** `isSame`: this very call, by the same person: the button was pressed twice. */
  | { ok: false; reason: "recorded-since"; isSame: boolean };

/** Whoever calls need not have them reserved any more, as long as nobody else has. */
export function recordCall(scope: Scope, who: Calling, call: NewCall): Promise<RecordCallResult> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, who.campaignId);
    const before = campaign?.channel === "phone" ? await lockCalled(scope, who) : undefined;
    if (!campaign || !before) return { ok: false, reason: "not-found" };
    if (campaign.state === "draft") return { ok: false, reason: "is-draft" };
    const refused = (await heldByOther(scope, before)) ?? (await recordedSince(scope, who, call));
    if (refused) return refused;
    const one = asOneChange(scope, "call.recorded");
    // First, since it holds other contacts' numbers: all else is held already.
    if (call.wrongNumber) await listNumber(one, who.campaignId, call.wrongNumber);
    const id = newId();
    await insertCall(one, who, { id, ...call });
    const after = await serveCalls(one, who, { keepsReservation: false });
    const told = { campaignId: campaign.id, campaignName: campaign.name };
    const changeSetId = await recordChange(one, {
      action: "call.recorded",
      subject: { ...who },
      fields: [call.outcome],
      entries: [
        {
          subjectKind: "call",
          subjectId: who.contactId,
          before: { ...told, ...toldOf(before) },
          after: { ...told, ...toldOf(after), callId: id },
        },
      ],
    });
    const response = responseOf(call.outcome);
    if (response) await answer(one, who, { ...call, response });
    return { ok: true, changeSetId };
  });
}

type Held = NonNullable<Awaited<ReturnType<typeof lockCalled>>>;

async function heldByOther(scope: Scope, { reservedBy, reservedUntil: until }: Held) {
  if (until === null || until <= scope.clock.now() || reservedBy === (scope.user?.id ?? null)) return null;
  const user = await scope.db.selectFrom("users").select("name").where("id", "=", reservedBy).executeTakeFirst();
  return { ok: false, reason: "reserved", by: user?.name ?? null, until } as const;
}

async function recordedSince(scope: Scope, who: Calling, { after, outcome }: NewCall) {
  const last = await lastCall(scope, who);
  if ((last?.id ?? null) === after) return null;
  const isSame = last?.outcome === outcome && last.caller_id === (scope.user?.id ?? null);
  return { ok: false, reason: "recorded-since", isSame } as const;
}

async function insertCall(scope: Scope, who: Calling, { id, ...call }: NewCall & { id: string }): Promise<void> {
  const at = scope.clock.now();
  await scope.db
    .insertInto("calls")
    .values({
      ...{ account_id: scope.account.id, id, campaign_id: who.campaignId, contact_id: who.contactId },
      ...{ caller_id: scope.user?.id ?? null, at, hour: hourIn(scope.account.timeZone, at) },
      ...{ outcome: call.outcome, note: call.note },
      call_back_at: call.outcome === "call-back" ? call.callBackAt : null,
      withdrawn_at: null,
    })
    .execute();
}

async function listNumber(scope: Scope, campaignId: string, value: string): Promise<void> {
  const note = outcomeNames["wrong-number"];
  await suppress(scope, { channel: "phone", value, reason: "bad-address", note, source: `campaign:${campaignId}` });
}

async function answer(
  scope: Scope,
  who: Calling,
  { response, note, valueMinor }: Pick<NewCall, "note" | "valueMinor"> & { response: Response },
): Promise<void> {
  const respondedOn = dateIn(scope.account.timeZone, scope.clock.now());
  const recorded = await recordResponse(scope, who, { response, respondedOn, how: "phone", note, valueMinor });
  if (!recorded.ok) throw new Error(`A call's answer was refused: ${recorded.reason}`);
}
