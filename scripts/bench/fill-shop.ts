/** A shop's orders and what its analytics tracked, in the canonical zone: to the proportions of the figure `reconcile.1m`. */
import { analyse } from "./fill";
import "~/features/reconciliation/records/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Tables } from "~/platform/db/tables";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { numbers } from "./reconcile-rows";

type OrderRow = Tables["orders"];
type TransactionRow = Tables["transactions"];

const BATCH = 8_000;
const YEAR_MS = 364 * 86_400_000;
const START_MS = Date.parse("2025-05-01T12:00:00Z");
const methods = ["card", "paypal", "klarna", "invoice", "apple_pay"];
const nothing = {
  ...{ order_number: null, order_key: null, confirmation: null, checkout_token: null, cart_token: null },
  ...{ payment_ref: null, discount_minor: null, gift_card_minor: null, refunded_minor: null, line_count: null },
};

/** Of the orders 8 % are missing, 2 % have another value, 3 % are tracked twice; 1 % of the rows come from elsewhere. */
export async function fillShop(scope: Scope, count: number) {
  const next = numbers(7);
  const expected = { matched: 0, mismatched: 0, missing: 0, duplicate: 0, unexpected: 0 };
  const sourced = (remoteId: string) => ({
    ...{ account_id: scope.account.id, id: newId(), origin: "file", remote_id: remoteId, source_record_id: null },
    ...{ raw_record_id: newId(), run_id: newId(), hash: "as it came", gone_at: null, currency: "EUR" },
  });
  const tracked = (transactionId: string, at: string, value: number): TransactionRow => ({
    ...sourced(newId()),
    ...{ transaction_id: transactionId, day: at.slice(0, 10), at, value_minor: BigInt(value) },
    ...{ event_count: 1, is_rounded: 0 },
  });
  for (let from = 0; from < count; from += BATCH) {
    const [orders, rows]: [OrderRow[], TransactionRow[]] = [[], []];
    for (let n = from; n < Math.min(count, from + BATCH); n++) {
      const cents = 500 + Math.floor(next() * 40_000);
      const at = new Date(START_MS + Math.floor((n / count) * YEAR_MS)).toISOString();
      const tax = BigInt(Math.round((cents * 19) / 119));
      orders.push({
        ...{ ...sourced(String(4_507_894_690_000 + n * 17)), ...nothing, number: `#${1_001 + n}`, placed_at: at },
        ...{ total_minor: BigInt(cents), tax_minor: tax, shipping_minor: 490n, channel: "web", standing: "sale" },
        payment_method: methods[Math.floor(next() * methods.length)] ?? null,
      });
      if (next() < 0.01) {
        expected.unexpected += 1;
        rows.push(tracked(`T-${900_000 + n}`, at, cents));
      }
      if (next() < 0.08) {
        expected.missing += 1;
        continue;
      }
      const isOther = next() < 0.02;
      expected[isOther ? "mismatched" : "matched"] += 1;
      const value = isOther ? cents + 137 : cents;
      rows.push(tracked(String(1_001 + n), at, value));
      if (next() >= 0.03) continue;
      expected.duplicate += 1;
      rows.push(tracked(`#${1_001 + n}`, at, value));
    }
    await scope.database.unguarded.transaction().execute(async (db) => {
      for (const some of rowChunks(orders)) await db.insertInto("orders").values(some).execute();
      for (const some of rowChunks(rows)) await db.insertInto("transactions").values(some).execute();
    });
  }
  if (scope.database.dialect === "postgres") await analyse(scope);
  return expected;
}
