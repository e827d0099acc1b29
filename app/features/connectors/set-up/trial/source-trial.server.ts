import { type StreamRehearsed } from "~/features/pipeline/sourced/rehearsed-tally";
import { fromJson } from "~/platform/db/json.server";

/** What a run of a connector would do, as far as anybody has tried. */

export type SourceTrialState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface SourceTrial {
  state: SourceTrialState;
  read: number;
  startedAt: string | null;
  finishedAt: string | null;
  result: StreamRehearsed[] | null;
  problem: string | null;
  problemReference: string | null;
  /** The source wants to be asked later. */
  waiting: { until: string; why: string } | null;
}

interface TrialRow {
  state: SourceTrialState;
  read_count: number | null;
  started_at: string | null;
  finished_at: string | null;
  result: string | null;
  problem: string | null;
  problem_reference: string | null;
  waiting_until: string | null;
  waiting_why: string | null;
}

export function trialOf(row: TrialRow): SourceTrial {
  return {
    state: row.state,
    read: row.read_count ?? 0,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    result: row.result === null ? null : fromJson<StreamRehearsed[]>(row.result),
    problem: row.problem,
    problemReference: row.problem_reference,
    waiting: row.waiting_until === null ? null : { until: row.waiting_until, why: row.waiting_why ?? "" },
  };
}

export function isTrying({ state }: Pick<SourceTrial, "state">): boolean {
  return state === "queued" || state === "running";
}
