/**
 * The one writer of a SQLite file. Inside this process statements and transactions queue for it in order; another
 * process (the worker) holds it for some milliseconds at a time, which is waited for without blocking the event loop.
 */
import { setTimeout as delay } from "node:timers/promises";
import { isBusy, WriterBusyError } from "~/platform/db/errors.server";

const WAIT_LIMIT_MS = 5_000;
/** Pauses between two tries for a lock that another process holds; the last one repeats. */
const RETRY_PAUSES_MS = [1, 1, 2, 3, 5];

export interface Writer {
  /** Waits for the turn, which lasts until `give`. @throws WriterBusyError when one and the same holds it for 5 s. */
  take(): Promise<void>;
  give(): void;
  /** Repeats `attempt` while another process holds the file's lock. @throws WriterBusyError after 5 s. */
  whenUnlocked<T>(attempt: () => T): Promise<T>;
  isFree(): boolean;
}

interface Waiting {
  turn(): void;
  /** Someone else had a turn: the writer does not hang, there is only much to do. */
  goOnWaiting(): void;
}

function waitedTooLong(): WriterBusyError {
  return new WriterBusyError(
    "Waited 5 s for the transaction that has SQLite's one writer. If this is inside a transaction, it waits for " +
      "itself: pass on the scope that inTransaction hands to its work, and await nothing but the database there.",
  );
}

async function whenUnlocked<T>(attempt: () => T): Promise<T> {
  const deadline = performance.now() + WAIT_LIMIT_MS;
  for (let tries = 0; ; tries++) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > deadline) {
        throw new WriterBusyError("Waited 5 s for another process to finish writing to the SQLite file.", {
          cause: error,
        });
      }
    }
    await delay(RETRY_PAUSES_MS[Math.min(tries, RETRY_PAUSES_MS.length - 1)]);
  }
}

export function createWriter(waitLimitMs = WAIT_LIMIT_MS): Writer {
  const queue: Waiting[] = [];
  let taken = false;

  function wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        turn() {
          clearTimeout(timer);
          resolve();
        },
        goOnWaiting: () => void timer.refresh(),
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(waitedTooLong());
      }, waitLimitMs);
      queue.push(waiting);
    });
  }

  return {
    async take() {
      if (taken) return wait();
      taken = true;
    },
    give() {
      const next = queue.shift();
      if (next === undefined) {
        taken = false;
        return;
      }
      next.turn();
      for (const waiting of queue) waiting.goOnWaiting();
    },
    whenUnlocked,
    isFree: () => !taken,
  };
}
