/** Two files as a shop and its analytics export them, to the proportions of the figure `reconcile.files`. */
import { closeSync, openSync, writeSync } from "node:fs";

/** Repeats itself: the files are the same at every run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface ShopFiles {
  orders: string;
  transactions: string;
  /** What a comparison must find. */
  expected: { matched: number; mismatched: number; missing: number; duplicate: number; unexpected: number };
}

const YEAR_S = 365 * 86_400;
const START_MS = Date.parse("2025-05-01T00:00:00Z");
const methods = ["card", "paypal", "klarna", "invoice", "apple_pay"];

/** An instant without milliseconds. */
const time = (seconds: number) => new Date(START_MS + Math.floor(seconds) * 1_000).toISOString().replace(".000", "");
const euros = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

/** Of the orders 8 % are missing, 2 % have another value, 3 % are tracked twice; 1 % of the rows come from elsewhere. */
export function writeShopFiles(folder: string, count: number): ShopFiles {
  const next = numbers(7);
  const files = { orders: `${folder}/orders.csv`, transactions: `${folder}/transactions.csv` };
  const expected = { matched: 0, mismatched: 0, missing: 0, duplicate: 0, unexpected: 0 };
  const [orders, transactions] = [openSync(files.orders, "w"), openSync(files.transactions, "w")];
  writeSync(orders, "id,name,created_at,currency,total,tax,shipping,payment_method,channel\n");
  writeSync(transactions, "transaction_id,event_time,currency,value\n");
  for (let from = 0; from < count; from += 10_000) {
    const [shop, analytics]: [string[], string[]] = [[], []];
    for (let n = from; n < Math.min(count, from + 10_000); n++) {
      const cents = 500 + Math.floor(next() * 40_000);
      const seconds = (n / count) * YEAR_S;
      const tax = Math.round((cents * 19) / 119);
      const name = `#${1_001 + n}`;
      const method = methods[Math.floor(next() * methods.length)];
      shop.push(
        `${4_507_894_690_000 + n * 17},${name},${time(seconds)},EUR,${euros(cents)},${euros(tax)},4.90,${method},web`,
      );
      analytics.push(...track(name, { cents, seconds, next, expected }));
      if (next() < 0.01) {
        expected.unexpected += 1;
        analytics.push(`T-${900_000 + n},${time(seconds)},EUR,${euros(cents)}`);
      }
    }
    writeSync(orders, `${shop.join("\n")}\n`);
    if (analytics.length > 0) writeSync(transactions, `${analytics.join("\n")}\n`);
  }
  for (const file of [orders, transactions]) closeSync(file);
  return { ...files, expected };
}

interface Tracking {
  cents: number;
  seconds: number;
  next: () => number;
  expected: ShopFiles["expected"];
}

/** Its rows: as the name with # or without it or spaces around, once or twice or not at all. */
function track(name: string, { cents, seconds, next, expected }: Tracking): string[] {
  if (next() < 0.08) {
    expected.missing += 1;
    return [];
  }
  const isOther = next() < 0.02;
  expected[isOther ? "mismatched" : "matched"] += 1;
  const written = next();
  const id = written < 0.4 ? name : written < 0.8 ? name.slice(1) : ` ${name} `;
  const row = `${id},${time(seconds + next() * 120)},EUR,${euros(isOther ? cents + 137 : cents)}`;
  if (next() >= 0.03) return [row];
  expected.duplicate += 1;
  return [row, row];
}
