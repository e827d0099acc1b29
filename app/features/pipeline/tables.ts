import { type Generated } from "kysely";
import { type RunMode, type RunState } from "~/features/pipeline/run/run";
import { type SourceState } from "~/features/pipeline/sourced/source-state";
import { type TrialState } from "~/features/pipeline/trial/trial";

/** One execution of the pipeline: its settings, where it stands, and its counts. */
interface RunsTable {
  account_id: string;
  id: string;
  /** The kind of record, e.g. `contacts`. */
  subject: string;
  source: "file" | "connector";
  file_id: string | null;
  /** What it reads from, as people call it: the file, or the connector as it was called when the run was started. */
  file_name: string | null;
  state: RunState;
  /** JSON of `RunSettings`, or of `SourcedSettings` where it reads from a connector. */
  settings: string;
  /** JSON of `Checkpoint`, or `SourcedCheckpoint`: written with the batch it describes. Null: nothing has been read. */
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
  /** Null: it reads a file. */
  connector_id: Generated<string | null>;
  mode: Generated<RunMode | null>;
  /** How many records the source says it has; null: it does not say, or only changes were asked for. */
  source_count: Generated<number | null>;
  /** Of the connector's records how many say here what they say at the source, when it had ended. */
  stored_count: Generated<number | null>;
  /** What was no longer at the source, and was followed. */
  gone_count: Generated<number>;
  /** Versions that take something away, and wait: for the end of the reading, then for an answer. */
  held_count: Generated<number>;
  /** The source said "later": it goes on then. */
  waiting_until: Generated<string | null>;
  waiting_why: Generated<string | null>;
  /** How often in a row, without a page between. */
  waits: Generated<number>;
  /** Since when what a brake stopped waits for an answer; null: nothing does. */
  asking_since: Generated<string | null>;
  /** Which run carries out the answer, and tells who gave it; null: there was none. */
  answer_run_id: Generated<string | null>;
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
  /** For a file JSON of the row's cells; for a connector the record as the source has it. */
  payload: string;
  outcome: "new" | "changed" | "kept" | "same" | "refused";
  /** What it belongs to; null when refused. */
  subject_id: string | null;
  /** Of which record at the source it is a version; null: it is a row of a file. */
  source_record_id: Generated<string | null>;
}

/** A record at a source that it is known again by, and how it stands: see source-state.ts. */
interface SourceRecordsTable {
  account_id: string;
  id: string;
  connector_id: string;
  stream: string;
  /** As the source calls it, now. */
  remote_id: string;
  /** Among those of its stream, in the order in which they came. */
  number: number;
  state: SourceState;
  /** Of the newest version, and of how it was taken in: equal, there is nothing to do. */
  hash: string;
  /** By the source's clock. */
  remote_changed_at: string | null;
  /** The newest version; null: there was none to store. */
  raw_record_id: string | null;
  /** The version that was taken in: what it says here. */
  taken_raw_id: string | null;
  /** What it belonged to when it was last taken in. */
  subject_id: string | null;
  first_run_id: string;
  /** By which it stands as it does: was that run undone, this is not to be relied on. */
  changed_run_id: string;
  gone_at: string | null;
  gone_why: "deleted" | "merged" | "unseen" | null;
  /** What it was merged into, as the source calls that. */
  became: string | null;
  /** The stream of that; null: its own. */
  became_stream: string | null;
}

/** Which records of a stream a run at work has seen, by their numbers: a bit for each, in blocks as base64. */
interface SeenRecordsTable {
  account_id: string;
  run_id: string;
  stream: string;
  block: number;
  bits: string;
}

/** What a record says that it stands in relation to, whether that is there or not. */
interface SourceLinksTable {
  account_id: string;
  source_record_id: string;
  type: string;
  to_stream: string;
  to_remote_id: string;
  connector_id: string;
  /** What was made of it, or is its now that whoever said so first does no longer; null: nothing yet, or somebody has said so already. */
  relation_id: string | null;
  /** The run that made it, or found its record gone: was that undone, or is the record there again, it is made anew. Null: none made it. */
  made_run_id: string | null;
}

/** Fields that are read no longer: what was stored of them is erased by a job. */
interface FieldErasuresTable {
  account_id: string;
  id: string;
  connector_id: string;
  stream: string;
  /** JSON of the ids of fields. */
  fields: string;
  /** JSON of the stream's settings by which what is stored was taken in. */
  settings: string;
  /** Records up to this one are behind it; null: none is. */
  after_id: string | null;
  records_done: Generated<number>;
  asked_at: string;
  asked_by: string | null;
  finished_at: string | null;
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
  /** Which record at the source it was; null: it is a row of a file. */
  source_record_id: Generated<string | null>;
  /** JSON: id and name of those that fitted alike, in the order in which the reason names them; null: it names none. */
  fits: Generated<string | null>;
}

/** Whom the reason of a refused row names: see `fits`. */
interface RefusedFitsTable {
  account_id: string;
  run_id: string;
  position: number;
  ordinal: number;
  subject_id: string;
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
    source_records: SourceRecordsTable;
    seen_records: SeenRecordsTable;
    source_links: SourceLinksTable;
    field_erasures: FieldErasuresTable;
    refused_rows: RefusedRowsTable;
    refused_fits: RefusedFitsTable;
    saved_mappings: SavedMappingsTable;
    row_corrections: RowCorrectionsTable;
    import_rules: ImportRulesTable;
  }
}

export {};
