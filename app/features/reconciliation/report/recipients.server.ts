/** Whom the reports of a reconciliation are mailed to. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export type HowOften = "each" | "week" | "month";

export const MOST_RECIPIENTS = 50;

export interface Recipient {
  id: string;
  name: string;
  email: string;
  often: HowOften;
}

/** One statement. */
export async function listRecipients(scope: Scope, reconciliationId: string): Promise<Recipient[]> {
  if (scope.ownOnly || !isId(reconciliationId)) return [];
  return scope.db
    .selectFrom("report_recipients")
    .select(["id", "name", "email", "often"])
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .orderBy("name")
    .orderBy("id")
    .execute();
}

export type Added = { ok: true } | { ok: false; reason: "not-found" | "is-there" | "too-many" };

export function addRecipient(
  scope: Scope,
  reconciliationId: string,
  { name, email, often }: Omit<Recipient, "id">,
): Promise<Added> {
  return inTransaction(scope, async (scope): Promise<Added> => {
    if (scope.ownOnly || !isId(reconciliationId)) return { ok: false, reason: "not-found" };
    if (!(await lockReconciliation(scope, reconciliationId))) return { ok: false, reason: "not-found" };
    const there = await listRecipients(scope, reconciliationId);
    if (there.some((one) => one.email.toLowerCase() === email.toLowerCase())) return { ok: false, reason: "is-there" };
    if (there.length >= MOST_RECIPIENTS) return { ok: false, reason: "too-many" };
    const id = newId();
    await scope.db
      .insertInto("report_recipients")
      .values({
        ...{ account_id: scope.account.id, id, reconciliation_id: reconciliationId, name, email, often },
        ...{ added_at: scope.clock.now(), added_by: scope.user?.id ?? null },
      })
      .execute();
    await recordEvent(scope, {
      action: "report.recipient-added",
      subject: { reconciliationId, recipientId: id },
    });
    return { ok: true };
  });
}

/** With the links that were mailed to them, which then lead nowhere. Whether there was one. */
export function removeRecipient(scope: Scope, reconciliationId: string, recipientId: string): Promise<boolean> {
  return inTransaction(scope, async (scope) => {
    if (scope.ownOnly || !isId(reconciliationId) || !isId(recipientId)) return false;
    const row = await scope.db
      .deleteFrom("report_recipients")
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .where("id", "=", recipientId)
      .returning("id")
      .executeTakeFirst();
    if (!row) return false;
    await scope.db
      .deleteFrom("report_links")
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .where("recipient_id", "=", recipientId)
      .execute();
    await recordEvent(scope, { action: "report.recipient-removed", subject: { reconciliationId, recipientId } });
    return true;
  });
}
