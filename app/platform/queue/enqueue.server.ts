/** Asks for background work, in the caller's own transaction: if that is rolled back, nothing was asked for. */
import "~/platform/queue/tables";
import { toJson } from "~/platform/db/json.server";
import { addGraphileJob } from "~/platform/queue/graphile-jobs.server";
import { addSqliteJob } from "~/platform/queue/sqlite-jobs.server";
import { idsOnly, type TaskName, type TaskPayloads } from "~/platform/queue/tasks";
import { type InstallationScope, type Scope } from "~/platform/scope.server";

export interface EnqueueOptions {
  /**
   * At most one job waits under a key (of this task and account): a second one replaces it. If the first is running
   * already, the second runs after it has started, which may be at the same time unless both name a `queueName`.
   */
  jobKey?: string;
  /** Not before this instant (ISO 8601, UTC). */
  runAt?: string;
  /** Jobs of this queue (of this account) run one after the other. */
  queueName?: string;
  /** Smaller runs first; 0 unless told. */
  priority?: number;
  /** 25 unless told, which is about four days. */
  maxAttempts?: number;
}

/** What both engines store. */
export interface NewJob {
  task: string;
  payload: string;
  jobKey: string | null;
  runAt: string;
  queueName: string | null;
  priority: number;
  maxAttempts: number;
}

/** About four days with the back-off of `exp(least(10, attempt))` seconds. */
const MAX_ATTEMPTS = 25;
/** Whose keys and queues are when no account enqueues. */
const INSTALLATION = "installation";
const NAME = /^[\w:.-]{1,80}$/;

/** Keys and queues are one name space over all accounts and tasks, so they carry whose they are. */
function ownName(owner: string, name: string | undefined): string | null {
  if (name === undefined) return null;
  if (!NAME.test(name)) throw new Error("A job key or queue name is made of up to 80 letters, digits, _ : . and -");
  return `${owner}:${name}`;
}

/** A job's key as it is stored. */
export function jobKeyOf(scope: Scope | InstallationScope, task: string, jobKey: string | undefined): string | null {
  return ownName(`${task}:${scope.kind === "account" ? scope.account.id : INSTALLATION}`, jobKey);
}

/** The payload as text. Throws when it is more than ids, or names another account than the owner. */
function checkedPayload(task: string, payload: unknown, owner: string): string {
  const checked = idsOnly.safeParse(payload);
  if (!checked.success) throw new Error(`The payload of ${task} may hold ids, whole numbers and short words only`);
  const { accountId } = checked.data;
  if (owner !== INSTALLATION && accountId !== undefined && accountId !== owner) {
    throw new Error(`${task} was enqueued by one account for another`);
  }
  return toJson(checked.data);
}

/** Returns the job's id. Throws when the payload is more than ids, or names another account than the scope's. */
export async function enqueue<Name extends TaskName>(
  scope: Scope | InstallationScope,
  task: Name,
  payload: TaskPayloads[Name],
  options: EnqueueOptions = {},
): Promise<string> {
  const owner = scope.kind === "account" ? scope.account.id : INSTALLATION;
  const job: NewJob = {
    task,
    payload: checkedPayload(task, payload, owner),
    jobKey: jobKeyOf(scope, task, options.jobKey),
    runAt: options.runAt ?? scope.clock.now(),
    queueName: ownName(owner, options.queueName),
    priority: options.priority ?? 0,
    maxAttempts: options.maxAttempts ?? MAX_ATTEMPTS,
  };
  return scope.database.dialect === "sqlite" ? addSqliteJob(scope, job) : addGraphileJob(scope, job);
}
