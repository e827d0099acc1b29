/** What people write beside a day of the trend: what happened then. */
import { recordEvent } from "~/features/audit/audit.server";
import { lockReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Annotation {
  id: string;
  /** A plain date, in the property's time zone. */
  day: string;
  text: string;
  by: string | null;
}

/** A trend has no more days than that, and nobody reads more. */
const MOST = 400;

/** The latest day first. One statement. */
export async function listAnnotations(scope: Scope, reconciliationId: string): Promise<Annotation[]> {
  if (scope.ownOnly || !isId(reconciliationId)) return [];
  return scope.db
    .selectFrom("annotations")
    .leftJoin("users", "users.id", "annotations.written_by")
    .select(["annotations.id", "annotations.day", "annotations.text", "users.name as by"])
    .where("annotations.account_id", "=", scope.account.id)
    .where("annotations.reconciliation_id", "=", reconciliationId)
    .orderBy("annotations.day", "desc")
    .orderBy("annotations.id", "desc")
    .limit(MOST)
    .execute();
}

/** @param annotation as `readAnnotation` lets it through */
export function annotate(
  scope: Scope,
  reconciliationId: string,
  { day, text }: { day: string; text: string },
): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    if (!isId(reconciliationId) || !(await lockReconciliation(scope, reconciliationId))) return { ok: false };
    const id = newId();
    await scope.db
      .insertInto("annotations")
      .values({
        ...{ account_id: scope.account.id, id, reconciliation_id: reconciliationId, day, text },
        ...{ written_at: scope.clock.now(), written_by: scope.user?.id ?? null },
      })
      .execute();
    await recordEvent(scope, {
      action: "reconciliation.annotated",
      subject: { reconciliationId, annotationId: id },
    });
    return { ok: true };
  });
}

/** Taking it away twice takes it away once. */
export function removeAnnotation(
  scope: Scope,
  reconciliationId: string,
  annotationId: string,
): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    if (!isId(reconciliationId) || !isId(annotationId)) return { ok: false };
    const removed = await scope.db
      .deleteFrom("annotations")
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .where("id", "=", annotationId)
      .returning("id")
      .executeTakeFirst();
    if (!removed) return { ok: false };
    await recordEvent(scope, {
      action: "reconciliation.annotation-removed",
      subject: { reconciliationId, annotationId },
    });
    return { ok: true };
  });
}
