/** What a task is. Names and payloads are listed in jobs/catalogue.ts, which fills `TaskPayloads`. */
import { z } from "zod";
import { type Environment } from "~/platform/env.server";
import { isId } from "~/platform/ids.server";
import { type InstallationScope } from "~/platform/scope.server";

/** Task name → payload, by declaration merging from jobs/catalogue.ts: the platform knows no product words. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface TaskPayloads {}

export type TaskName = keyof TaskPayloads & string;

/** Task name → the schema that a payload must fit before the job is run. */
export type TaskCatalogue = Readonly<Record<string, z.ZodType>>;

/** What a job gets beside its payload. It is also the installation's scope; most jobs go on from there into an account. */
export interface JobContext extends InstallationScope {
  jobId: string;
  /** 1 for the first. */
  attempt: number;
  maxAttempts: number;
  /** What of the environment a job needs. */
  env: Pick<Environment, "appOrigin" | "mail" | "providers">;
  /** Aborts when the worker must end soon or has lost the job: write the checkpoint and throw (`throwIfAborted`). */
  signal: AbortSignal;
}

/**
 * Runs one job. At least once: it may run again after it did its work, so it is idempotent and goes on from a
 * checkpoint. Returning means done; throwing means again later (after 2.7 s, 7 s, 20 s … 6 h; 25 times).
 */
export type Job<Payload = never> = (payload: Payload, context: JobContext) => Promise<void>;

const SHORT_WORD = /^[a-z0-9][a-z0-9_.:-]{0,63}$/;

/** Payloads lie in the open in the queue, so they hold ids, whole numbers and words of the program: no personal data. */
export const idsOnly = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/),
  z.union([z.string().refine((text) => isId(text) || SHORT_WORD.test(text)), z.int(), z.null()]).optional(),
);

/** An id in a payload. */
export const id = z.string().refine(isId, "is no id");
