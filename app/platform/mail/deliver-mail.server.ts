/**
 * Sends what was written. A worker first claims the mail and lets it go with the outcome. If it is killed in between,
 * nobody knows whether the server had taken it: then it is sent again, since a link that comes twice harms nobody and
 * one that never comes locks somebody out. See docs/decisions/012-mail.md.
 */
import "~/platform/mail/tables";
import { fromJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { unseal, UnsealError } from "~/platform/encryption.server";
import { mailHtml, mailText } from "~/platform/mail/mail-text.server";
import { type SendOutcome, sendBySmtp } from "~/platform/mail/smtp.server";
import { askForSending, bodyPlace, type MailBody } from "~/platform/mail/write-mail.server";
import { type JobContext } from "~/platform/queue/tasks";
import { type InstallationScope } from "~/platform/scope.server";
import { later, MINUTE_MS } from "~/platform/time";

/** A worker that has not let a mail go by then was killed. Longer than a sending may take. */
const CLAIM_MS = 2 * MINUTE_MS;

/** The mail server is down or does not want it now: the queue tries again, for about four days. */
export class MailNotSentError extends Error {
  override name = "MailNotSentError";
}

interface ClaimedMail {
  id: string;
  to_address: string;
  to_name: string | null;
  subject: string;
  body: string | null;
  created_at: string;
  /** By which the claim is known again. */
  attempts: number;
}

/** Sends the mail unless that was done. @throws MailNotSentError when it should be tried again later. */
export async function deliverMail(context: JobContext, mailId: string): Promise<void> {
  const settings = context.env.mail;
  if (!settings) return keepUnsent(context, mailId);
  const mail = await claim(context, mailId);
  if (!mail) return;
  const body = opened(context, mail);
  if (!body) return letGo(context, mail, { kind: "refused", problem: "What it said can no longer be opened" });
  const { appOrigin } = context.env;
  const around = { toName: mail.to_name, subject: mail.subject, appOrigin };
  const outcome = await sendBySmtp(
    settings,
    {
      id: mail.id,
      to: { name: mail.to_name ?? "", address: mail.to_address },
      subject: mail.subject,
      text: mailText(body, around),
      html: mailHtml(body, around),
      date: mail.created_at,
    },
    { appOrigin, signal: context.signal },
  );
  await letGo(context, mail, outcome);
}

/** Null when it was emptied meanwhile, or sealed with a key that was taken away since: there is nothing left to send. */
function opened({ keys }: JobContext, { id, body }: ClaimedMail): MailBody | null {
  if (body === null) return null;
  try {
    return fromJson<MailBody>(unseal(keys, bodyPlace(id), body));
  } catch (error) {
    if (error instanceof UnsealError) return null;
    throw error;
  }
}

async function keepUnsent({ db }: InstallationScope, mailId: string): Promise<void> {
  await db
    .updateTable("mails")
    .set({ state: "not-sent", problem: "There is no mail server" })
    .where("id", "=", mailId)
    .where("state", "=", "waiting")
    .execute();
}

function claim(scope: InstallationScope, mailId: string): Promise<ClaimedMail | null> {
  const now = scope.clock.now();
  return inTransaction(scope, async (scope) => {
    const claimed = await scope.db
      .updateTable("mails")
      .set((eb) => ({ state: "sending", sending_since: now, attempts: eb("attempts", "+", 1) }))
      .where("id", "=", mailId)
      .where((eb) =>
        eb.or([
          eb("state", "=", "waiting"),
          eb.and([eb("state", "=", "sending"), eb("sending_since", "<=", later(now, -CLAIM_MS))]),
        ]),
      )
      .returning(["id", "to_address", "to_name", "subject", "body", "created_at", "attempts"])
      .executeTakeFirst();
    if (!claimed) await lookAgainLater(scope, mailId);
    return claimed ?? null;
  });
}

/** Somebody else has it: either they are sending it this minute, or they were killed at that. */
async function lookAgainLater(scope: InstallationScope, mailId: string): Promise<void> {
  const other = await scope.db
    .selectFrom("mails")
    .select("sending_since")
    .where("id", "=", mailId)
    .where("state", "=", "sending")
    .executeTakeFirst();
  if (other?.sending_since) await askForSending(scope, mailId, { runAt: later(other.sending_since, CLAIM_MS) });
}

async function letGo(context: JobContext, mail: ClaimedMail, outcome: SendOutcome): Promise<void> {
  const isLast = context.attempt >= context.maxAttempts;
  const failed = outcome.kind === "refused" || (outcome.kind === "not-now" && isLast);
  const { db, clock } = context;
  const now = clock.now();
  await db
    .updateTable("mails")
    .set(
      outcome.kind === "sent"
        ? { state: "sent", sent_at: now, sending_since: null, problem: null, body: null }
        : { state: failed ? "failed" : "waiting", sending_since: null, problem: outcome.problem },
    )
    .where("id", "=", mail.id)
    .where("state", "=", "sending")
    .where("attempts", "=", mail.attempts)
    .execute();
  if (outcome.kind === "not-now") throw new MailNotSentError(outcome.problem);
}
