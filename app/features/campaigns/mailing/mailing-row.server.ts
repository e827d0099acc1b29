/** The row of how a campaign's email is sent, read, held and written. */
import { type Updateable } from "kysely";
import { type Mailing, type MailingSettings, usualMailing } from "~/features/campaigns/mailing/mailing";
import "~/features/campaigns/tables";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

/** Of `mailings as mailing`, joined to its campaign; all null where there is none. */
export const mailingColumns = [
  "mailing.sender_name",
  "mailing.reply_to",
  "mailing.dkim_selector",
  "mailing.mails_a_minute",
  "mailing.sent_when",
  "mailing.state as mailing_state",
  "mailing.asked_by as mailing_asked_by",
  "mailing.problem as mailing_problem",
  "mailing.ended_at as mailing_ended_at",
] as const;

interface MailingRow {
  sender_name: string | null;
  reply_to: string | null;
  dkim_selector: string | null;
  mails_a_minute: number | null;
  sent_when: Mailing["sentWhen"] | null;
  mailing_state: Mailing["state"] | null;
  mailing_asked_by: string | null;
  mailing_problem: string | null;
  mailing_ended_at: string | null;
}

/** Parts a row into what is of the mailing and the rest. */
export function toMailing<Row extends MailingRow>({
  sender_name: senderName,
  reply_to: replyTo,
  dkim_selector: dkimSelector,
  mails_a_minute: mailsAMinute,
  sent_when: sentWhen,
  mailing_state: state,
  mailing_asked_by: askedBy,
  mailing_problem: problem,
  mailing_ended_at: endedAt,
  ...rest
}: Row): { mailing: Mailing; rest: Omit<Row, keyof MailingRow> } {
  if (state === null || mailsAMinute === null || sentWhen === null) return { mailing: usualMailing, rest };
  const settings = { senderName, replyTo, dkimSelector, mailsAMinute, sentWhen };
  return { mailing: { ...settings, state, askedBy, problem, endedAt }, rest };
}

/** What a person sets of it. */
export function settingColumns(settings: MailingSettings) {
  return {
    sender_name: settings.senderName,
    reply_to: settings.replyTo,
    dkim_selector: settings.dkimSelector,
    mails_a_minute: settings.mailsAMinute,
    sent_when: settings.sentWhen,
  };
}

/** Makes the row where there is none, and holds it to the end of the transaction. The campaign is held already. */
export async function lockMailing(scope: Scope, campaignId: string) {
  await scope.db
    .insertInto("mailings")
    .values({ account_id: scope.account.id, campaign_id: campaignId })
    .onConflict((conflict) => conflict.columns(["account_id", "campaign_id"]).doNothing())
    .execute();
  return scope.db
    .selectFrom("mailings")
    .select(["state", "asked_by", "run_id", "judged_after", "paced_until", "mails_a_minute", "sent_when"])
    .select(["failures", "failing_since", "problem"])
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .$call(lockRows(scope))
    .executeTakeFirstOrThrow();
}

export async function writeMailing(
  scope: Scope,
  campaignId: string,
  written: Updateable<Tables["mailings"]>,
): Promise<void> {
  await scope.db
    .updateTable("mailings")
    .set(written)
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .execute();
}
