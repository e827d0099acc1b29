/** What a person was told in an account. Everybody sees their own only. */
import "~/features/notices/tables";
import { type NoticeKind, type NoticeSubjects, noticeHref, noticeWords } from "~/features/notices/notice-kinds";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

export interface Notice {
  id: string;
  title: string;
  /** Of the page it is about. */
  href: string;
  label: string;
  at: string;
  readAt: string | null;
}

/** The system is told nothing, so nothing is there for it. */
function reader(scope: Scope): string {
  if (!scope.user) throw new Error("Notices are a person's");
  return scope.user.id;
}

/** The newest first; `before` goes on from a notice's id. */
export async function listNotices(
  scope: Scope,
  { limit = 50, before = null }: { limit?: number; before?: string | null } = {},
): Promise<Notice[]> {
  const rows = await scope.db
    .selectFrom("notices")
    .leftJoin("users as actors", "actors.id", "notices.by_user_id")
    .select(["notices.id", "notices.kind", "notices.subject", "notices.created_at", "notices.read_at"])
    .select("actors.name as by")
    .where("notices.account_id", "=", scope.account.id)
    .where("notices.user_id", "=", reader(scope))
    .$if(before !== null, (query) => query.where("notices.id", "<", before ?? ""))
    .orderBy("notices.id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const subject = fromJson<NoticeSubjects[NoticeKind]>(row.subject);
    const words = noticeWords(row.kind as NoticeKind, subject, row.by, scope.place.locale);
    const { title, label } = words;
    const href = noticeHref(scope.account.slug, words);
    return { id: row.id, title, href, label, at: row.created_at, readAt: row.read_at };
  });
}

/** Marks one of the reader's notices as read. Again changes nothing. */
export async function markRead(scope: Scope, noticeId: string): Promise<{ ok: boolean }> {
  const found = await scope.db
    .updateTable("notices")
    .set((eb) => ({ read_at: eb.fn.coalesce("read_at", eb.val(scope.clock.now())) }))
    .where("account_id", "=", scope.account.id)
    .where("user_id", "=", reader(scope))
    .where("id", "=", noticeId)
    .returning("id")
    .executeTakeFirst();
  return { ok: found !== undefined };
}

/** Marks all as read, up to the newest that the page has shown: what came since is still to be seen. */
export async function markAllRead(scope: Scope, upToId: string): Promise<{ marked: number }> {
  const marked = await scope.db
    .updateTable("notices")
    .set({ read_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("user_id", "=", reader(scope))
    .where("read_at", "is", null)
    .where("id", "<=", upToId)
    .executeTakeFirst();
  return { marked: Number(marked.numUpdatedRows) };
}

/** Removes what was told longer ago than the account keeps such things. */
export async function sweepNotices(scope: Scope): Promise<void> {
  await scope.db
    .deleteFrom("notices")
    .where("account_id", "=", scope.account.id)
    .where("created_at", "<", later(scope.clock.now(), -scope.account.retentionDays * DAY_MS))
    .execute();
}
