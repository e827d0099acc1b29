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

declare module "~/platform/db/tables" {
  interface Tables {
    change_sets: ChangeSetsTable;
    change_entries: ChangeEntriesTable;
  }
}

export {};
