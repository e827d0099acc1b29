/**
 * Claims whom a mail goes to next, in a transaction of its own: whoever is claimed is written to once or becomes "not known",
 * and by this claim nobody else writes to them. Each is judged once more at this moment. See docs/decisions/025.
 */
import { sql } from "kysely";
import { recordEvent } from "~/features/audit/audit.server";
import { lockCampaign } from "~/features/campaigns/campaign-row.server";
import { lockMailing, writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { mailPeople, type MailPerson } from "~/features/campaigns/mailing/mail-people.server";
import { judgeNow, leaveOut } from "~/features/campaigns/mailing/judge-now.server";
import { allowance, pacedAfter, untilWorkingHours } from "~/features/campaigns/mailing/sending-times";
import { tellEnd } from "~/features/campaigns/mailing/tell-end.server";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import { type CampaignFacts } from "~/features/campaigns/text/merge-values";
import "~/features/campaigns/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { type Scope } from "~/platform/scope.server";

export type ReadyPerson = MailPerson & { email: string };

export type Claim =
  | { kind: "claimed"; people: ReadyPerson[] }
  /** Nobody now; somebody then. */
  | { kind: "wait"; until: string }
  /** Some were left out or put off: ask again. */
  | { kind: "again" }
  /** `ended`: nobody is left. `stopped`: paused, completed, deleted, or another job is at it. */
  | { kind: "ended" | "stopped" };

/** Of people in other time zones more are looked at than may go out. */
const LOOKED_AT = 200;

/** @param most how many at once */
export function claimMails(
  scope: Scope,
  campaignId: string,
  { runId, facts, most }: { runId: string; facts: CampaignFacts; most: number },
): Promise<Claim> {
  return inTransaction(scope, async (scope) => {
    const campaign = await lockCampaign(scope, campaignId);
    if (campaign?.state !== "running") return { kind: "stopped" };
    const mailing = await lockMailing(scope, campaignId);
    if (mailing.state !== "sending" || mailing.run_id !== runId) return { kind: "stopped" };
    const now = scope.clock.now();
    const pace = { pacedUntil: mailing.paced_until, mailsAMinute: mailing.mails_a_minute, now };
    const allowed = Math.min(most, allowance(pace));
    if (allowed === 0) return { kind: "wait", until: mailing.paced_until ?? now };
    const inHours = mailing.sent_when === "working-hours";
    const ids = await nextRecipients(scope, campaignId, inHours ? Math.max(allowed, LOOKED_AT) : allowed);
    if (ids.length === 0) return endOrWait(scope, campaignId, mailing.asked_by);
    const people = (await readyNow(scope, campaignId, { ids, facts, inHours })).slice(0, allowed);
    if (people.length === 0) return { kind: "again" };
    const mark = { delivery: "claimed" } as const;
    const marked = await markDelivery(scope, campaignId, idsOf(people), { mark, from: ["none"] });
    await writeMailing(scope, campaignId, { paced_until: pacedAfter(pace, marked.length) });
    const taken = new Set(marked.map(({ contactId }) => contactId));
    return { kind: "claimed", people: people.filter(({ contactId }) => taken.has(contactId)) };
  });
}

/** Of these who is to be written to, judged anew, with an address, and at work where that is asked for. */
async function readyNow(
  scope: Scope,
  campaignId: string,
  { ids, facts, inHours }: { ids: readonly string[]; facts: CampaignFacts; inHours: boolean },
): Promise<ReadyPerson[]> {
  await judgeNow(scope, campaignId, ids);
  const people = await withAddress(scope, campaignId, await mailPeople(scope, campaignId, { contactIds: ids, facts }));
  return inHours ? putOff(scope, campaignId, people) : people;
}

function idsOf(people: readonly MailPerson[]): string[] {
  return people.map(({ contactId }) => contactId);
}

function waiting(scope: Scope, campaignId: string) {
  return (
    scope.db
      .selectFrom("recipients")
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      // As the index has it.
      .where("delivery", "=", sql.lit("none" as const))
      .where("left_out", "is", null)
  );
}

/** Those whose hour has come, then those that wait for none, by name. */
async function nextRecipients(scope: Scope, campaignId: string, most: number): Promise<string[]> {
  const due = await waiting(scope, campaignId)
    .select("contact_id")
    .where("next_at", "<=", scope.clock.now())
    .orderBy("next_at")
    .orderBy("name_key")
    .orderBy("contact_id")
    .limit(most)
    .execute();
  if (due.length === most) return due.map(({ contact_id: id }) => id);
  const fresh = await waiting(scope, campaignId)
    .select("contact_id")
    .where("next_at", "is", null)
    .orderBy("name_key")
    .orderBy("contact_id")
    .limit(most - due.length)
    .execute();
  return [...due, ...fresh].map(({ contact_id: id }) => id);
}

async function endOrWait(scope: Scope, campaignId: string, askedBy: string | null): Promise<Claim> {
  const next = await waiting(scope, campaignId)
    .select("next_at")
    .where("next_at", "is not", null)
    .orderBy("next_at")
    .limit(1)
    .executeTakeFirst();
  if (next?.next_at) return { kind: "wait", until: next.next_at };
  await writeMailing(scope, campaignId, { state: "done", ended_at: scope.clock.now(), run_id: null });
  await recordEvent(scope, { action: "campaign.mailing-ended", subject: { campaignId } });
  await tellEnd(scope, campaignId, { state: "done", askedBy });
  return { kind: "ended" };
}

/** Whose first email is none that a mail can be sent to is left out. */
async function withAddress(scope: Scope, campaignId: string, people: readonly MailPerson[]): Promise<ReadyPerson[]> {
  const isReady = (person: MailPerson): person is ReadyPerson => person.email !== null && isMailAddress(person.email);
  await leaveOut(scope, campaignId, idsOf(people.filter((person) => !isReady(person))), "no-address");
  return people.filter(isReady);
}

/** Puts off those who do not work now, each until they do; returns the others. */
async function putOff(scope: Scope, campaignId: string, people: readonly ReadyPerson[]): Promise<ReadyPerson[]> {
  const later = new Map<string, string[]>();
  const open: ReadyPerson[] = [];
  const openings = new Map<string, string | null>();
  for (const person of people) {
    const zone = person.timeZone ?? scope.account.timeZone;
    if (!openings.has(zone)) openings.set(zone, untilWorkingHours(zone, scope.clock.now()));
    const opens = openings.get(zone);
    if (opens) later.set(opens, [...(later.get(opens) ?? []), person.contactId]);
    else open.push(person);
  }
  for (const [opens, ids] of later) {
    await scope.db
      .updateTable("recipients")
      .set({ next_at: opens })
      .where("account_id", "=", scope.account.id)
      .where("campaign_id", "=", campaignId)
      .where("contact_id", "in", ids)
      .execute();
  }
  return open;
}
