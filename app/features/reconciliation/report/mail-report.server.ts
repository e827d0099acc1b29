/** Mails a report, with its key figures and a link: to each person once for each run, since the link is written with the mail. */
import { recordEvent } from "~/features/audit/audit.server";
import { listRecipients, type Recipient } from "~/features/reconciliation/report/recipients.server";
import { insertLink } from "~/features/reconciliation/report/report-links.server";
import { keyFigures } from "~/features/reconciliation/report/report";
import { daysText } from "~/features/reconciliation/results/days-text";
import { findResult, type Found } from "~/features/reconciliation/results/find-result.server";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { writeMail } from "~/platform/mail/write-mail.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, dateIn, formatShortDate, startOfDay } from "~/platform/time";

const MAILED_DAYS = 30;

/** Whoever asks sees only their own contacts, or there is no such run: null. Else to how many it went now. */
export function mailReportNow(scope: Scope, reconciliationId: string, runId: string): Promise<number | null> {
  return inTransaction(scope, async (scope) => {
    const found = await findResult(scope, { reconciliationId, runId });
    if (!found?.run) return null;
    await lockReconciliation(scope, reconciliationId);
    return mailTo(scope, { ...found, run: found.run }, await listRecipients(scope, reconciliationId));
  });
}

/** In the transaction of the run's end. One that a person asked for is mailed when a person says so. */
export async function mailDueReports(
  scope: Scope,
  { id, reconciliationId }: { id: string; reconciliationId: string },
): Promise<void> {
  const due = await dueRecipients(scope, { id, reconciliationId });
  if (due.length === 0) return;
  const found = await findResult(scope, { reconciliationId, runId: id });
  if (found?.run) await mailTo(scope, { ...found, run: found.run }, due);
}

async function dueRecipients(
  scope: Scope,
  { id, reconciliationId }: { id: string; reconciliationId: string },
): Promise<Recipient[]> {
  const recipients = await listRecipients(scope, reconciliationId);
  if (recipients.length === 0 || !(await isScheduled(scope, id))) return [];
  const since = beginnings(scope);
  const rows = await scope.db
    .selectFrom("report_links")
    .select((eb) => ["recipient_id as id", eb.fn.max("made_at").as("last")])
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("recipient_id", "is not", null)
    .groupBy("recipient_id")
    .execute();
  const last = new Map(rows.map((row) => [row.id, row.last]));
  return recipients.filter(({ id, often }) => often === "each" || (last.get(id) ?? "") < since[often]);
}

async function isScheduled(scope: Scope, runId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("comparison_runs")
    .select("asked_by")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirst();
  return run?.asked_by === null;
}

/** When this week (from Monday) and this month began, by the account's clocks. */
function beginnings({ account, clock }: Scope): { week: string; month: string } {
  const today = dateIn(account.timeZone, clock.now());
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return {
    week: startOfDay(account.timeZone, addDays(today, -weekday)),
    month: startOfDay(account.timeZone, `${today.slice(0, 8)}01`),
  };
}

/** In the caller's transaction. Written as the account writes, whoever sends it. */
async function mailTo(scope: Scope, { reconciliationId, name, run }: Found, recipients: readonly Recipient[]) {
  const { account, clock } = scope;
  const place = { locale: account.locale, timeZone: account.timeZone };
  const lastDay = addDays(dateIn(account.timeZone, clock.now()), MAILED_DAYS);
  const endsAt = startOfDay(account.timeZone, addDays(lastDay, 1));
  const { lead, open, figures } = keyFigures(run, place);
  let sent = 0;
  for (const { id: recipientId, name: toName, email } of recipients) {
    const link = { reconciliationId, runId: run.id, label: toName, recipientId, endsAt };
    const path = await insertLink(scope, link);
    if (path === null) continue;
    sent += 1;
    await writeMail(scope, {
      ...{ to: email, toName, purpose: "report", subject: `${name}, ${daysText(place, run)}` },
      paragraphs: [
        `this is how ${name} stands, ${daysText(place, run)}.`,
        lead,
        figures.map(({ value, label }) => `${label.charAt(0).toUpperCase()}${label.slice(1)}: ${value}`).join("\n"),
        ...(open ? [open] : []),
      ],
      link: { label: "Read the report", path },
      afterLink: [
        `The link works until ${formatShortDate(place, lastDay)} and needs no account: whoever has it can read the report.`,
        `${account.name} has put you on the list for this report. Tell them if you want it no more.`,
      ],
    });
  }
  if (sent > 0) {
    const subject = { reconciliationId, runId: run.id };
    await recordEvent(scope, { action: "report.mailed", subject, counts: { recipients: sent } });
  }
  return sent;
}
