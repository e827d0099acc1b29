import { type Generated } from "kysely";
import { type PrintKind, type PrintState, type PrintWho } from "~/features/campaigns/letters/print-run";

/** A file of letters, labels or addresses that somebody asked for, and what they said became of it. */
interface PrintRunsTable {
  account_id: string;
  id: string;
  campaign_id: string;
  kind: PrintKind;
  state: Generated<PrintState>;
  who: PrintWho;
  /** Where it is for one recipient. */
  only_contact_id: string | null;
  /** JSON of `PrintOptions`. */
  options: string;
  asked_by: string;
  asked_at: string;
  started_at: Generated<string | null>;
  made_at: Generated<string | null>;
  /** When and by whom it was said to be printed, or thrown away. */
  ended_at: Generated<string | null>;
  ended_by: Generated<string | null>;
  /** From then on its file is gone. */
  expires_at: Generated<string | null>;
  /** Raised each time a worker takes it up: only the last one can finish it. */
  lease_epoch: Generated<number>;
  letters: Generated<number>;
  left_out: Generated<number>;
  /** Known before the file is there, so that whoever starts again can take away what was begun. */
  file_id: Generated<string | null>;
  /** The change by which its recipients were marked. */
  change_set_id: Generated<string | null>;
  problem: Generated<string | null>;
  problem_reference: Generated<string | null>;
}

declare module "~/platform/db/tables" {
  interface Tables {
    print_runs: PrintRunsTable;
  }
}

export {};
