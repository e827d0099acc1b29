import { type Generated } from "kysely";
import { type Decision } from "~/features/reconciliation/compare/settings";

/** A comparison that is set up. */
interface ReconciliationsTable {
  account_id: string;
  id: string;
  name: string;
  /** JSON of `OrderSource[]`: those of now and of before, each at its place for good. */
  order_sources: string;
  /** A connector's id, or that of files. */
  analytics_origin: string;
  /** JSON of `KeptSettings`. */
  settings: string;
  /** Raised at each change: how a form notices that somebody else was faster. */
  version: Generated<number>;
  created_at: string;
  created_by: string | null;
  changed_at: string;
  /** JSON of `RunSchedule`. */
  schedule: Generated<string>;
  /** Null: it compares when somebody says so. */
  next_run_at: Generated<string | null>;
  /** Since when it is set up to the end; null: it is still at a step of its set-up. */
  set_up_at: Generated<string | null>;
  /** Since when it is nobody's to see; it can still be brought back for a while. */
  deleted_at: Generated<string | null>;
  deleted_by: Generated<string | null>;
  /** Of a quick audit that nobody has saved: from then on it is removed. */
  expires_at: Generated<string | null>;
}

interface AuditsTable {
  account_id: string;
  reconciliation_id: string;
  /** `open`: a file is missing, or something has to be said of one. */
  state: "open" | "queued" | "reading" | "done" | "failed";
  /** Raised by each worker that takes it up: an older one can write no more. */
  lease_epoch: Generated<number>;
  problem: Generated<string | null>;
  problem_reference: Generated<string | null>;
}

interface AuditFilesTable {
  account_id: string;
  reconciliation_id: string;
  side: "orders" | "transactions";
  /** Null: it is no longer kept. */
  file_id: string | null;
  file_name: string;
  /** JSON of `AuditFileSettings`. */
  settings: string;
  /** Read so far, the refused among them. */
  row_count: Generated<number>;
  refused_count: Generated<number>;
}

/** A row that is not compared, and what is wrong with it. */
interface AuditRefusalsTable {
  account_id: string;
  reconciliation_id: string;
  side: "orders" | "transactions";
  /** In the order of the file. */
  position: number;
  line: number;
  column_name: string | null;
  value: string | null;
  reason: string;
}

/** What a person decided about an order or a row, by the names that these have at every run. */
interface ReconciliationDecisionsTable {
  account_id: string;
  id: string;
  reconciliation_id: string;
  kind: Decision["kind"];
  order_key: string | null;
  row_id: string | null;
  reason: string | null;
  decided_at: string;
  decided_by: string | null;
  withdrawn_at: Generated<string | null>;
  withdrawn_by: Generated<string | null>;
}

interface ComparisonRunsTable {
  account_id: string;
  id: string;
  reconciliation_id: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  /** The days compared, both in it, in the property's time zone. */
  first_day: string;
  last_day: string;
  /** JSON of `RunSettings`: what the reconciliation was when it was asked for. */
  settings: string;
  phase: Generated<"waiting" | "transactions" | "orders" | "comparing" | "writing">;
  /** Read so far. */
  order_count: Generated<number>;
  row_count: Generated<number>;
  finding_count: Generated<number>;
  /** Raised by each worker that takes it up: an older one can write no more. */
  lease_epoch: Generated<number>;
  /** JSON of `Figures`. */
  figures: Generated<string | null>;
  /** JSON of `RunSummary`: what lists say of it. */
  summary: Generated<string | null>;
  /** JSON of `Trend`. */
  trend: Generated<string | null>;
  /** The same for the same result. */
  hash: Generated<string | null>;
  problem: Generated<string | null>;
  problem_reference: Generated<string | null>;
  started_at: Generated<string | null>;
  finished_at: Generated<string | null>;
  cancel_requested_at: Generated<string | null>;
  cancel_requested_by: Generated<string | null>;
  asked_at: string;
  asked_by: string | null;
}

interface AnnotationsTable {
  account_id: string;
  id: string;
  reconciliation_id: string;
  /** A plain date, in the property's time zone. */
  day: string;
  text: string;
  written_at: string;
  written_by: string | null;
}

interface ComparisonLogTable {
  account_id: string;
  run_id: string;
  id: string;
  at: string;
  text: string;
}

/** An order or a row that is not plainly matched. Of a run that is not done they are nobody's to see. */
export interface FindingsTable {
  account_id: string;
  run_id: string;
  /** In the order in which they were written. */
  position: number;
  side: "order" | "row";
  bucket: string;
  day: string;
  /** Null: only the day is known. */
  at: string | null;
  /** Of a row: the order that it belongs to. */
  order_key: string | null;
  /** Of an order: the row that counts for it. */
  row_id: string | null;
  /** The other side's name of what may belong to it. */
  look_alike: string | null;
  key_type: string | null;
  payment_method: string;
  channel: string;
  /** Why: of a mismatch, of being left out or of being missing, as far as it is known. */
  cause: string;
  currency: string;
  /** Of an order on the basis compared, of a row its value. */
  amount_minor: bigint;
  /** Of the row that counts for an order. */
  tracked_currency: string | null;
  tracked_minor: bigint | null;
  duplicates: number;
  late_minutes: number | null;
  /** JSON: names of those that hold; null: none. */
  flags: string | null;
}

/** People whom its reports are mailed to; they need no account. */
interface ReportRecipientsTable {
  account_id: string;
  id: string;
  reconciliation_id: string;
  name: string;
  email: string;
  /** After each scheduled comparison, or after the first of a week or month. */
  often: "each" | "week" | "month";
  added_at: string;
  added_by: string | null;
}

/** Links to a report for whoever has no account. */
interface ReportLinksTable {
  account_id: string;
  id: string;
  reconciliation_id: string;
  run_id: string;
  /** The token itself is nowhere. */
  token_hash: string;
  /** Whom it was mailed to; null: made by hand. */
  recipient_id: string | null;
  /** For whom it is, as whoever made it says. */
  label: string;
  ends_at: string;
  made_at: string;
  made_by: string | null;
  revoked_at: Generated<string | null>;
  revoked_by: Generated<string | null>;
}

declare module "~/platform/db/tables" {
  interface Tables {
    reconciliations: ReconciliationsTable;
    reconciliation_decisions: ReconciliationDecisionsTable;
    comparison_runs: ComparisonRunsTable;
    comparison_log: ComparisonLogTable;
    annotations: AnnotationsTable;
    findings: FindingsTable;
    audits: AuditsTable;
    audit_files: AuditFilesTable;
    audit_refusals: AuditRefusalsTable;
    report_recipients: ReportRecipientsTable;
    report_links: ReportLinksTable;
  }
}
