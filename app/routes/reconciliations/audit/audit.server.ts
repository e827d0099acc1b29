/** What the pages of one quick audit begin with. */
import { type Right } from "~/features/accounts/rights";
import { type AuditFile, type Audit, findAudit } from "~/features/reconciliation/audit/find-audit.server";
import { auditSides, type AuditSide, isReady } from "~/features/reconciliation/audit/audit-file";
import { notFound } from "~/http/answers.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { reconciliationPath } from "~/routes/reconciliations/paths";

export interface OneAudit {
  scope: Scope;
  audit: Audit;
  /** Of the reconciliation that it is. */
  base: string;
}

export async function requireAudit(
  args: RouteArgs,
  right: Extract<Right, `reconciliations.${string}`> = "reconciliations.write",
): Promise<OneAudit> {
  const scope = await requireScope(args, right);
  const audit = (await findAudit(scope, args.params.reconciliationId ?? "")) ?? notFound();
  return { scope, audit, base: reconciliationPath(scope.account.slug, audit.id) };
}

export function sideOf({ params }: RouteArgs): AuditSide {
  return auditSides.find((side) => side === params.side) ?? notFound();
}

/** Of which something has to be said before both can be read; null: nothing. */
export function openSide({ files }: Audit): AuditSide | null {
  const isOpen = (file: AuditFile | null, side: AuditSide) => file !== null && !isReady(side, file.settings);
  return auditSides.find((side) => isOpen(files[side], side)) ?? null;
}
