import { type Generated } from "kysely";

/** One command's changes, as a unit that can be undone. */
interface ChangeSetsTable {
  account_id: string;
  id: string;
  /** The user's verb, e.g. `contact.edited`, `contacts.imported`. */
  action: string;
  /** The audit event of the same command; null while a long command (an import) is still at work. */
  event_id: string | null;
  created_at: string;
  created_by: string | null;
  /** When and by whom it was undone: once at most. */
  undone_at: string | null;
  undone_by: string | null;
  /** Of an undo: what was done first, before all undoing and redoing of it. */
  root_id: Generated<string | null>;
  /** 0: it was done; 1: that was undone; 2: redone; and so on. */
  turn: Generated<number>;
  /** Set while it holds although it was undone: as its undo was undone. */
  revived_at: Generated<string | null>;
}

/** One record's before and after within a change set. Erasable: the audit event holds no personal data. */
interface ChangeEntriesTable {
  account_id: string;
  change_set_id: string;
  /** Order within the set; for a file import the line number. */
  position: number;
  subject_kind: string;
  subject_id: string;
  /** JSON of what the changed fields were; null: the record did not exist. */
  before: string | null;
  /** JSON of what they became; null: the record is gone. */
  after: string | null;
}

/** The undo of what is more than a page can wait for, done by a job. At most one for each change set. */
interface UndosTable {
  account_id: string;
  id: string;
  /** What is undone. */
  change_set_id: string;
  /** What the undo itself changes. */
  own_change_set_id: string;
  state: "queued" | "running" | "done" | "failed";
  /** What becomes of records that were changed since. */
  edited: "left" | "undone";
  /** Entries from this position on are behind it; null: none is. */
  below: number | null;
  /** When all entries are: subjects up to this one have been gone through for what no entry tells; null: none. */
  after_id: string | null;
  entries: number;
  entries_done: number;
  entries_written: number;
  /** Records of which something was put back, each once: counted at its end. */
  undone_count: number;
  /** Of `undo_left` how many there are: a record may stand there with several of its fields. */
  left_count: number;
  /** What was left alone under ordinals below this is gone through again, now that it was chosen; null: nothing is. */
  again_below: Generated<number | null>;
  /** Somebody wants it to end where it stands. */
  stop_requested_at: Generated<string | null>;
  asked_at: string;
  asked_by: string | null;
  finished_at: string | null;
  /** Of those asked for in one go: the id of the one whose page they were asked for on. */
  group_id: Generated<string | null>;
  /** In which order they come; each waits for those before it. */
  place: Generated<number | null>;
  /** Set where whoever asked saw only their own contacts: only those are put back. */
  own_only_at: Generated<string | null>;
}

/** What an undo has left alone. */
interface UndoLeftTable {
  account_id: string;
  undo_id: string;
  ordinal: number;
  subject_id: string;
  what: string;
  why: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    change_sets: ChangeSetsTable;
    change_entries: ChangeEntriesTable;
    undos: UndosTable;
    undo_left: UndoLeftTable;
  }
}

export {};
