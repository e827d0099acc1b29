import { type Performer, type WorkerWorld } from "~/platform/queue/perform.server";

export interface RunnerOptions {
  world: WorkerWorld;
  tasks: readonly string[];
  performer: Performer;
  concurrency: number;
  /** How often an idle runner looks for what has become due. */
  pollMs: number;
}

/** Takes jobs and runs them, until it is stopped. */
export interface Runner {
  /** Under which it holds jobs. */
  workerId: string;
  /** Takes no more jobs, and resolves when those that run have ended. */
  stop(): Promise<void>;
  /** Settles if it ends without being stopped. */
  ended: Promise<void>;
}
