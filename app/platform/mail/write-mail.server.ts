/** Mails are written in the transaction of what they tell, and sent by a job: what is rolled back tells nobody. */
import "~/platform/mail/tables";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { seal, type SealedPlace } from "~/platform/encryption.server";
import { type Environment } from "~/platform/env.server";
import { newId } from "~/platform/ids.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { type SealedColumn } from "~/platform/sealed-columns.server";

/** What a mail says. Text and HTML are both made from it when it is sent. */
export interface MailBody {
  /** Each a paragraph of plain text. */
  paragraphs: readonly string[];
  /** One link, to a page of ours: a path such as `/invitation/…`. Its address begins with APP_ORIGIN, from the environment. */
  link?: { label: string; path: string };
  /** What comes under the link: how long it holds, what to do if one did not ask for it. */
  afterLink?: readonly string[];
  /** Who signs it: the firm's name. The account's own unless told, for the installation "Tallybook". */
  signedBy?: string;
}

export interface NewMail extends MailBody {
  to: string;
  toName?: string;
  subject: string;
  /** A short word of the program for the log, e.g. `invitation`, `password-reset`, `notice`. */
  purpose: string;
}

const SEND_TASK = "send_mail";
const MOST_SUBJECT = 200;

/** One line: a line break in a subject or name would begin another header (ASVS 1.3.11). */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim()
    .slice(0, MOST_SUBJECT);
}

/** Where a body is sealed. */
export function bodyPlace(mailId: string): SealedPlace {
  return { ownerId: mailId, rowId: mailId, field: "mails.body" };
}

/** What is sealed of mails, the installation's and all accounts'. */
export const sealedBodies: SealedColumn = {
  ...{ table: "mails", column: "body", key: "id", ofAccounts: false },
  place: ({ id = "" }) => bodyPlace(id),
};

/** Whether mails go out at all. Where they do not, give people what a mail would have told them to copy. */
export function canMail({ env }: { env: Pick<Environment, "mail"> }): boolean {
  return env.mail !== null;
}

/**
 * Writes a mail and asks for its sending, in the caller's transaction. Where there is no mail server it ends in the
 * operator's log as not sent. Returns the mail's id.
 * @throws Error when `to` is not one plain address, or the link's path not a path.
 */
export function writeMail(scope: Scope | InstallationScope, mail: NewMail): Promise<string> {
  const { to, toName, subject, purpose, paragraphs, link, afterLink = [] } = mail;
  if (!isMailAddress(to)) throw new Error("A mail needs one plain address");
  if (link && !/^\/(?!\/)/.test(link.path)) throw new Error("A mail's link is a path of our own site");
  const signedBy = mail.signedBy ?? (scope.kind === "account" ? scope.account.name : "Tallybook");
  const body = { paragraphs, link: link && { ...link }, afterLink, signedBy };
  return inTransaction<Scope | InstallationScope, string>(scope, async (scope) => {
    const id = newId();
    const now = scope.clock.now();
    await scope.db
      .insertInto("mails")
      .values({
        id,
        account: scope.kind === "account" ? scope.account.id : null,
        purpose,
        to_address: to,
        to_name: toName ? oneLine(toName) : null,
        subject: oneLine(subject),
        body: seal(scope.keys, bodyPlace(id), toJson(body)),
        state: "waiting",
        attempts: 0,
        problem: null,
        created_at: now,
        asked_at: now,
        sending_since: null,
        sent_at: null,
      })
      .execute();
    await askForSending(scope, id);
    return id;
  });
}

/** In the caller's transaction. */
export async function askForSending(
  scope: Scope | InstallationScope,
  mailId: string,
  options: { runAt?: string } = {},
): Promise<void> {
  await enqueue(scope, SEND_TASK, { mailId }, { ...options, jobKey: mailId });
}
