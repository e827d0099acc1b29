/** A round of calls as the desk's front page tells it. */
import { sql } from "kysely";
import { MOST_TRIES } from "~/features/campaigns/call-desk/call";
import "~/features/campaigns/call-desk/tables";
import { type CallCount } from "~/features/campaigns/call-desk/tally";
import "~/features/campaigns/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import "~/features/contacts/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

const MOST_SHOWN = 50;

export interface ToCallCounts {
  /** Not called yet. */
  fresh: number;
  /** Did not answer, and will be tried again; of them now. */
  again: number;
  againNow: number;
  callBacks: number;
  callBacksDue: number;
  /** Did not answer as often as it is tried. */
  givenUp: number;
}

/** How many are left, as long as they have not answered in another way. One statement. */
export async function countToCall(scope: Scope, campaignId: string): Promise<ToCallCounts> {
  const now = scope.clock.now();
  const row = await scope.db
    .selectFrom("recipients")
    .select((eb) => {
      const isDue = eb("next_at", "<=", now);
      const isAgain = eb.and([eb("delivery", "=", "no-answer"), eb("tries", "<", MOST_TRIES)]);
      const isCallBack = eb("delivery", "=", "call-back");
      const counted = {
        fresh: eb("delivery", "=", "none"),
        again: isAgain,
        againNow: eb.and([isAgain, isDue]),
        callBacks: isCallBack,
        callBacksDue: eb.and([isCallBack, isDue]),
        givenUp: eb.and([eb("delivery", "=", "no-answer"), eb("tries", ">=", MOST_TRIES)]),
      };
      return Object.entries(counted).map(([name, is]) =>
        sql<number>`count(case when ${is} then 1 end)`.as(name as keyof ToCallCounts),
      );
    })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("left_out", "is", null)
    .where("response", "=", "pending")
    .executeTakeFirstOrThrow();
  const numbers = Object.entries(row).map(([name, count]) => [name, Number(count)]);
  return Object.fromEntries(numbers) as unknown as ToCallCounts;
}

/** Somebody who wants to be called at a time, or is on a caller's page. */
export interface Waiting {
  kind: "call-back" | "reserved";
  contactId: string;
  name: string | null;
  at: string;
  note: string | null;
  timeZone: string | null;
  by: string | null;
}

/** Call-backs by their time, then who is on whose page; fifty of each at most. One statement. */
export async function listWaiting(scope: Scope, campaignId: string): Promise<Waiting[]> {
  if (!isId(campaignId)) return [];
  const rows = await scope.db
    .selectFrom(callBacks(scope, campaignId).unionAll(reserved(scope, campaignId)).as("waiting"))
    .leftJoin("contacts as contact", (join) =>
      join.onRef("contact.id", "=", "waiting.contact_id").on("contact.account_id", "=", scope.account.id),
    )
    .leftJoin("users", "users.id", "waiting.by_id")
    .select(["waiting.kind", "waiting.contact_id as contactId", "waiting.at", "waiting.note"])
    .select(["contact.name", "contact.time_zone as timeZone", "users.name as by"])
    .orderBy("waiting.kind")
    .orderBy("waiting.at")
    .orderBy("waiting.contact_id")
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: at ?? "" }));
}

function callBacks(scope: Scope, campaignId: string) {
  const some = parts
    .selectFrom("recipients")
    .select(["contact_id", "next_at as at", "delivery_note as note", "delivery_by as by_id"])
    .select(sql<Waiting["kind"]>`'call-back'`.as("kind"))
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("left_out", "is", null)
    .where("response", "=", "pending")
    .where("delivery", "=", "call-back")
    .orderBy("next_at")
    .limit(MOST_SHOWN);
  return parts.selectFrom(some.as("some")).select(["contact_id", "at", "note", "by_id", "kind"]);
}

function reserved(scope: Scope, campaignId: string) {
  const some = parts
    .selectFrom("recipients")
    .select(["contact_id", "reserved_until as at", "delivery_note as note", "reserved_by as by_id"])
    .select(sql<Waiting["kind"]>`'reserved'`.as("kind"))
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("reserved_until", ">", scope.clock.now())
    .orderBy("reserved_until")
    .limit(MOST_SHOWN);
  return parts.selectFrom(some.as("some")).select(["contact_id", "at", "note", "by_id", "kind"]);
}

/** Calls that were not taken back, by caller, hour and outcome. One statement. */
export async function countCalls(scope: Scope, campaignId: string): Promise<CallCount[]> {
  if (!isId(campaignId)) return [];
  const rows = await scope.db
    .selectFrom("calls")
    .leftJoin("users", "users.id", "calls.caller_id")
    .select(["calls.caller_id as callerId", "users.name as callerName", "calls.hour", "calls.outcome"])
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("calls.account_id", "=", scope.account.id)
    .where("calls.campaign_id", "=", campaignId)
    .where("calls.withdrawn_at", "is", null)
    .groupBy(["calls.caller_id", "users.name", "calls.hour", "calls.outcome"])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
