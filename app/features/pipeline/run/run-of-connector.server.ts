import { type Answer, type RunMode, type RunState } from "~/features/pipeline/run/run";
import {
  besideIn,
  goneAskedIn,
  readSourcedSettings,
  type Taking,
  takingIn,
} from "~/features/pipeline/sourced/sourced-settings.server";
import { type Beside } from "~/features/pipeline/subject-beside";

/** What there is to say of a run beside, where it reads from a connector. */
export interface ConnectorRun {
  id: string;
  mode: RunMode;
  /** How many records the source says it has; null: it does not say, or was asked for changes only. */
  said: number | null;
  stored: number | null;
  gone: number;
  /** Versions that wait for an answer, and records that were found gone and wait for it, too. */
  held: number;
  goneAsked: number;
  /** It read nothing, and takes away what the connector brought. */
  takesAway: boolean;
  /** How far it has come with that; null: it has not begun, or takes nothing away. */
  taking: Taking | null;
  /** It read nothing, and left what waited as it is here. */
  leaves: boolean;
  /** What it did beside; null: it has done nothing yet, or that was not counted when it ran. */
  beside: Beside | null;
  /** What a brake stopped waits for an answer. */
  asks: boolean;
  /** Which one it got; null: none, or it asked nothing. */
  answer: RunAnswer | null;
  /** The source wants it to come back. */
  waiting: { until: string; why: string } | null;
}

/** An answer, and the run that carries it out. */
export interface RunAnswer {
  at: string;
  by: string | null;
  answer: Answer;
  runId: string;
  state: RunState;
  /** Undone, and not redone since. */
  isUndone: boolean;
}

interface Row {
  connector_id: string | null;
  mode: RunMode | null;
  source_count: number | null;
  stored_count: number | null;
  gone_count: number;
  held_count: number;
  /** The settings of one that did what somebody said. */
  answered: string | null;
  checkpoint: string | null;
  waiting_until: string | null;
  waiting_why: string | null;
  asking_since: string | null;
  answer_id: string | null;
  answer_at: string | null;
  answer_by_name: string | null;
  answer_state: RunState | null;
  answer_settings: string | null;
  answer_undone_at: string | null;
  answer_revived_at: string | null;
}

/** Null: it is an import. */
export function toConnectorRun(row: Row): ConnectorRun | null {
  const { connector_id: id, mode, waiting_until: until, waiting_why: why } = row;
  if (id === null || mode === null) return null;
  const decided = row.answered === null ? null : readSourcedSettings(row.answered);
  return {
    ...{ id, mode, said: row.source_count, stored: row.stored_count, gone: row.gone_count, held: row.held_count },
    ...{ takesAway: decided?.takesAway === true, leaves: decided?.follow === false },
    taking: decided?.takesAway === true ? takingIn(row.checkpoint) : null,
    beside: besideIn(row.checkpoint),
    goneAsked: goneAskedIn(row.checkpoint),
    asks: row.asking_since !== null,
    answer: answerOf(row),
    waiting: until === null ? null : { until, why: why ?? "" },
  };
}

function answerOf(row: Row): RunAnswer | null {
  const { answer_id: runId, answer_at: at, answer_state: state, answer_settings: settings } = row;
  if (runId === null || at === null || state === null || settings === null) return null;
  const isUndone = row.answer_undone_at !== null && row.answer_revived_at === null;
  const answer = readSourcedSettings(settings).follow === true ? "follow" : "leave";
  return { at, by: row.answer_by_name, answer, runId, state, isUndone };
}
