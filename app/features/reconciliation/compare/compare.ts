/**
 * Compares a shop's orders with what its analytics tracked: every order and every row comes to lie in exactly one place.
 * The same input gives the same result in whatever order and batches it comes.
 */
import { type Books } from "~/features/reconciliation/columns/books";
import { Calendar } from "~/features/reconciliation/columns/calendar";
import { decidedPairs } from "~/features/reconciliation/compare/decided-pairs";
import { type Eligibility, eligibility } from "~/features/reconciliation/compare/eligibility";
import { findExchangeRates } from "~/features/reconciliation/compare/exchange-rates";
import { findLookAlikes, type LookAlike } from "~/features/reconciliation/compare/look-alikes";
import { judgeOrders, type JudgedOrders } from "~/features/reconciliation/compare/judge-orders";
import { judgeRows, type JudgedRows } from "~/features/reconciliation/compare/judge-rows";
import { pairRows, type Pairs } from "~/features/reconciliation/compare/pair-rows";
import { countHits, type Hits } from "~/features/reconciliation/compare/primary";
import { type Decision, type Settings } from "~/features/reconciliation/compare/settings";

export interface Comparison {
  books: Books;
  settings: Settings;
  pairs: Pairs;
  eligibility: Eligibility;
  hits: Hits;
  orders: JudgedOrders;
  rows: JudgedRows;
  /** Only suggestions: no count knows of them. */
  lookAlikes: LookAlike[];
  unheeded: Decision[];
}

export function compare(books: Books, settings: Settings): Comparison {
  const calendar = new Calendar(settings.timeZone);
  const decided = decidedPairs(books, settings.decisions);
  const pairs = pairRows(books, { scheme: settings.scheme, calendar, decided });
  const eligible = eligibility(books, { settings, calendar, aside: decided.ordersAside });
  const hits = countHits(books, pairs, eligible);
  const judging = { books, settings, pairs, eligibility: eligible, hits };
  const orders = judgeOrders(judging);
  const rows = judgeRows({ ...judging, calendar, aside: decided.rowsAside });
  findExchangeRates(judging, orders);
  const lookAlikes = findLookAlikes(judging, orders, rows);
  return { ...judging, orders, rows, lookAlikes, unheeded: decided.unheeded };
}
