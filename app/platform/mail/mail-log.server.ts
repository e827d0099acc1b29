/** What went out, what waits and what was refused: for the operator. What a mail says is never shown. */
import "~/platform/mail/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type MailState } from "~/platform/mail/tables";
import { askForSending } from "~/platform/mail/write-mail.server";
import { type InstallationScope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

export interface MailFacts {
  id: string;
  purpose: string;
  to: string;
  subject: string;
  state: MailState;
  problem: string | null;
  createdAt: string;
  sentAt: string | null;
  /** It failed or was never sent, and what it says is still kept. */
  canBeSent: boolean;
}

const KEPT_MS = 30 * DAY_MS;
/** By then every link in it has expired. */
const BODY_KEPT_MS = 7 * DAY_MS;
/** More than the queue goes on trying. */
const TRIED_MS = 5 * DAY_MS;

/** The newest first, so many from `after` (an id of a mail) on. */
export async function listMails(
  { db }: InstallationScope,
  { limit = 50, before = null }: { limit?: number; before?: string | null } = {},
): Promise<MailFacts[]> {
  const rows = await db
    .selectFrom("mails")
    .select(["id", "purpose", "to_address", "subject", "state", "problem", "created_at", "sent_at"])
    .select((eb) => eb("body", "is not", null).as("has_body"))
    .$if(before !== null, (query) => query.where("id", "<", before ?? ""))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    to: row.to_address,
    subject: row.subject,
    state: row.state,
    problem: row.problem,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    canBeSent: Boolean(row.has_body) && (row.state === "failed" || row.state === "not-sent"),
  }));
}

export interface MailCounts {
  /** On their way, after a first try in vain. */
  delayed: number;
  failed: number;
  notSent: number;
}

/** What the operator should look at. */
export async function countMails({ db }: InstallationScope): Promise<MailCounts> {
  const rows = await db
    .selectFrom("mails")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("state", "<>", "sent")
    .where((eb) => eb.or([eb("state", "in", ["failed", "not-sent"]), eb("problem", "is not", null)]))
    .groupBy("state")
    .execute();
  const count = (...states: MailState[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + Number(row.count), 0);
  return { delayed: count("waiting", "sending"), failed: count("failed"), notSent: count("not-sent") };
}

/** Sends a mail that failed, or for which there was no server, once more. */
export function sendAgain(scope: InstallationScope, mailId: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    const asked = await scope.db
      .updateTable("mails")
      .set({ state: "waiting", problem: null, asked_at: scope.clock.now() })
      .where("id", "=", mailId)
      .where("state", "in", ["failed", "not-sent"])
      .where("body", "is not", null)
      .returning("id")
      .executeTakeFirst();
    if (!asked) return { ok: false };
    await askForSending(scope, mailId);
    return { ok: true };
  });
}

/**
 * Gives up what no job will send any more, empties what was kept to be sent again, and removes the installation's own
 * log of 30 days ago.
 */
export async function sweepMails({ db, clock }: InstallationScope): Promise<void> {
  const now = clock.now();
  await db
    .updateTable("mails")
    .set({ state: "failed", problem: "It was tried for days" })
    .where("state", "in", ["waiting", "sending"])
    .where("asked_at", "<", later(now, -TRIED_MS))
    .execute();
  await db
    .updateTable("mails")
    .set({ body: null })
    .where("state", "in", ["failed", "not-sent"])
    .where("body", "is not", null)
    .where("created_at", "<", later(now, -BODY_KEPT_MS))
    .execute();
  await db.deleteFrom("mails").where("account", "is", null).where("created_at", "<", later(now, -KEPT_MS)).execute();
}

/** Removes an account's part of the log, after as many days as it keeps such things. */
export async function sweepMailsOf(
  { db, clock }: InstallationScope,
  account: { id: string; keptDays: number },
): Promise<void> {
  await db
    .deleteFrom("mails")
    .where("account", "=", account.id)
    .where("created_at", "<", later(clock.now(), -account.keptDays * DAY_MS))
    .execute();
}
