/** What a rule would make of ids that found no order, or of the names of orders: so that a person sees what they approve. */
import { type Books } from "~/features/reconciliation/columns/books";
import { type AffixRule, aliasTypes, stripped } from "~/features/reconciliation/ids/alias-types";
import { type Pairs } from "~/features/reconciliation/compare/pair-rows";

export interface AffixExample {
  from: string;
  to: string;
}

/** The first ones whose two sides meet by the rule. */
export function affixExamples(books: Books, pairs: Pairs, { rule, most }: { rule: AffixRule; most: number }) {
  const found = new Map<string, AffixExample>();
  const keys = rule.of === "names" ? namesIn(books) : keysWithoutOrder(books, pairs);
  for (const key of keys) {
    if (found.size >= most) break;
    const from = books.keys.text(key);
    const to = stripped(from, rule);
    if (to !== null && books.keys.find(to) >= 0) found.set(from, { from, to });
  }
  return [...found.values()];
}

function* keysWithoutOrder({ transactions }: Books, pairs: Pairs): Generator<number> {
  for (let row = 0; row < transactions.length; row++) {
    const key = transactions.facts.key[row]!;
    if (key >= 0 && pairs.order[row] === -1) yield key;
  }
}

const name = aliasTypes.indexOf("name");

function* namesIn({ orders }: Books): Generator<number> {
  for (let at = 0; at < (orders.facts.aliasEnd[orders.length - 1] ?? 0); at++) {
    if (orders.aliases.type[at] === name) yield orders.aliases.key[at]!;
  }
}

/** By each type of alias the first one that an order goes by. */
export function aliasExamples({ orders, keys }: Books): Map<string, string> {
  const examples = new Map<string, string>();
  for (let at = 0; at < (orders.facts.aliasEnd[orders.length - 1] ?? 0); at++) {
    const type = aliasTypes[orders.aliases.type[at]!]!;
    if (!examples.has(type)) examples.set(type, keys.text(orders.aliases.key[at]!));
  }
  return examples;
}
