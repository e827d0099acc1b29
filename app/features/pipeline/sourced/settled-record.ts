import { type Met, type Taking } from "~/features/pipeline/sourced/meet-records.server";
import { type SourcedRun } from "~/features/pipeline/sourced/open-sourced-run.server";
import { type SourceRecordRow } from "~/features/pipeline/sourced/source-records.server";
import { type SourcedOutcome } from "~/features/pipeline/subject-sourced";

/** A record and what has become of it. */
export interface Settled {
  met: Met;
  outcome: SourcedOutcome | { kind: "same" | "older" | "held" };
  /** Its place in the run; null: nothing of it was written. */
  position: number | null;
  /** As it stands now. */
  row: SourceRecordRow;
}

/** How a record stands once it was taken, held or only seen. */
export function rowOf({ run, stream }: Taking, met: Met, outcome: Settled["outcome"]): SourceRecordRow {
  const { known, arrival, versionId } = met;
  const seen = {
    ...(known ?? nothingOf(met, stream.id, run)),
    remote_id: arrival.item.id,
  };
  const isThere = { hash: arrival.hash, remote_changed_at: arrival.item.changedAt };
  const newest = { ...seen, ...isThere, raw_record_id: versionId, changed_run_id: run.id };
  switch (outcome.kind) {
    case "older":
      return seen;
    case "same":
      return { ...seen, ...isThere };
    case "held":
    case "refused":
      return { ...newest, state: outcome.kind };
    case "left":
      // What was deleted here is known by what it belonged to.
      return { ...newest, ...notGone, state: "left", subject_id: outcome.subjectId ?? seen.subject_id };
    default:
      return { ...newest, ...notGone, state: "standing", taken_raw_id: versionId, subject_id: outcome.subjectId };
  }
}

const notGone = { gone_at: null, gone_why: null, became: null, became_stream: null };

function nothingOf({ recordId, number }: Met, stream: string, run: SourcedRun): SourceRecordRow {
  return {
    ...{ id: recordId, stream, remote_id: "", number, state: "standing", hash: "", remote_changed_at: null },
    ...{ raw_record_id: null, taken_raw_id: null, subject_id: null, ...notGone },
    ...{ first_run_id: run.id, changed_run_id: run.id },
  };
}

/** Another record has taken over its name: it is gone, as one that was merged into that. */
export function takenOver(run: SourcedRun, { row, into }: { row: SourceRecordRow; into: string }): SourceRecordRow {
  const merged = { gone_why: "merged" as const, became: into, became_stream: null };
  return { ...row, state: "going", ...merged, changed_run_id: run.id };
}
