import { z } from "zod";
import { fieldRules, usualRules, writings } from "~/features/pipeline/subject-rules";

/** What is read of a connector and how it is written, as people chose it; kept as JSON on the connector. */

/** By stream: which of its fields are read; a stream that is not here is not read. */
export const selection = z.record(
  z.string(),
  z.strictObject({
    fields: z.array(z.string()),
    /** A plain date from which on it is read; null: from its first record. */
    start: z.string().nullable(),
    /** The id of one of the stream's `kinds`: what somebody says its records are. Absent: each is what it says itself. */
    kind: z.string().optional(),
  }),
);
export type Selection = z.infer<typeof selection>;

/** By stream: where its columns go, as a person approved it. */
export const mappings = z.record(
  z.string(),
  z.strictObject({
    columns: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    /** For each column the subject's field it goes to; "" for none. */
    fields: z.array(z.string()),
    /** Ids of columns that were looked at, and of which nobody has said anything: they go nowhere until somebody does. */
    undecided: z.array(z.string()).optional(),
  }),
);
export type Mappings = z.infer<typeof mappings>;

const writingRules = z.strictObject({
  what: z.enum(writings),
  match: z.string().max(50),
  fields: z.record(z.string().max(100), z.enum(fieldRules)),
});

export const syncRules = z.strictObject({
  writing: writingRules.default({ ...usualRules, fields: {} }),
  /** Per cent of the records: where more would go or be blanked by one run, somebody is asked first. */
  askShare: z.number().min(0).max(100).default(20),
  /** Fewer than these are no matter, in however small a list. */
  askAtLeast: z.number().int().min(1).default(3),
});

export type SyncRules = z.infer<typeof syncRules>;

/** What a brake wants to know before it goes on. */
export interface Question {
  /** The run that it stopped. */
  runId: string;
  at: string;
  kind: "nothing" | "much";
  gone: number;
  /** Versions that would take away what stands in some field. */
  blanked: number;
  known: number;
  /** The same in a sentence. */
  words: string;
}
