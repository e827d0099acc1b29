/** Rows of an audit's files that are not compared, with what is wrong with each. */
import { type AuditSide } from "~/features/reconciliation/audit/audit-file";
import "~/features/reconciliation/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { fileOf, type TableFile } from "~/platform/table-file.server";
import { type XlsxColumn } from "~/platform/xlsx-writer.server";

export interface AuditRefusal {
  position: number;
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
}

export const REFUSALS_SHOWN = 50;
const PAGE = 1_000;

/** In the order of the file. One statement. */
export function listAuditRefusals(
  scope: Scope,
  reconciliationId: string,
  { side, after = 0, limit = REFUSALS_SHOWN }: { side: AuditSide; after?: number; limit?: number },
): Promise<AuditRefusal[]> {
  if (scope.ownOnly || !isId(reconciliationId)) return Promise.resolve([]);
  return scope.db
    .selectFrom("audit_refusals")
    .select(["position", "line", "column_name as column", "value", "reason"])
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("side", "=", side)
    .where("position", ">", after)
    .orderBy("position")
    .limit(limit)
    .execute();
}

const columns: XlsxColumn[] = [
  { heading: "Line", width: 8, type: "number" },
  { heading: "Column", width: 22, type: "text" },
  { heading: "Value", width: 30, type: "text" },
  { heading: "Reason", width: 80, type: "text" },
];

export function refusalsFile(
  scope: Scope,
  { id, side, name }: { id: string; side: AuditSide; name: string },
): TableFile {
  return fileOf({ name: `${name}, not compared`, title: "Not compared", columns }, pagesOf(scope, id, side), "csv");
}

async function* pagesOf(scope: Scope, id: string, side: AuditSide): AsyncGenerator<string[][]> {
  for (let after = 0; ;) {
    const page = await listAuditRefusals(scope, id, { side, after, limit: PAGE });
    yield page.map(({ line, column, value, reason }) => [String(line), column ?? "", value ?? "", reason]);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.position;
  }
}
