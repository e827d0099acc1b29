/** Telling people in an account: a line behind the bell, one for each event, and a mail for whoever wants it. */
import "~/features/notices/tables";
import { noticeHref, type NoticeKind, type NoticeSubjects, noticeWords } from "~/features/notices/notice-kinds";
import { type Json, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { writeMail } from "~/platform/mail/write-mail.server";
import { type Scope } from "~/platform/scope.server";

export interface Event<Kind extends NoticeKind = NoticeKind> {
  /** Members of this account; who is none, or is switched off, is told nothing. `admins`: all of them. */
  userIds: readonly string[] | "admins";
  kind: Kind;
  /** What happened, e.g. `run:<id>:ended`. Each person is told once under a key, however often it is said. */
  eventKey: string;
  subject: NoticeSubjects[Kind];
}

interface Recipient {
  id: string;
  name: string;
  email: string;
  locale: string | null;
  notices_mailed_at: string | null;
}

/**
 * Tells people of an event, in the caller's transaction. Whose doing it was is the scope's user. To an address that no
 * mail can be sent to none is: the notice is there all the same, and what it tells goes on.
 */
export function notify<Kind extends NoticeKind>(scope: Scope, event: Event<Kind>): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const recipients = await listRecipients(scope, event.userIds);
    const told = await store(scope, event, recipients);
    for (const recipient of recipients) {
      const wanted = recipient.notices_mailed_at !== null && isMailAddress(recipient.email);
      if (wanted && told.has(recipient.id)) await mail(scope, event, recipient);
    }
  });
}

async function listRecipients(scope: Scope, userIds: Event["userIds"]): Promise<Recipient[]> {
  if (userIds.length === 0) return [];
  return scope.db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.name", "users.email", "users.locale", "users.notices_mailed_at"])
    .where("memberships.account_id", "=", scope.account.id)
    .where("memberships.disabled_at", "is", null)
    .where("users.disabled_at", "is", null)
    .$if(userIds === "admins", (query) => query.where("memberships.role", "=", "admin"))
    .$if(userIds !== "admins", (query) => query.where("memberships.user_id", "in", [...userIds]))
    .orderBy("users.id")
    .execute();
}

/** The ids of those to whom it is new. */
async function store<Kind extends NoticeKind>(
  scope: Scope,
  { kind, eventKey, subject }: Event<Kind>,
  recipients: readonly Recipient[],
): Promise<Set<string>> {
  if (recipients.length === 0) return new Set();
  const rows = await scope.db
    .insertInto("notices")
    .values(
      recipients.map(({ id }) => ({
        account_id: scope.account.id,
        user_id: id,
        id: newId(),
        kind,
        event_key: eventKey,
        subject: toJson(subject as Json),
        by_user_id: scope.user?.id ?? null,
        created_at: scope.clock.now(),
        read_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(["account_id", "user_id", "event_key"]).doNothing())
    .returning("user_id")
    .execute();
  return new Set(rows.map((row) => row.user_id));
}

async function mail<Kind extends NoticeKind>(scope: Scope, event: Event<Kind>, to: Recipient): Promise<void> {
  const words = noticeWords(event.kind, event.subject, scope.user?.name ?? null, to.locale ?? scope.account.locale);
  await writeMail(scope, {
    to: to.email,
    toName: to.name,
    subject: words.title,
    purpose: "notice",
    paragraphs: [`${words.title}.`],
    link: { label: words.label, path: noticeHref(scope.account.slug, words) },
    afterLink: ["You get notices by mail because you asked for it. On the page about you it can be switched off."],
  });
}
