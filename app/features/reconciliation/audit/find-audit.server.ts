import { type AuditFileSettings, type AuditSide } from "~/features/reconciliation/audit/audit-file";
import "~/features/reconciliation/tables";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface AuditFile {
  /** Null: it is no longer kept. */
  fileId: string | null;
  name: string;
  settings: AuditFileSettings;
  /** Read so far, the refused among them. */
  rows: number;
  refused: number;
}

export interface Audit {
  id: string;
  name: string;
  state: "open" | "queued" | "reading" | "done" | "failed";
  problem: string | null;
  reference: string | null;
  /** Null: it was saved, and stays. */
  expiresAt: string | null;
  files: Record<AuditSide, AuditFile | null>;
}

/** Null: there is none, or whoever asks sees only their own contacts. One statement. */
export async function findAudit(scope: Scope, reconciliationId: string): Promise<Audit | null> {
  if (scope.ownOnly || !isId(reconciliationId)) return null;
  const rows = await scope.db
    .selectFrom("reconciliations as one")
    .innerJoin("audits as audit", (join) =>
      join.onRef("audit.account_id", "=", "one.account_id").onRef("audit.reconciliation_id", "=", "one.id"),
    )
    .leftJoin("audit_files as file", (join) =>
      join.onRef("file.account_id", "=", "one.account_id").onRef("file.reconciliation_id", "=", "one.id"),
    )
    .select(["one.id", "one.name", "one.expires_at", "audit.state", "audit.problem", "audit.problem_reference"])
    .select(["file.side", "file.file_id", "file.file_name", "file.settings", "file.row_count", "file.refused_count"])
    .where("one.account_id", "=", scope.account.id)
    .where("one.id", "=", reconciliationId)
    .where("one.deleted_at", "is", null)
    .execute();
  const [row] = rows;
  if (!row) return null;
  const fileOf = (side: AuditSide) => fileIn(rows.find((each) => each.side === side));
  const { id, name, state, problem } = row;
  return {
    ...{ id, name, state, problem, reference: row.problem_reference, expiresAt: row.expires_at },
    files: { orders: fileOf("orders"), transactions: fileOf("transactions") },
  };
}

interface Row {
  file_id: string | null;
  file_name: string | null;
  settings: string | null;
  row_count: number | null;
  refused_count: number | null;
}

function fileIn(row: Row | undefined): AuditFile | null {
  if (!row || row.file_name === null || row.settings === null) return null;
  return {
    ...{ fileId: row.file_id, name: row.file_name, settings: fromJson<AuditFileSettings>(row.settings) },
    ...{ rows: row.row_count ?? 0, refused: row.refused_count ?? 0 },
  };
}
