/**
 * bcrypt in threads of its own: one hash takes 0.2 s, which on the main thread would stop every other answer. The
 * thread's program is the text below, started with `eval`, so that it needs no file: it runs alike under tsx, vitest
 * and in the built server. `bcryptjs` itself is found in node_modules from where this module (or the build) stands.
 */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

export type HashTask =
  { password: string; cost: number; hash?: undefined } | { password: string; hash: string; cost?: undefined };

/** One processor stays free for the answers; more than two threads help nobody. */
const THREADS = Math.max(1, Math.min(2, availableParallelism() - 1));
/** Who comes later is told to come again: a queue of four seconds and more would be a queue of people who left. */
const MAX_WAITING = 20;

const program = `
const { parentPort, workerData } = require("node:worker_threads");
const bcrypt = require(workerData);
parentPort.on("message", ({ password, cost, hash }) => {
  parentPort.postMessage(hash === undefined ? bcrypt.hashSync(password, cost) : bcrypt.compareSync(password, hash));
});`;

interface Waiting {
  task: HashTask;
  resolve: (result: string | boolean) => void;
  reject: (error: Error) => void;
}

/** Holds its thread and the task that is in it. */
class HashThread {
  #worker: Worker | null = null;
  #current: Waiting | null = null;

  constructor(readonly whenFree: () => void) {}

  get isFree(): boolean {
    return this.#current === null;
  }

  run(waiting: Waiting): void {
    this.#current = waiting;
    this.#worker ??= this.#start();
    // Counts as work of the process only while it works: an idle thread keeps nobody from ending.
    this.#worker.ref();
    this.#worker.postMessage(waiting.task);
  }

  #start(): Worker {
    const worker = new Worker(program, {
      eval: true,
      workerData: createRequire(import.meta.url).resolve("bcryptjs"),
      env: {},
      execArgv: [],
    });
    worker.on("message", (result: string | boolean) => this.#finish((waiting) => waiting.resolve(result)));
    worker.on("error", (error) => {
      this.#worker = null;
      this.#finish((waiting) => waiting.reject(new Error("The hashing thread failed", { cause: error })));
    });
    return worker;
  }

  #finish(settle: (waiting: Waiting) => void): void {
    const waiting = this.#current;
    this.#current = null;
    this.#worker?.unref();
    if (waiting) settle(waiting);
    this.whenFree();
  }
}

const queue: Waiting[] = [];
const threads = Array.from({ length: THREADS }, () => new HashThread(startNext));

function startNext(): void {
  const free = threads.find((thread) => thread.isFree);
  if (!free) return;
  const next = queue.shift();
  if (next) free.run(next);
}

/** A new hash (text) or whether a hash fits (boolean); null when too many wait already. */
export function runHashTask(task: HashTask): Promise<string | boolean> | null {
  if (queue.length >= MAX_WAITING) return null;
  return new Promise((resolve, reject) => {
    queue.push({ task, resolve, reject });
    startNext();
  });
}
