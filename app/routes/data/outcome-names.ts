import { type Outcome } from "~/features/pipeline/zones/raw-record";

/** What came of a record when it was brought in. */
export const outcomeNames: Record<Outcome, string> = {
  new: "new",
  changed: "changed something",
  kept: "stored, changed nothing",
  same: "the same as before",
  refused: "refused",
};
