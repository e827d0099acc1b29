import { type Ledger } from "~/features/pipeline/corrections/claim-rows.server";
import { openPositions } from "~/features/pipeline/corrections/taken-rows.server";
import { type TrialNotes } from "~/features/pipeline/trial/trial-notes.server";
import { type Scope } from "~/platform/scope.server";

/** Which refused rows the file of a trial would take up corrected: of those that no import has taken. */
export function trialLedger(scope: Scope, runId: string, notes: TrialNotes): Ledger {
  return {
    async take(wanted) {
      const open = await openPositions(scope, runId, [...wanted.keys()]);
      return new Set([...open].filter(notes.take));
    },
    takenHere: (positions) => Promise.resolve(new Set(positions.filter(notes.isTaken))),
    giveBack: (positions) => Promise.resolve(positions.forEach(notes.giveBack)),
  };
}
