import { expect, test } from "vitest";
import { basisShares } from "~/features/reconciliation/basis/detect-basis";
import { compared, orderFindings, purchase, type Shop, shopOrder } from "~/testing/given-shop";

/** Twenty orders of which each has another tax and postage; what is tracked comes from the amounts. */
function tracking(
  value: (amounts: { total: bigint; tax: bigint; shipping: bigint; discount: bigint }, n: number) => bigint,
): Shop {
  const orders = Array.from({ length: 20 }, (_, n) => {
    const [tax, shipping, discount] = [BigInt(300 + n * 7), BigInt(395 + n), BigInt(100 + 3 * n)];
    return shopOrder(1001 + n, { total: BigInt(4_000 + n * 211), tax, shipping, discount });
  });
  const rows = orders.map(({ total, tax = 0n, shipping = 0n, discount = 0n }, n) =>
    purchase(1001 + n, { value: value({ total, tax, shipping, discount }, n) }),
  );
  return { orders, rows };
}

test.each([
  ["total", ({ total }: Record<string, bigint>) => total],
  ["total-tax-shipping", ({ total, tax, shipping }: Record<string, bigint>) => total! - tax! - shipping!],
  ["total-tax", ({ total, tax }: Record<string, bigint>) => total! - tax!],
  ["total-shipping", ({ total, shipping }: Record<string, bigint>) => total! - shipping!],
  ["subtotal-before-discount", (a: Record<string, bigint>) => a.total! - a.tax! - a.shipping! + a.discount!],
] as const)("%s is seen on what was tracked, and then everything matches", (basis, value) => {
  const shop = tracking((amounts) => value(amounts)!);
  const { books, pairs } = compared(shop);
  expect(basisShares(books, pairs)[0]).toEqual({ basis, equal: 20, share: 1 });
  expect(new Set(orderFindings(compared(shop, { basis })).map(({ bucket }) => bucket))).toEqual(new Set(["matched"]));
});

test("the share that fits is told of each, of orders found once in their own currency", () => {
  const shop = tracking(({ total, tax }, n) => (n < 5 ? total - tax : total));
  const rows = [...shop.rows.slice(1), { ...shop.rows[0]!, currency: "EUR" }, { ...shop.rows[1]!, id: "again" }];
  const { books, pairs } = compared({ ...shop, rows });
  expect(basisShares(books, pairs).slice(0, 3)).toEqual([
    { basis: "total", equal: 15, share: 15 / 18 },
    { basis: "total-tax", equal: 3, share: 3 / 18 },
    { basis: "total-tax-shipping", equal: 0, share: 0 },
  ]);
});

test("of nothing there is no share", () => {
  const { books, pairs } = compared({ orders: [shopOrder(1001)], rows: [] });
  expect(basisShares(books, pairs)[0]).toEqual({ basis: "total", equal: 0, share: null });
});
