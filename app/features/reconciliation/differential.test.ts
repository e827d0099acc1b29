/** The same rows through plain SQL: a full outer join knows nothing of how the comparison is made. */
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Order } from "~/features/reconciliation/columns/add-order";
import { type Transaction } from "~/features/reconciliation/columns/add-transaction";
import { compared, may, orderFindings, purchase, rowFindings, type Shop, shopOrder } from "~/testing/given-shop";
import { DAY_MS, MINUTE_MS } from "~/platform/time";

const start = Date.parse("2026-04-28T00:00:00.000Z");
const instant = fc.integer({ min: 0, max: 40 * 48 }).map((n) => new Date(start + n * 30 * MINUTE_MS).toISOString());
/** Few, so that some hits of one order come at one moment. */
const moment = fc.integer({ min: 0, max: 12 }).map((n) => new Date(start + n * 3 * DAY_MS).toISOString());
const currency = fc.constantFrom("GBP", "GBP", "EUR");
const value = fc.bigInt(1000n, 1004n);

/** Names such as #1001 come twice now and then; ids do not take part, so that the join needs one key only. */
const orders: fc.Arbitrary<Order[]> = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1001, max: 1050 }),
      createdAt: instant,
      currency,
      total: value,
      standing: fc.constantFrom("sale" as const, "sale" as const, "sale" as const, "test" as const),
      channel: fc.constantFrom("web", "web", "pos"),
    }),
    { maxLength: 60, size: "max" },
  )
  .map((all) =>
    all.map(({ number, ...facts }, n) =>
      shopOrder(number, { ...facts, id: `o${n}`, aliases: [{ type: "name", value: `#${number}` }] }),
    ),
  );

const rows: fc.Arbitrary<Transaction[]> = fc
  .array(
    fc.record({
      transactionId: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.integer({ min: 1001, max: 1055 }).chain((n) => fc.constantFrom(`${n}`, `#${n}`, ` ${n} `)),
        },
        { weight: 1, arbitrary: fc.constantFrom("", "(not set)", "(other)") },
      ),
      at: moment,
      currency,
      value,
    }),
    { maxLength: 60, size: "max" },
  )
  .map((all) => all.map((row, n) => purchase(n, { ...row, id: `r${String(n).padStart(3, "0")}` })));

const settings = { now: "2026-05-28T00:00:00.000Z", untrackedChannels: ["pos"], incompleteDays: ["2026-05-10"] };

/** In UTC, so that SQLite knows the days, too. */
const sql = `
with keyed as (
  select o.*, count(*) over (partition by key) as holders,
    case when standing <> 'sale' or channel = 'pos' then 'excluded'
      when date(created_at) not between '2026-05-01' and '2026-05-31' then 'outside' else '' end as out
  from orders o),
usable as (select r.*, case when trim(transaction_id) in ('', '(not set)', '(other)') then null
    else ltrim(trim(transaction_id), '#') end as key from transactions r),
joined as (
  select o.id as order_id, o.holders, o.out, o.created_at, o.currency, o.total, r.id as row_id, r.key as row_key, r.value,
    r.currency as row_currency, r.row_found,
    row_number() over (partition by o.id order by r.row_found desc, r.at,
      case when r.currency = o.currency then abs(r.value - o.total) else 1e18 end, r.id) as place
  from keyed o full outer join (select *, 1 as row_found from usable) r on r.key = o.key)
select order_id, row_id, place,
  case when order_id is null then null when out <> '' then 'excluded' when holders > 1 then 'ambiguous'
    when row_id is not null then case when currency <> row_currency then 'currency-mismatch' when value <> total then 'value-mismatch'
      else 'matched' end
    when created_at > @cutOff then 'pending' when date(created_at) = '2026-05-10' then 'unverifiable' else 'missing' end as order_bucket,
  case when row_id is null then null when row_key is null then 'unusable-id' when order_id is null then 'unexpected'
    when holders > 1 then 'ambiguous' when out = 'excluded' then 'excluded-order-hit' when out = 'outside' then 'out-of-window-hit'
    when place = 1 then 'primary' else 'duplicate' end as row_bucket
from joined`;

interface Line {
  order_id: string | null;
  row_id: string | null;
  place: number;
  order_bucket: string | null;
  row_bucket: string | null;
}

function bySql(shop: Shop): Record<"orders" | "rows", Record<string, string>> {
  const database = new Database(":memory:");
  database.exec("create table orders (id, key, created_at, currency, total integer, standing, channel)");
  database.exec("create table transactions (id, transaction_id, at, currency, value integer)");
  const order = database.prepare("insert into orders values (?, ?, ?, ?, ?, ?, ?)");
  const row = database.prepare("insert into transactions values (?, ?, ?, ?, ?)");
  for (const one of shop.orders) {
    const key = one.aliases[0]!.value.slice(1);
    order.run(one.id, key, one.createdAt, one.currency, one.total, one.standing, one.channel);
  }
  for (const one of shop.rows) row.run(one.id, one.transactionId, one.at, one.currency, one.value);
  const cutOff = new Date(Date.parse(settings.now) - may.waitingMs).toISOString();
  const lines = database.prepare<[{ cutOff: string }], Line>(sql).all({ cutOff });
  database.close();
  const first = lines.filter(({ order_id, place }) => order_id !== null && place === 1);
  return {
    orders: Object.fromEntries(first.map((line) => [line.order_id, line.order_bucket])) as Record<string, string>,
    rows: Object.fromEntries(
      lines.filter(({ row_id }) => row_id !== null).map((line) => [line.row_id, line.row_bucket]),
    ) as Record<string, string>,
  };
}

test("a full outer join in SQL puts every order and every row into the same place", () => {
  fc.assert(
    fc.property(orders, rows, (orders, rows) => {
      const comparison = compared({ orders, rows }, { ...settings, timeZone: "UTC" });
      const expected = bySql({ orders, rows });
      expect(Object.fromEntries(orderFindings(comparison).map(({ id, bucket }) => [id, bucket]))).toEqual(
        expected.orders,
      );
      expect(Object.fromEntries(rowFindings(comparison).map(({ id, bucket }) => [id, bucket]))).toEqual(expected.rows);
    }),
    { numRuns: 300 },
  );
});
