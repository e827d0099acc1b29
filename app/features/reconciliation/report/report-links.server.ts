/** Links to a report for people without an account: each of one run, until its end or until somebody takes it back. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { newToken, sha256 } from "~/platform/encryption.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, dateIn, isDate, startOfDay } from "~/platform/time";

export const LONGEST_LINK_DAYS = 90;

/** Which account it is of stands in front of its secret, so that nothing has to be looked for in others. */
const ACCOUNT_LETTERS = 22;

function tokenFor(accountId: string): string {
  return Buffer.from(accountId.replaceAll("-", ""), "hex").toString("base64url") + newToken();
}

/** Null: it cannot be one of ours. */
export function accountOfToken(token: string): string | null {
  const head = token.slice(0, ACCOUNT_LETTERS);
  const bytes = Buffer.from(head, "base64url");
  if (bytes.toString("base64url") !== head) return null;
  const id = bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isId(id) ? id : null;
}

const hashOf = (token: string) => sha256(token).toString("base64url");

interface NewLink {
  reconciliationId: string;
  runId: string;
  label: string;
  endsAt: string;
  recipientId?: string;
}

/** In the caller's transaction. Returns its path, which is nowhere else; null: this person was mailed this report before. */
export async function insertLink(scope: Scope, link: NewLink): Promise<string | null> {
  const token = tokenFor(scope.account.id);
  const made = await scope.db
    .insertInto("report_links")
    .values({
      ...{ account_id: scope.account.id, id: newId(), token_hash: hashOf(token) },
      ...{ reconciliation_id: link.reconciliationId, run_id: link.runId, label: link.label },
      ...{ recipient_id: link.recipientId ?? null, ends_at: link.endsAt },
      ...{ made_at: scope.clock.now(), made_by: scope.user?.id ?? null },
    })
    .onConflict((conflict) => conflict.columns(["account_id", "run_id", "recipient_id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return made ? `/report/${token}` : null;
}

export interface WantedLink {
  runId: string;
  label: string;
  /** The last day on which it works, by the account's clocks. */
  lastDay: string;
}

/** The days that may be chosen. */
export function linkDays({ account, clock }: Scope): { first: string; last: string } {
  const today = dateIn(account.timeZone, clock.now());
  return { first: today, last: addDays(today, LONGEST_LINK_DAYS) };
}

/** The path of it; null: there is no such run of it that is done. @throws RangeError for a day that may not be chosen */
export function makeReportLink(scope: Scope, reconciliationId: string, wanted: WantedLink): Promise<string | null> {
  const { first, last } = linkDays(scope);
  const { runId, label, lastDay } = wanted;
  if (!isDate(lastDay) || lastDay < first || lastDay > last) throw new RangeError("A link ends within its days");
  return inTransaction(scope, async (scope) => {
    if (scope.ownOnly || !isId(reconciliationId) || !isId(runId)) return null;
    if (!(await lockReconciliation(scope, reconciliationId)) || !(await isDone(scope, reconciliationId, runId))) {
      return null;
    }
    const endsAt = startOfDay(scope.account.timeZone, addDays(lastDay, 1));
    const path = await insertLink(scope, { reconciliationId, runId, label, endsAt });
    await recordEvent(scope, { action: "report.link-made", subject: { reconciliationId, runId } });
    return path;
  });
}

async function isDone(scope: Scope, reconciliationId: string, runId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("comparison_runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("id", "=", runId)
    .where("state", "=", "done")
    .executeTakeFirst();
  return run !== undefined;
}

/** Whether there was one that still worked. */
export function revokeReportLink(scope: Scope, reconciliationId: string, linkId: string): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    if (scope.ownOnly || !isId(reconciliationId) || !isId(linkId)) return false;
    const row = await scope.db
      .updateTable("report_links")
      .set({ revoked_at: scope.clock.now(), revoked_by: scope.user?.id ?? null })
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .where("id", "=", linkId)
      .where("revoked_at", "is", null)
      .returning("run_id")
      .executeTakeFirst();
    if (!row) return false;
    await recordEvent(scope, { action: "report.link-revoked", subject: { reconciliationId, linkId } });
    return true;
  });
}

export interface ReportLink {
  id: string;
  label: string;
  isMailed: boolean;
  firstDay: string;
  lastDay: string;
  madeAt: string;
  endsAt: string;
  revokedAt: string | null;
}

const MOST_SHOWN = 100;

/** The latest first. One statement. */
export async function listReportLinks(scope: Scope, reconciliationId: string): Promise<ReportLink[]> {
  if (scope.ownOnly || !isId(reconciliationId)) return [];
  const rows = await scope.db
    .selectFrom("report_links as link")
    .innerJoin("comparison_runs as run", (join) =>
      join.onRef("run.account_id", "=", "link.account_id").onRef("run.id", "=", "link.run_id"),
    )
    .select(["link.id", "link.label", "link.recipient_id", "link.made_at as madeAt", "link.ends_at as endsAt"])
    .select(["link.revoked_at as revokedAt", "run.first_day as firstDay", "run.last_day as lastDay"])
    .where("link.account_id", "=", scope.account.id)
    .where("link.reconciliation_id", "=", reconciliationId)
    .orderBy("link.id", "desc")
    .limit(MOST_SHOWN)
    .execute();
  return rows.map(({ recipient_id, ...row }) => ({ ...row, isMailed: recipient_id !== null }));
}

export type OpenedLink = { state: "open"; reconciliationId: string; runId: string } | { state: "ended" };

/** Null: it was never one of this account. */
export async function openReportLink(scope: Scope, token: string): Promise<OpenedLink | null> {
  const row = await scope.db
    .selectFrom("report_links")
    .select(["reconciliation_id as reconciliationId", "run_id as runId", "ends_at", "revoked_at"])
    .where("account_id", "=", scope.account.id)
    .where("token_hash", "=", hashOf(token))
    .executeTakeFirst();
  if (!row) return null;
  if (row.revoked_at !== null || row.ends_at <= scope.clock.now()) return { state: "ended" };
  return { state: "open", reconciliationId: row.reconciliationId, runId: row.runId };
}
