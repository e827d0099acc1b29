/** What stands before or after the order's own id in nearly every id that found none: a proposal for a person. */
import { type Books } from "~/features/reconciliation/columns/books";
import { type Orders } from "~/features/reconciliation/columns/orders";
import { type AliasIndex } from "~/features/reconciliation/ids/alias-index";
import { type AffixRule, aliasTypes, stripped } from "~/features/reconciliation/ids/alias-types";
import { type Pairs } from "~/features/reconciliation/compare/pair-rows";

export interface AffixProposal {
  rule: AffixRule;
  /** Ids without an order that would find one, and only one. */
  found: number;
  /** Of how many. */
  of: number;
  share: number;
}

/** What maps fewer of them is no rule of the shop's. */
const LEAST_SHARE = 0.95;
/** Of fewer ids nearly every one may fit by chance. */
const FEWEST = 20;
/** So many ids show a rule as well as all, and whoever waits for a page does not notice. */
const LOOKED_AT = 500;
const LONGEST = 12;
/** Of so many rules that some names show, all names are counted. */
const MOST_COUNTED = 5;

/** Null when there is no such rule, or nothing to learn from. */
export function learnAffix(books: Books, pairs: Pairs): AffixProposal | null {
  const ids = idsWithoutOrder(books, pairs);
  if (ids.length < FEWEST) return null;
  const counted = [...ofTrackedIds(books, pairs.aliases, ids), ...ofNames(books, pairs, ids)];
  const [best] = counted.sort((one, other) => other.found - one.found || compareRules(one.rule, other.rule));
  if (!best || best.found < ids.length * LEAST_SHARE) return null;
  return { ...best, of: ids.length, share: best.found / ids.length };
}

interface Counted {
  rule: AffixRule;
  found: number;
}

/** The shorter affix explains as much with less. */
function compareRules(one: AffixRule, other: AffixRule): number {
  const length = ({ prefix, suffix }: AffixRule) => prefix.length + suffix.length;
  return length(one) - length(other) || (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
}

/** Each once, in an order that does not depend on how they came. */
function idsWithoutOrder({ transactions, keys }: Books, pairs: Pairs): string[] {
  const numbers = new Set<number>();
  for (let row = 0; row < transactions.length; row++) {
    const key = transactions.facts.key[row]!;
    if (key >= 0 && pairs.order[row] === -1) numbers.add(key);
  }
  return [...numbers]
    .map((key) => keys.text(key))
    .sort()
    .slice(0, LOOKED_AT);
}

function ofTrackedIds(books: Books, aliases: AliasIndex, ids: readonly string[]): Counted[] {
  const counts = new Map<string, Counted>();
  for (const id of ids) {
    for (const { prefix, suffix, rest } of splits(id)) {
      const key = books.keys.find(rest);
      if (key >= 0 && aliases.types.some((type) => aliases.only(type, key) >= 0)) {
        count(counts, { of: "tracked-ids", prefix, suffix });
      }
    }
  }
  return [...counts.values()];
}

const name = aliasTypes.indexOf("name");

/** The shop's names may carry what its analytics leaves out: some names show which rules there may be, all are counted. */
function ofNames(books: Books, pairs: Pairs, ids: readonly string[]): Counted[] {
  const counts = new Map<string, Counted>();
  const wanted = new Set(ids);
  for (const key of namesWithoutHit(books, pairs)) {
    for (const { prefix, suffix, rest } of splits(books.keys.text(key))) {
      if (wanted.has(rest) || isUnmatched(books, pairs.aliases, rest)) count(counts, { of: "names", prefix, suffix });
    }
  }
  return [...counts.values()]
    .sort((one, other) => other.found - one.found || compareRules(one.rule, other.rule))
    .slice(0, MOST_COUNTED)
    .map(({ rule }) => ({ rule, found: foundOnce(books, rule, wanted) }));
}

/** A key that no order goes by was tracked, as else it would not be a key. */
function isUnmatched({ keys }: Books, aliases: AliasIndex, id: string): boolean {
  const key = keys.find(id);
  return key >= 0 && aliases.belongsToNoOther(key, -1);
}

/** Keys of the names of the earliest orders without a hit. */
function namesWithoutHit({ orders, transactions }: Books, pairs: Pairs): number[] {
  const isHit = new Uint8Array(orders.length);
  for (let row = 0; row < transactions.length; row++) if (pairs.order[row]! >= 0) isHit[pairs.order[row]!] = 1;
  const { createdMs } = orders.facts;
  return Array.from({ length: orders.length }, (_, order) => order)
    .filter((order) => isHit[order] === 0)
    .sort((one, other) => createdMs[one]! - createdMs[other]! || orders.ids.compare(one, other))
    .slice(0, LOOKED_AT)
    .flatMap((order) => namesOf(orders, order));
}

function namesOf(orders: Orders, order: number): number[] {
  const found: number[] = [];
  for (let at = orders.aliasStart(order); at < orders.facts.aliasEnd[order]!; at++) {
    if (orders.aliases.type[at] === name) found.push(orders.aliases.key[at]!);
  }
  return found;
}

/** How many of the ids one name, and only one, comes to. */
function foundOnce({ orders, keys }: Books, rule: AffixRule, wanted: ReadonlySet<string>): number {
  const times = new Map<string, number>();
  for (let order = 0; order < orders.length; order++) {
    for (const key of namesOf(orders, order)) {
      const bare = stripped(keys.text(key), rule);
      if (bare !== null && wanted.has(bare)) times.set(bare, (times.get(bare) ?? 0) + 1);
    }
  }
  return [...times.values()].filter((count) => count === 1).length;
}

/** Every way to take something off either end. */
function splits(id: string) {
  const ways: { prefix: string; suffix: string; rest: string }[] = [];
  for (let from = 0; from <= Math.min(LONGEST, id.length - 1); from++) {
    for (let to = id.length; to > from && to >= id.length - LONGEST; to--) {
      if (from === 0 && to === id.length) continue;
      ways.push({ prefix: id.slice(0, from), suffix: id.slice(to), rest: id.slice(from, to) });
    }
  }
  return ways;
}

function count(counts: Map<string, Counted>, rule: AffixRule) {
  const place = JSON.stringify(rule);
  const counted = counts.get(place);
  if (counted) counted.found += 1;
  else counts.set(place, { rule, found: 1 });
}
