/** SQLite only: on Postgres jobs are graphile-worker's. The columns mean what graphile-worker's mean. */
interface JobsTable {
  id: string;
  task: string;
  /** JSON. */
  payload: string;
  /** Unique: enqueuing with the key of a waiting job replaces that job. */
  job_key: string | null;
  /** Jobs of one queue run one after the other. */
  queue_name: string | null;
  /** Smaller runs first. */
  priority: number;
  run_at: string;
  /** Raised when a job is taken, so that one which kills its worker is not tried for ever. */
  attempts: number;
  max_attempts: number;
  last_error: string | null;
  /** The worker that runs it: an id in `heartbeats`. Null: it waits, or has failed for good. */
  locked_by: string | null;
  locked_at: string | null;
  created_at: string;
}

/** A row for each running worker. One whose heart stopped has lost its jobs. */
interface HeartbeatsTable {
  /** graphile-worker's pool id on Postgres, a UUID on SQLite. */
  id: string;
  /** The machine and the process namespace in which `pid` means something. */
  machine: string;
  pid: number;
  started_at: string;
  beat_at: string;
}

/** When each entry of the schedule is due next. */
interface SchedulesTable {
  name: string;
  /** The cron pattern that `next_at` was reckoned from. */
  pattern: string;
  next_at: string;
  last_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    jobs: JobsTable;
    heartbeats: HeartbeatsTable;
    schedules: SchedulesTable;
  }
}

export {};
