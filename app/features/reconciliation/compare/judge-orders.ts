/** Where each order comes to lie. */
import { type Books } from "~/features/reconciliation/columns/books";
import { dayOfDate } from "~/features/reconciliation/columns/calendar";
import { agreementOf } from "~/features/reconciliation/compare/agreement";
import { causeOf } from "~/features/reconciliation/compare/causes";
import { type Eligibility } from "~/features/reconciliation/compare/eligibility";
import { causes, codesOf, orderBuckets, orderFlags } from "~/features/reconciliation/compare/outcomes";
import { type Pairs } from "~/features/reconciliation/compare/pair-rows";
import { type Hits } from "~/features/reconciliation/compare/primary";
import { type Settings } from "~/features/reconciliation/compare/settings";
import { aliasTypes } from "~/features/reconciliation/ids/alias-types";
import { currencyExponent } from "~/platform/money";

export interface Judging {
  books: Books;
  settings: Settings;
  pairs: Pairs;
  eligibility: Eligibility;
  hits: Hits;
}

/** By order, the places in the lists of words; flags as bits. */
export interface JudgedOrders {
  bucket: Uint8Array;
  agreement: Uint8Array;
  cause: Uint8Array;
  flags: Uint8Array;
}

const bucket = codesOf(orderBuckets);
const cause = codesOf(causes);

export function judgeOrders(judging: Judging): JudgedOrders {
  const { length } = judging.books.orders;
  const judged: JudgedOrders = {
    bucket: new Uint8Array(length),
    agreement: new Uint8Array(length),
    cause: new Uint8Array(length),
    flags: new Uint8Array(length),
  };
  const { exclusion } = judging.eligibility;
  const notFound = bucketsOfNotFound(judging);
  for (let order = 0; order < length; order++) {
    flag(judging, judged, order);
    if (exclusion[order] !== 0) judged.bucket[order] = bucket.excluded;
    else if (judging.hits.primary[order]! < 0) judged.bucket[order] = notFound(order);
    else judgeFound(judging, judged, order);
  }
  return judged;
}

function judgeFound(judging: Judging, judged: JudgedOrders, order: number) {
  const { orders, transactions, currencies } = judging.books;
  const [row, amount] = [judging.hits.primary[order]!, judging.eligibility.amount[order]!];
  const value = transactions.facts.value[row]!;
  const [own, tracked] = [orders.facts.currency[order]!, transactions.facts.currency[row]!];
  if (own !== tracked) {
    const exponents = [currencyExponent(currencies.text(own)), currencyExponent(currencies.text(tracked))] as const;
    judged.bucket[order] = bucket["currency-mismatch"];
    judged.cause[order] = isSameNumber(amount, value, exponents) ? cause["other-label"] : cause.unknown;
    return;
  }
  const agreement = agreementOf(amount, value, judging.settings.tolerance);
  judged.agreement[order] = agreement;
  judged.bucket[order] = agreement === 0 ? bucket["value-mismatch"] : bucket.matched;
  if (agreement === 0) judged.cause[order] = causeOf(orders, order, amount, value);
}

/** 12.50 under one code and 12.50 under another: only the label differs. */
function isSameNumber(amount: number, value: number, [own, tracked]: readonly [number, number]): boolean {
  return BigInt(amount) * 10n ** BigInt(tracked) === BigInt(value) * 10n ** BigInt(own);
}

function bucketsOfNotFound({ books, settings, pairs, eligibility }: Judging): (order: number) => number {
  const cutOff = Date.parse(settings.now) - settings.waitingMs;
  const incomplete = new Set(settings.incompleteDays.map(dayOfDate));
  const scheme = pairs.scheme === null ? -1 : aliasTypes.indexOf(pairs.scheme);
  return (order) => {
    if (pairs.isContested[order] || sharesItsKey(books, pairs, scheme, order)) return bucket.ambiguous;
    if (books.orders.facts.createdMs[order]! > cutOff) return bucket.pending;
    return incomplete.has(eligibility.day[order]!) ? bucket.unverifiable : bucket.missing;
  };
}

/** Whether another order goes by the same key of the scheme. */
function sharesItsKey({ orders }: Books, { aliases }: Pairs, scheme: number, order: number): boolean {
  const { type, key } = orders.aliases;
  for (let at = orders.aliasStart(order); at < orders.facts.aliasEnd[order]!; at++) {
    if (type[at] === scheme && aliases.isShared(scheme, key[at]!)) return true;
  }
  return false;
}

function flag({ books, hits }: Judging, judged: JudgedOrders, order: number) {
  const row = hits.primary[order]!;
  let flags = books.orders.facts.refund[order] !== 0 ? orderFlags.refundedLater : 0;
  if (hits.count[order]! > 1) flags |= orderFlags.duplicated;
  if (row >= 0 && books.transactions.facts.isRounded[row]) flags |= orderFlags.rounded;
  judged.flags[order] = flags;
}
