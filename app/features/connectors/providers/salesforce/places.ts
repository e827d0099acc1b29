import { type SourceRecord } from "~/features/connectors/connector";

/** What comes next of a reading. Times are seconds since 1970, by Salesforce's clock; `behind` is an id. */
export type Place =
  | { phase: "list"; behind: string; size?: number }
  /** What changed from this second on, so many seconds at once; null: as far as it goes. */
  | { phase: "time"; from: number; span: number | null }
  /** Of what changed in this very second. */
  | { phase: "tie"; at: number; behind: string; span: number | null }
  /** Merged into others, and converted: what became of those that are not listed. */
  | { phase: "merged"; behind: string }
  | { phase: "converted"; behind: string }
  /** Deleted since it was last read. */
  | { phase: "deleted"; behind: string };

export type PlaceOf<Phase extends Place["phase"]> = Place & { phase: Phase };

export interface Step {
  records: SourceRecord[];
  /** All that the page had, also what is left out. */
  ids: string[];
  /** Null: this phase is through. */
  next: Place | null;
}
