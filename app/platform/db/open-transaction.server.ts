/**
 * Finds the one mistake that a transaction invites: using the outer scope inside. On SQLite a write would wait for
 * itself, on Postgres it would be outside the transaction without anybody noticing. Only tests and development watch
 * (it costs a few percent of every await); in production SQLite's writer gives up after 5 s instead.
 */
import { AsyncLocalStorage } from "node:async_hooks";

interface OpenTransaction {
  engine: object;
  open: boolean;
}

const watched = new WeakSet<object>();
const current = new AsyncLocalStorage<OpenTransaction>();

/** `engine` is the driver's shared part: the SQLite file or the Postgres pool. */
export function watchTransactions(engine: object): void {
  watched.add(engine);
}

/** Runs `work` as the inside of a transaction of `engine`. */
export async function insideTransaction<T>(engine: object, work: () => Promise<T>): Promise<T> {
  if (!watched.has(engine)) return work();
  const transaction: OpenTransaction = { engine, open: true };
  try {
    return await current.run(transaction, work);
  } finally {
    transaction.open = false;
  }
}

/** Called for every connection taken: a transaction never takes a second one. */
export function refuseOutsideTransaction(engine: object): void {
  if (!watched.has(engine)) return;
  const transaction = current.getStore();
  if (transaction?.open && transaction.engine === engine) {
    throw new Error("The outer scope was used inside a transaction: pass on the scope that inTransaction hands over.");
  }
}
