/**
 * Who is called next. A contact is on one caller's page at a time: the row is taken by one of those who ask at once, and
 * nobody else is given it until it is freed, or its time is over.
 */
import { LEFT_MS, MOST_TRIES, RESERVED_MS } from "~/features/campaigns/call-desk/call";
import { whyNotCalled } from "~/features/campaigns/call-desk/why-not-called.server";
import { type Delivery } from "~/features/campaigns/delivery";
import { type LeftOut } from "~/features/campaigns/recipients/left-out";
import "~/features/campaigns/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

/** So many are left out for one press of the button; then it is pressed again. */
const MOST_LEFT_OUT = 100;

export type NextContact =
  | { ok: true; contactId: string; leftOut: number }
  /** `nobody`: not now. `many-left-out`: there may be more behind them. */
  | { ok: false; reason: "not-found" | "not-running" | "nobody" | "many-left-out"; leftOut: number };

/**
 * Reserves the next contact for whoever asks: the one they have already, else call-backs that are due, then who was not
 * called yet, then who did not answer. Each is judged once more: who is not to be called any more is left out.
 */
export async function nextContact(scope: Scope, campaignId: string): Promise<NextContact> {
  const refused = await whyNoCalls(scope, campaignId);
  if (refused) return { ok: false, reason: refused, leftOut: 0 };
  for (let leftOut = 0; leftOut < MOST_LEFT_OUT; leftOut += 1) {
    const contactId = await inTransaction(scope, (scope) => takeNext(scope, campaignId));
    if (contactId === null) return { ok: false, reason: "nobody", leftOut };
    if ((await whyNotCalled(scope, { campaignId, contactId })) === null) return { ok: true, contactId, leftOut };
  }
  return { ok: false, reason: "many-left-out", leftOut: MOST_LEFT_OUT };
}

async function whyNoCalls(scope: Scope, campaignId: string): Promise<"not-found" | "not-running" | null> {
  if (!isId(campaignId)) return "not-found";
  const campaign = await scope.db
    .selectFrom("campaigns")
    .select(["state", "channel", "archived_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", campaignId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (campaign?.channel !== "phone") return "not-found";
  return campaign.state === "running" && campaign.archived_at === null ? null : "not-running";
}

async function takeNext(scope: Scope, campaignId: string): Promise<string | null> {
  await holdCaller(scope);
  const contactId = (await ownContact(scope, campaignId)) ?? (await firstFree(scope, campaignId));
  if (contactId !== null) await setReservation(scope, { campaignId, contactId });
  return contactId;
}

/** Whoever presses in two tabs at once is served one after the other: both get the same contact. */
async function holdCaller(scope: Scope): Promise<void> {
  await scope.db
    .selectFrom("memberships")
    .select("user_id")
    .where("account_id", "=", scope.account.id)
    .where("user_id", "=", scope.user?.id ?? null)
    .$call(lockRows(scope))
    .execute();
}

/** Writes who has them on their page, and until when. */
async function setReservation(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
): Promise<void> {
  await scope.db
    .updateTable("recipients")
    .set({ reserved_by: scope.user?.id ?? null, reserved_until: later(scope.clock.now(), RESERVED_MS) })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .execute();
}

function toCall(scope: Scope, campaignId: string) {
  return scope.db
    .selectFrom("recipients")
    .select("contact_id")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("left_out", "is", null)
    .where("response", "=", "pending")
    .limit(1);
}

/** The one that is on their page already. */
async function ownContact(scope: Scope, campaignId: string): Promise<string | null> {
  const row = await toCall(scope, campaignId)
    .where("reserved_by", "=", scope.user?.id ?? null)
    .where("reserved_until", ">", scope.clock.now())
    .orderBy("reserved_until", "desc")
    .$call(lockRows(scope))
    .executeTakeFirst();
  return row?.contact_id ?? null;
}

/** What they left a while ago comes again when there is nothing else. */
async function firstFree(scope: Scope, campaignId: string): Promise<string | null> {
  for (const withLeft of [false, true]) {
    for (const turn of turns) {
      const row = await turn(free(scope, campaignId, withLeft), scope.clock.now())
        .$call(lockRows(scope, { skipsLocked: true }))
        .executeTakeFirst();
      if (row) return row.contact_id;
    }
  }
  return null;
}

type ToCall = ReturnType<typeof toCall>;

/** On nobody's page. */
function free(scope: Scope, campaignId: string, withLeft: boolean): ToCall {
  const now = scope.clock.now();
  return toCall(scope, campaignId)
    .where((eb) => eb.or([eb("reserved_until", "is", null), eb("reserved_until", "<=", now)]))
    .$if(!withLeft, (query) =>
      query.where((eb) =>
        eb.or([
          eb("reserved_by", "is", null),
          eb("reserved_by", "!=", scope.user?.id ?? null),
          eb("reserved_until", "<=", later(now, -LEFT_MS)),
        ]),
      ),
    );
}

const inState = (query: ToCall, delivery: Delivery) => query.where("delivery", "=", delivery);

const turns: readonly ((query: ToCall, now: string) => ToCall)[] = [
  (query, now) => inState(query, "call-back").where("next_at", "<=", now).orderBy("next_at").orderBy("contact_id"),
  (query) => inState(query, "none").orderBy("name_key").orderBy("contact_id"),
  (query, now) =>
    inState(query, "no-answer")
      .where("next_at", "<=", now)
      .where("tries", "<", MOST_TRIES)
      .orderBy("name_key")
      .orderBy("contact_id"),
];

export type TakeContact =
  | { ok: true; until: string }
  | { ok: false; reason: "not-found" }
  | { ok: false; reason: "not-running" }
  | { ok: false; reason: "reserved"; by: string | null; until: string }
  | { ok: false; reason: "left-out"; why: LeftOut };

/** Reserves this contact for whoever asks, or for longer where it is theirs already. */
export async function takeContact(scope: Scope, who: { campaignId: string; contactId: string }): Promise<TakeContact> {
  const refused = await whyNoCalls(scope, who.campaignId);
  if (refused) return { ok: false, reason: refused };
  const taken = await inTransaction(scope, (scope) => takeThis(scope, who));
  if (!taken.ok) return taken;
  const why = await whyNotCalled(scope, who);
  return why === null ? taken : { ok: false, reason: "left-out", why };
}

async function takeThis(scope: Scope, who: { campaignId: string; contactId: string }): Promise<TakeContact> {
  const row = await heldRecipient(scope, who);
  if (!row) return { ok: false, reason: "not-found" };
  const now = scope.clock.now();
  if (row.by !== (scope.user?.id ?? null) && row.until !== null && row.until > now) {
    return { ok: false, reason: "reserved", by: await nameOf(scope, row.by), until: row.until };
  }
  await setReservation(scope, who);
  return { ok: true, until: later(now, RESERVED_MS) };
}

async function heldRecipient(scope: Scope, { campaignId, contactId }: { campaignId: string; contactId: string }) {
  if (!isId(contactId)) return undefined;
  return scope.db
    .selectFrom("recipients")
    .select(["reserved_by as by", "reserved_until as until"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

async function nameOf({ db }: Scope, userId: string | null): Promise<string | null> {
  if (userId === null) return null;
  const user = await db.selectFrom("users").select("name").where("id", "=", userId).executeTakeFirst();
  return user?.name ?? null;
}

/** Off their own page, without any call: others may have it at once. Whether it was theirs. */
export async function leaveContact(
  scope: Scope,
  { campaignId, contactId }: { campaignId: string; contactId: string },
): Promise<boolean> {
  if (!isId(campaignId) || !isId(contactId)) return false;
  const now = scope.clock.now();
  const { numUpdatedRows } = await scope.db
    .updateTable("recipients")
    .set({ reserved_until: now })
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .where("reserved_by", "=", scope.user?.id ?? null)
    .where("reserved_until", ">", now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
