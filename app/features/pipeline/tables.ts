import { type Generated } from "kysely";
import { type RunState } from "~/features/pipeline/run/run";
import { type TrialState } from "~/features/pipeline/trial/trial";

/** One execution of the pipeline: its settings, where it stands, and its counts. */
interface RunsTable {
  account_id: string;
  id: string;
  /** The kind of record, e.g. `contacts`. */
  subject: string;
  source: "file";
  file_id: string | null;
  file_name: string | null;
  state: RunState;
  /** JSON of `RunSettings`. */
  settings: string;
  /** JSON of `Checkpoint`: written with the batch it describes. Null: nothing has been read. */
  checkpoint: string | null;
  /** Raised by each worker that takes the run up: an older one can write no more. */
  lease_epoch: Generated<number>;
  /** How many rows the source has; null until it was gone through once. */
  total_count: number | null;
  read_count: Generated<number>;
  created_count: Generated<number>;
  changed_count: Generated<number>;
  same_count: Generated<number>;
  refused_count: Generated<number>;
  change_set_id: string | null;
  created_at: string;
  created_by: string | null;
  started_at: string | null;
  started_by: string | null;
  finished_at: string | null;
  cancel_requested_at: string | null;
  cancel_requested_by: string | null;
  /** Why it ended other than well, in a sentence for people. */
  problem: string | null;
  /** Where the log says more. */
  problem_reference: string | null;
  /** The run whose refused rows this one brings in corrected. */
  continues_run_id: string | null;
  /** When and by whom those of its refused rows that nobody corrected were left as they are. */
  refused_left_at: Generated<string | null>;
  refused_left_by: Generated<string | null>;
}

/** What a run says of itself, in sentences, in the order of their ids. */
interface RunLogTable {
  account_id: string;
  run_id: string;
  id: string;
  at: string;
  text: string;
}

/** The raw zone: each record as it was received. */
interface RawRecordsTable {
  account_id: string;
  id: string;
  run_id: string;
  /** Its place in the source; for a file the line. */
  position: number;
  /** For a file JSON of the row's cells. */
  payload: string;
  outcome: "new" | "changed" | "kept" | "same" | "refused";
  /** What it belongs to; null when refused. */
  subject_id: string | null;
}

/** Why rows were refused: one line for each thing that is wrong with a row. */
interface RefusedRowsTable {
  account_id: string;
  run_id: string;
  position: number;
  ordinal: number;
  column_name: string | null;
  value: string | null;
  reason: string;
  rule: string;
  /** Of a corrected row that was refused again: its position in the run that refused it first; null where its key does not tell. */
  first_position: Generated<number | null>;
}

/** What an import would do, told before it: see `trial/`. It stays with its run, to compare and to know the rows again. */
interface TrialsTable {
  account_id: string;
  run_id: string;
  /** Of the run's settings when it was asked for: with others it says nothing. */
  settings_hash: string;
  state: TrialState;
  /** Raised by each worker that takes it up, and each time it is asked for: an older one can write no more. */
  lease_epoch: Generated<number>;
  total_count: number | null;
  read_count: Generated<number>;
  asked_at: string;
  started_at: string | null;
  finished_at: string | null;
  /** JSON of `TrialResult`. */
  result: string | null;
  /** The same for the same rows in whatever order: see rows-digest. */
  rows_digest: string | null;
  problem: string | null;
  problem_reference: string | null;
}

/** Where columns went, as somebody confirmed it. */
interface SavedMappingsTable {
  account_id: string;
  /** The kind of record, as of a run. */
  subject: string;
  /** `set:` and a hash of all plain names of a file, or `column:` and one of them. */
  key: string;
  /** JSON: see saved-mappings.server.ts. */
  mapping: string;
  file_name: string;
  saved_at: string;
  saved_by: string | null;
}

/** Refused rows that were corrected: each is taken once. */
interface RowCorrectionsTable {
  account_id: string;
  /** Where it was refused first, and its position there. */
  run_id: string;
  position: number;
  corrected_run_id: string;
  corrected_position: number;
}

/** What an account asks of the rows of an import. */
interface ImportRulesTable {
  account_id: string;
  id: string;
  subject: string;
  field: string;
  kind: "required" | "pattern" | "list" | "range";
  /** JSON of `OwnRule`. */
  rule: string;
  created_at: string;
  created_by: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    trials: TrialsTable;
    runs: RunsTable;
    run_log: RunLogTable;
    raw_records: RawRecordsTable;
    refused_rows: RefusedRowsTable;
    saved_mappings: SavedMappingsTable;
    row_corrections: RowCorrectionsTable;
    import_rules: ImportRulesTable;
  }
}

export {};
