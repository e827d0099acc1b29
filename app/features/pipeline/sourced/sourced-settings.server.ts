import { z } from "zod";
import { type Beside } from "~/features/pipeline/subject-beside";
import { type Remarks } from "~/features/pipeline/run/run";
import { ownRule } from "~/features/pipeline/own-rules/own-rule";
import { writingRules } from "~/features/pipeline/draft/run-settings.server";
import { type SourceJson } from "~/features/pipeline/sourced/source";

/** What a run of a connector goes by, as it was when the run was started; kept as JSON on the run. */

const streamSettings = z.strictObject({
  id: z.string(),
  noun: z.strictObject({ one: z.string(), many: z.string() }),
  /** What the pipeline makes of its records. */
  subject: z.string(),
  /** What all of its records say, by the subject's fields. */
  constants: z.record(z.string(), z.string()),
  columns: z.array(z.strictObject({ id: z.string(), label: z.string() })),
  /** For each column the field it goes to; "" for none. */
  mapping: z.array(z.string()),
  /** What a whole reading does not bring is gone. */
  wholeTellsGone: z.boolean(),
  /** A day from which on it is read; null: from the first record on. */
  start: z.string().nullable(),
  /** Since when changes are asked for, in the source's own terms; absent: it is read whole. */
  since: z.json().optional(),
});

const sourcedSettings = z.strictObject({
  streams: z.array(streamSettings),
  rules: writingRules,
  brake: z.strictObject({
    /** Per cent of the records that there were before: where more would go or be blanked, somebody is asked. */
    share: z.number(),
    /** Fewer than these are no matter. */
    atLeast: z.number(),
  }),
  /** ISO 3166-1 alpha-2: how a phone number without a country code is read. */
  phoneCountry: z.string(),
  /** What the account asked of every record when the run was started, by subject. */
  ownRules: z.record(z.string(), z.array(ownRule)),
  /** Of a run that carries out an answer: whether what waited is followed, or left as it is. */
  follow: z.boolean().optional(),
  /** What it reads from: whose account there (null: it does not say), and by which settings, as JSON. */
  from: z.strictObject({ whose: z.string().nullable(), settings: z.string() }).optional(),
  /** Nothing is read: all that the connector brought goes, as if it were gone at the source. Somebody said so. */
  takesAway: z.boolean().optional(),
});

export type StreamSettings = z.infer<typeof streamSettings>;
export type SourcedSettings = z.infer<typeof sourcedSettings>;

export function readSourcedSettings(text: string): SourcedSettings {
  return sourcedSettings.parse(JSON.parse(text));
}

export function readStreamSettings(text: string): StreamSettings {
  return streamSettings.parse(JSON.parse(text));
}

/**
 * `reading` goes through the source; `settling` follows what it took away, at the end of each stream; `second-look` tries
 * records again for which two of the subject fitted, when all streams are in.
 */
export interface SourcedCheckpoint {
  phase: "reading" | "settling" | "second-look";
  /** Which of the streams. */
  stream: number;
  /** Behind which page. */
  after: SourceJson | null;
  /** The stream is read whole, be it that the cursor was no good. */
  isWhole: boolean;
  /** How often its reading began anew. */
  restarts: number;
  changesFrom?: SourceJson;
  /** The source has said that it showed all there is. */
  isAll?: boolean;
  /** Settling: records up to this number have been looked at, whether they were seen; null: all have. */
  unseen: number | null;
  /** How many versions were kept, and entries written: what is next stands behind them. */
  position: number;
  entries: number;
  /** By stream: how it stood before, and stands now. */
  streams: Record<string, StreamCounts>;
  /** Second look: up to which record, and how many of this pass found their place. */
  looked: string | null;
  placed: number;
  remarks?: Remarks;
  /** Absent in what was written before this was counted. */
  beside?: Beside;
  /** Where everything is taken away: records of which nothing stood here. Absent: none. */
  idle?: number;
  /** Undone runs whose records it has taken in again: redone, they would bring these once more. Absent: none. */
  again?: readonly string[];
}

export interface StreamCounts {
  /** Records that say here what they say at the source. */
  standing: number;
  /** Records of which something is here, be it that it waits for an answer or was left as it is. */
  before: number;
  now: number;
  /** Distinct ones that this run has read. */
  read: number;
  /** The least and the most that the source said it has while it was read. */
  said: [number, number] | null;
  /** It was read whole. */
  isWhole: boolean;
  /** A brake stopped what was to be taken away. */
  question: { kind: "nothing" | "much"; gone: number; blanked: number } | null;
  /** Positions of the first and the last entry that tell of what went when it was settled. Absent: none does. */
  told?: readonly [first: number, last: number];
}

export const atTheStart: SourcedCheckpoint = {
  ...{ phase: "reading", stream: 0, after: null, isWhole: false, restarts: 0, unseen: null },
  ...{ position: 0, entries: 0, streams: {}, looked: null, placed: 0 },
};

/** How many records a run found gone and left to an answer, by its checkpoint as it is kept. */
export function goneAskedIn(checkpoint: string | null): number {
  const { streams = {} } = checkpoint === null ? {} : (JSON.parse(checkpoint) as Partial<SourcedCheckpoint>);
  return Object.values(streams).reduce((sum, { question }) => sum + (question?.gone ?? 0), 0);
}

/** Of a run that takes everything away: of how many records that were here when it began, and how many are gone by now. */
export interface Taking {
  done: number;
  of: number;
}

/** By its checkpoint as it is kept; null: it has not looked yet how many there are. */
export function takingIn(checkpoint: string | null): Taking | null {
  if (checkpoint === null) return null;
  const { streams = {} } = JSON.parse(checkpoint) as Partial<SourcedCheckpoint>;
  if (Object.keys(streams).length === 0) return null;
  const sum = (of: "before" | "now") => Object.values(streams).reduce((all, counts) => all + counts[of], 0);
  return { done: sum("before") - sum("now"), of: sum("before") };
}

/** What a run has done beside, by its checkpoint as it is kept; null: nothing yet, or it was not counted. */
export function besideIn(checkpoint: string | null): Beside | null {
  return checkpoint === null ? null : ((JSON.parse(checkpoint) as Partial<SourcedCheckpoint>).beside ?? null);
}
