import { type Generated } from "kysely";
import { type BulkState } from "~/features/contacts/bulk/bulk-edit";

/** A change of many contacts at once: what of each, and how far it has come. */
interface BulkEditsTable {
  account_id: string;
  id: string;
  state: BulkState;
  /** JSON of a `BulkChange`. */
  change: string;
  /** The list that is meant, all of it; null: rows that were ticked. */
  query: string | null;
  asked_by: string;
  asked_at: string;
  started_at: string | null;
  finished_at: string | null;
  /** Where the walk through the list stands; then (`after_id` alone) that through the contacts. */
  after_key: string | null;
  after_id: string | null;
  change_set_id: string | null;
  problem: string | null;
  problem_reference: string | null;
  /** Of those that were there when the numbers were made: all, and what will become of them. */
  total: Generated<number>;
  to_change: Generated<number>;
  same: Generated<number>;
  refused: Generated<number>;
  /** Ticked, but not there for whoever asked. */
  missing: Generated<number>;
  /** Of those to change: how many were gone through, and what has become of them. */
  done: Generated<number>;
  changed: Generated<number>;
  entries: Generated<number>;
  conflicts: Generated<number>;
  gone: Generated<number>;
}

/** One contact of such a change, from when the numbers were made until it has ended. */
interface BulkContactsTable {
  account_id: string;
  bulk_id: string;
  contact_id: string;
  outcome: "change" | "same" | "refused";
  /** What was seen then, so that what a colleague changes meanwhile is noticed. */
  version: number;
  seen: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    bulk_edits: BulkEditsTable;
    bulk_contacts: BulkContactsTable;
  }
}

export {};
