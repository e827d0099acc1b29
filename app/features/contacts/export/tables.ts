import { type Generated } from "kysely";
import { type ExportColumns, type ExportFormat, type ExportState } from "~/features/contacts/export/export";

/** A list that somebody asked for as a file. */
interface ExportsTable {
  account_id: string;
  id: string;
  state: ExportState;
  format: ExportFormat;
  columns: ExportColumns;
  /** The list's own query: `?q=brandt&sort=city`, or nothing. */
  query: string;
  asked_by: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  /** From then on it is taken away with its file. */
  expires_at: string | null;
  /** Raised each time a worker takes it up: only the last one can finish it. */
  lease_epoch: Generated<number>;
  row_count: Generated<number>;
  /** Known before the file is there, so that whoever starts again can take away what was begun. */
  file_id: string | null;
  /** It was made of the asker's own contacts alone; null: all were in view. */
  own_only_at: Generated<string | null>;
  problem: string | null;
  problem_reference: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    exports: ExportsTable;
  }
}

export {};
