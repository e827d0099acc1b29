import { type Books } from "~/features/reconciliation/columns/books";
import { safeMinor } from "~/features/reconciliation/columns/safe-minor";
import { type TransactionFacts } from "~/features/reconciliation/columns/transactions";
import { readTrackedId } from "~/features/reconciliation/ids/read-id";
import { currencyExponent, splitMoney } from "~/platform/money";
import { isDate } from "~/platform/time";

/** A row of the analytics: an event, or a day's events with one transaction id and what they come to together. */
export interface Transaction {
  /** The row's own id, the same when the source is read again. */
  id: string;
  transactionId: string;
  /** An instant, or a plain date in the property's time zone. */
  at: string;
  currency: string;
  value: bigint;
  /** How many events the row stands for. */
  events?: number;
  /** The source gave more decimals than the currency has. */
  isRounded?: boolean;
}

/** More of one id on one day is no shop's order; the ids of such rows are unusable anyway. */
const MOST_EVENTS = 10_000;

/**
 * One entry for each event; several share the value, to the minor unit. Throws a RangeError for an unknown currency, an
 * amount beyond 2^53 minor units and a count that is none.
 */
export function addTransaction(books: Books, row: Transaction): void {
  const { events = 1, currency } = row;
  if (!Number.isInteger(events) || events < 1 || events > MOST_EVENTS) throw new RangeError("Not a count of events");
  const facts = factsOf(books, row);
  if (events === 1) return addEvent(books, row.id, facts);
  for (const [n, share] of splitMoney({ minor: row.value, currency }, events).entries()) {
    addEvent(books, n === 0 ? row.id : `${row.id}:${n + 1}`, { ...facts, value: Number(share.minor) });
  }
}

function factsOf(books: Books, { transactionId, at, currency, value, isRounded }: Transaction): TransactionFacts {
  currencyExponent(currency);
  const atMs = Date.parse(at);
  if (Number.isNaN(atMs)) throw new RangeError("A transaction without a time");
  return {
    value: safeMinor(value),
    atMs,
    isTimed: isDate(at) ? 0 : 1,
    currency: books.currencies.internText(currency),
    isRounded: isRounded ? 1 : 0,
    key: readTrackedId(books, transactionId),
  };
}

function addEvent({ transactions }: Books, id: string, facts: TransactionFacts) {
  transactions.ids.appendText(id);
  transactions.add(facts);
}
