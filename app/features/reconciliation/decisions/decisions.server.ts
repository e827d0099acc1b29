/** What people decide about orders and rows. It holds at every run to come, until it is withdrawn. */
import { recordEvent } from "~/features/audit/audit.server";
import { type Decision } from "~/features/reconciliation/compare/settings";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** `orderId` of a decision is the order's key, as findings have it. */
export function decide(
  scope: Scope,
  reconciliationId: string,
  decision: Decision,
): Promise<{ ok: true; id: string } | { ok: false; reason: "not-found" }> {
  return inTransaction(scope, async (scope) => {
    if (!isId(reconciliationId) || !(await lockReconciliation(scope, reconciliationId))) {
      return { ok: false, reason: "not-found" };
    }
    const id = newId();
    await scope.db
      .insertInto("reconciliation_decisions")
      .values({
        ...{ account_id: scope.account.id, id, reconciliation_id: reconciliationId, kind: decision.kind },
        order_key: "orderId" in decision ? decision.orderId : null,
        row_id: "rowId" in decision ? decision.rowId : null,
        reason: "reason" in decision ? decision.reason : null,
        ...{ decided_at: scope.clock.now(), decided_by: scope.user?.id ?? null },
      })
      .execute();
    const subject = { reconciliationId, decisionId: id, kind: decision.kind };
    await recordEvent(scope, { action: "reconciliation.decided", subject });
    return { ok: true, id };
  });
}

/** What it was about. */
export type Withdrawn = { ok: true; orderKey: string | null; rowId: string | null } | { ok: false };

/** Withdrawing twice withdraws once. */
export function withdrawDecision(scope: Scope, reconciliationId: string, decisionId: string): Promise<Withdrawn> {
  return inTransaction(scope, async (scope): Promise<Withdrawn> => {
    if (!isId(reconciliationId) || !isId(decisionId)) return { ok: false };
    const decision = await scope.db
      .selectFrom("reconciliation_decisions")
      .select(["order_key as orderKey", "row_id as rowId"])
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .where("id", "=", decisionId)
      .executeTakeFirst();
    if (!decision) return { ok: false };
    const withdrawn = await scope.db
      .updateTable("reconciliation_decisions")
      .set({ withdrawn_at: scope.clock.now(), withdrawn_by: scope.user?.id ?? null })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", decisionId)
      .where("withdrawn_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (withdrawn) {
      await recordEvent(scope, {
        action: "reconciliation.decision-withdrawn",
        subject: { reconciliationId, decisionId },
      });
    }
    return { ok: true, ...decision };
  });
}

/** Those that hold, the latest last. */
export async function standingDecisions(scope: Scope, reconciliationId: string): Promise<Decision[]> {
  const rows = await scope.db
    .selectFrom("reconciliation_decisions")
    .select(["kind", "order_key as orderId", "row_id as rowId", "reason"])
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("withdrawn_at", "is", null)
    .orderBy("id")
    .execute();
  return rows.map(decisionOf);
}

interface Row {
  kind: Decision["kind"];
  orderId: string | null;
  rowId: string | null;
  reason: string | null;
}

/** With what its kind has, and nothing else. */
function decisionOf({ kind, orderId, rowId, reason }: Row): Decision {
  if (kind === "set-order-aside") return { kind, orderId: orderId ?? "", reason: reason ?? "" };
  if (kind === "set-row-aside") return { kind, rowId: rowId ?? "", reason: reason ?? "" };
  return { kind, orderId: orderId ?? "", rowId: rowId ?? "" };
}
