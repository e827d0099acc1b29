import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openBooks } from "~/features/reconciliation/columns/books";
import { learnAffix } from "~/features/reconciliation/ids/learn-affix";
import { lostZeros } from "~/features/reconciliation/ids/lost-zeros";
import { idFaults, normaliseId } from "~/features/reconciliation/ids/normalise-id";
import { closerTrackedId } from "~/features/reconciliation/ids/closer-id";
import { readTrackedId } from "~/features/reconciliation/ids/read-id";
import { compared, orderFindings, purchase, rowFindings, shopOrder } from "~/testing/given-shop";

describe("an id as it is compared", () => {
  test.each([
    ["1001", "1001"],
    ["#1001", "1001"],
    ["'1001", "1001"],
    ["\u00a0\ufeff 1001 \t", "1001"],
    ["# 1001", "1001"],
    ["EN1001-A", "en1001-a"],
    ["gid://shopify/Order/450789469?key=abc", "450789469"],
    ["wc_order_Ab3", "wc_order_ab3"],
    ["１００１", "1001"],
    ["0001001", "0001001"],
    ["90071992547409931", "90071992547409931"],
    ["4e12ab", "4e12ab"],
  ])("%s is %s", (written, key) => {
    expect(normaliseId(written)).toEqual({ ok: true, key });
  });

  test.each([
    ["", "empty"],
    [" \u00a0", "empty"],
    ["#", "empty"],
    ["(not set)", "not-set"],
    ["(Other)", "other"],
    ["undefined", "placeholder"],
    ["{{transaction_id}}", "placeholder"],
    ["0", "placeholder"],
    ["1.23E+15", "spreadsheet-damaged"],
    ["1,23E+15", "spreadsheet-damaged"],
    ["1E+15", "spreadsheet-damaged"],
    ["1001.0", "spreadsheet-damaged"],
  ])("“%s” is unusable: %s", (written, fault) => {
    expect(normaliseId(written)).toEqual({ ok: false, fault });
  });

  test("is read from its bytes as from its text", () => {
    const plain = fc.stringMatching(/^[ #']{0,2}[0-9a-zA-Z_e+.,-]{0,12} ?$/);
    fc.assert(
      fc.property(fc.oneof(plain, fc.string(), fc.constantFrom("0", "1e15", "-1e-7", "n/a", "test")), (written) => {
        const books = openBooks();
        expect(readTrackedId(books, written)).toBe(closerTrackedId(books, wellFormed(written)));
      }),
      { numRuns: 2_000 },
    );
  });

  test("zeros before it may be left out, if a person says so", () => {
    const shop = {
      orders: [shopOrder(1001, { aliases: [{ type: "name", value: "#0001001" }] })],
      rows: [purchase(1001)],
    };
    expect(orderFindings(compared(shop))[0]?.bucket).toBe("missing");
    const without = compared(shop, {}, { affixes: [], keepsLeadingZeros: false });
    expect(orderFindings(without)[0]?.bucket).toBe("matched");
  });

  test("a row that lost its zeros is told, not matched", () => {
    const orders = [shopOrder(1, { aliases: [{ type: "name", value: "007" }] }), shopOrder(2)];
    const rows = [purchase(7), purchase(2), purchase(8)];
    const { books, pairs } = compared({ orders, rows });
    expect(lostZeros(books, pairs)).toEqual([{ row: 0, order: 0 }]);
  });
});

describe("the scheme", () => {
  const woo = (id: number, number: string, facts = {}) =>
    shopOrder(id, {
      id: String(id),
      aliases: [
        { type: "id", value: String(id) },
        { type: "number", value: number },
      ],
      ...facts,
    });

  test("is the type of alias that finds most, with what each would find", () => {
    const orders = [woo(501, "1"), woo(502, "2"), woo(503, "3")];
    const rows = ["2", "3", "501", "(not set)"].map((transactionId, n) => purchase(n, { transactionId }));
    const { pairs } = compared({ orders, rows });
    expect(pairs.scheme).toBe("number");
    expect(pairs.shares).toEqual([
      { type: "number", hits: 2, share: 2 / 3 },
      { type: "id", hits: 1, share: 1 / 3 },
    ]);
  });

  test("another type finds an order only when currency and time agree", () => {
    const rows = [
      purchase(1, { transactionId: "2" }),
      purchase(2, { transactionId: "3" }),
      purchase(3, { transactionId: "501" }),
    ];
    const orders = (facts: object) => [woo(501, "1", facts), woo(502, "2"), woo(503, "3")];
    const bucket = (facts: object) => {
      const comparison = compared({ orders: orders(facts), rows });
      return [orderFindings(comparison)[0], rowFindings(comparison)[2]];
    };
    expect(bucket({})).toMatchObject([
      { bucket: "matched", keyType: "id" },
      { bucket: "primary", keyType: "id" },
    ]);
    expect(bucket({ currency: "EUR" })).toMatchObject([{ bucket: "missing" }, { bucket: "unexpected" }]);
    expect(bucket({ createdAt: "2026-05-05T10:15:29.999Z" })).toMatchObject([
      { bucket: "missing" },
      { bucket: "unexpected" },
    ]);
    expect(bucket({ createdAt: "2026-05-05T10:15:30.000Z" })).toMatchObject([{ bucket: "matched" }, {}]);
  });

  test("a number of one order that is the id of another fits both, and is left to a person", () => {
    const orders = [woo(1001, "950"), woo(1100, "1001"), woo(1101, "1002"), woo(1102, "1003")];
    const rows = ["1001", "1002", "1003"].map((transactionId, n) => purchase(n, { transactionId }));
    const comparison = compared({ orders, rows });
    expect(comparison.pairs.scheme).toBe("number");
    expect(orderFindings(comparison).map(({ bucket }) => bucket)).toEqual([
      "ambiguous",
      "ambiguous",
      "matched",
      "matched",
    ]);
    expect(rowFindings(comparison)[0]?.bucket).toBe("ambiguous");
  });

  test("what two orders go by is not unique, though currency or time speak against one of them", () => {
    const other = shopOrder(7, { currency: "EUR", aliases: [{ type: "confirmation", value: "501" }] });
    const orders = [woo(501, "1"), woo(502, "2"), woo(503, "3"), other];
    const rows = ["2", "3", "501"].map((transactionId, n) => purchase(n, { transactionId }));
    const buckets = (comparison = compared({ orders, rows })) => [
      ...orderFindings(comparison).map(({ bucket }) => bucket),
      rowFindings(comparison)[2]?.bucket,
    ];
    expect(buckets()).toEqual(["ambiguous", "matched", "matched", "missing", "ambiguous"]);
  });

  test("an id of long ago does not disturb the scheme", () => {
    const old = woo(1001, "950", { createdAt: "2026-04-12T10:15:00.000Z" });
    const orders = [old, woo(1100, "1001"), woo(1101, "1002")];
    const rows = ["1001", "1002"].map((transactionId, n) => purchase(n, { transactionId }));
    expect(orderFindings(compared({ orders, rows })).map(({ bucket }) => bucket)).toEqual([
      "excluded",
      "matched",
      "matched",
    ]);
  });

  test("an order found by another of its ids does not suffer from a number that it shares", () => {
    const orders = [woo(501, "7"), woo(502, "7"), woo(503, "8"), woo(504, "9")];
    const rows = ["8", "9", "501"].map((transactionId, n) => purchase(n, { transactionId }));
    expect(orderFindings(compared({ orders, rows })).map(({ bucket }) => bucket)).toEqual([
      "matched",
      "ambiguous",
      "matched",
      "matched",
    ]);
  });
});

describe("what a shop writes around its numbers", () => {
  const numbers = Array.from({ length: 40 }, (_, n) => 1001 + n);

  test("is learned from ids that found no order, and then maps them", () => {
    const orders = numbers.map((number) => shopOrder(number));
    const rows = numbers.map((number) => purchase(number, { transactionId: `BATH-${number}/1` }));
    const comparison = compared({ orders, rows });
    const proposal = learnAffix(comparison.books, comparison.pairs);
    expect(proposal).toEqual({
      rule: { of: "tracked-ids", prefix: "bath-", suffix: "/1" },
      found: 40,
      of: 40,
      share: 1,
    });
    const again = compared({ orders, rows }, {}, { affixes: [proposal!.rule], keepsLeadingZeros: true });
    expect(new Set(orderFindings(again).map(({ bucket }) => bucket))).toEqual(new Set(["matched"]));
  });

  test("is learned from the names of orders", () => {
    const orders = numbers.map((number) => shopOrder(number, { aliases: [{ type: "name", value: `EN${number}-A` }] }));
    const rows = numbers.map((number) => purchase(number));
    const comparison = compared({ orders, rows });
    const proposal = learnAffix(comparison.books, comparison.pairs);
    expect(proposal).toMatchObject({ rule: { of: "names", prefix: "en", suffix: "-a" }, share: 1 });
    const again = compared({ orders, rows }, {}, { affixes: [proposal!.rule], keepsLeadingZeros: true });
    expect(orderFindings(again)[0]).toMatchObject({ bucket: "matched", keyType: "bare-name" });
  });

  test("is no rule when two names come to one id, which finds neither", () => {
    const named = (number: number, name: string) => shopOrder(number, { aliases: [{ type: "name", value: name }] });
    const orders = numbers.map((number) => named(number, `EN${number}`));
    const again = numbers.slice(0, 3).map((number) => named(number + 500, `EN${number}`));
    const rows = numbers.map((number) => purchase(number));
    const { books, pairs } = compared({ orders: [...orders, ...again], rows });
    expect(learnAffix(books, pairs)).toBeNull();
    const few = compared({ orders: [...orders, ...again.slice(1)], rows });
    expect(learnAffix(few.books, few.pairs)).toMatchObject({ found: 38, of: 40 });
  });

  test("is no rule when it maps less than 95 of 100, or too few to tell", () => {
    const orders = numbers.map((number) => shopOrder(number));
    const rows = numbers.map((number, n) =>
      purchase(number, { transactionId: n < 3 ? `x${number}` : `BATH-${number}` }),
    );
    const most = compared({ orders, rows });
    expect(learnAffix(most.books, most.pairs)).toBeNull();
    const [fewer, fewest] = [compared({ orders, rows: rows.slice(1) }), compared({ orders, rows: rows.slice(3, 22) })];
    expect(learnAffix(fewer.books, fewer.pairs)).toBeNull();
    expect(learnAffix(fewest.books, fewest.pairs)).toBeNull();
    const nearly = compared({ orders, rows: rows.slice(2) });
    expect(learnAffix(nearly.books, nearly.pairs)).toMatchObject({ found: 37, of: 38 });
  });
});

/** What is no Unicode text becomes one where it is written as bytes. */
const wellFormed = (text: string) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));

test("every fault has a number of its own", () => {
  const books = openBooks();
  const read = ["", "(not set)", "(other)", "null", "1.0"].map((written) => readTrackedId(books, written));
  expect(read).toEqual(idFaults.map((_, place) => -1 - place));
});
