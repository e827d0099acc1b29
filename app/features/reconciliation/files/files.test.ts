import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openBooks } from "~/features/reconciliation/columns/books";
import { compare } from "~/features/reconciliation/compare/compare";
import { isTimed, plainMinor, plainTime } from "~/features/reconciliation/files/byte-cells";
import { CsvBytes } from "~/features/reconciliation/files/csv-bytes";
import { decimalAmount } from "~/features/reconciliation/files/decimal-amount";
import { orderRows } from "~/features/reconciliation/files/order-rows";
import { type RefusedRow } from "~/features/reconciliation/files/refused-row";
import { cellText } from "~/features/reconciliation/files/row-reader";
import { transactionRows } from "~/features/reconciliation/files/transaction-rows";
import { may, orderFindings, rowFindings } from "~/testing/given-shop";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The cells of a file that comes in pieces of these sizes, again and again. */
function cellsOf(file: string, sizes: readonly number[] = [1 << 20]): string[][] {
  const rows: string[][] = [];
  const csv = new CsvBytes((row) => rows.push(Array.from({ length: row.cells }, (_, cell) => cellText(row, cell))));
  const bytes = bytesOf(file);
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length]!;
    csv.push(bytes.subarray(at, at + size));
    at += size;
  }
  csv.end();
  return rows;
}

describe("a CSV as bytes", () => {
  test("is read with quotes, line breaks in them, either line end and a byte order mark", () => {
    const file = '\ufeffid,name\r\n1,"Mug, ""blue"""\n\n2,"two\nlines"\r\n,\n3,last';
    const cells = [
      ["id", "name"],
      ["1", 'Mug, "blue"'],
      ["2", "two\nlines"],
      ["", ""],
      ["3", "last"],
    ];
    expect(cellsOf(file)).toEqual(cells);
  });

  test("is the same in whatever pieces it comes", () => {
    const cell = fc.stringMatching(/^[a-z",\n é€]{0,6}$/);
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, sizes, fc.boolean(), (rows, sizes, ends) => {
        const written = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(","));
        const file = written.join("\r\n") + (ends ? "\r\n" : "");
        expect(cellsOf(file, sizes)).toEqual(rows.map((row) => row.map((one) => one.trim())));
      }),
    );
  });

  test("with a row that is none is refused", () => {
    expect(() => cellsOf(",".repeat(1_024))).toThrow(RangeError);
    expect(() => cellsOf(`"${"x".repeat(1 << 20)}`)).toThrow(RangeError);
    expect(() => cellsOf(`${"x".repeat((1 << 20) + 1)}\n1`)).toThrow(RangeError);
    expect(cellsOf(`${"x".repeat(1 << 20)}\n1`)).toHaveLength(2);
  });

  test("leaves the bytes that it was given as they were", () => {
    const bytes = bytesOf('a,"b ""c"""\n');
    const before = [...bytes];
    new CsvBytes(() => {}).push(bytes);
    expect([...bytes]).toEqual(before);
  });
});

describe("a cell", () => {
  const minor = (text: string, exponent = 2) => plainMinor(bytesOf(`,${text},`), 1, 1 + bytesOf(text).length, exponent);
  const time = (text: string) => {
    const ms = plainTime(bytesOf(`,${text},`), 1, 1 + text.length);
    return Number.isNaN(ms) ? null : new Date(ms).toISOString();
  };

  test("with an amount is read as minor units, or left for a closer look", () => {
    expect(["12.50", "12.5", "12", "-0.07", "0.00"].map((text) => minor(text))).toEqual([1250, 1250, 1200, -7, 0]);
    expect([minor("1200", 0), minor("1.234", 3), minor("0.0001", 4)]).toEqual([1200, 1234, 1]);
    for (const text of ["", "-", ".5", "5.", "1,234", "1.2.3", "1e3", "12.505", "+5", "9007199254740993", "١٢"]) {
      expect(minor(text), text).toBeNaN();
    }
  });

  test("is read as the slower reading reads it, where it is read at all", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?\d{0,16}\.?\d{0,5}$/), fc.integer({ min: 0, max: 4 }), (text, exponent) => {
        const fast = minor(text, exponent);
        if (!Number.isNaN(fast))
          expect({ minor: BigInt(fast), isRounded: false }).toEqual(decimalAmount(text, exponent));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["2026-05-03T14:10:00Z", "2026-05-03T14:10:00.000Z"],
    ["2026-05-03T14:10:00.125Z", "2026-05-03T14:10:00.125Z"],
    ["2026-05-03 14:10:00 +0200", "2026-05-03T12:10:00.000Z"],
    ["2026-05-03 14:10:00 -05:30", "2026-05-03T19:40:00.000Z"],
    ["2026-05-03 14:10:00 UTC", "2026-05-03T14:10:00.000Z"],
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["20260503", "2026-05-03T00:00:00.000Z"],
    ["2026-02-29", null],
    ["2026-13-01", null],
    ["2026-05-03T24:10:00Z", null],
    ["2026-05-03T14:10:00", null],
    ["2026-05-03 14:10:00 CEST", null],
    ["yesterday", null],
    ["", null],
  ])("with the time %s", (text, instant) => {
    expect(time(text)).toBe(instant);
  });

  test("with any instant", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          expect(time(date.toISOString())).toBe(date.toISOString());
          expect(time(date.toISOString().slice(0, 10))).toBe(`${date.toISOString().slice(0, 10)}T00:00:00.000Z`);
        },
      ),
    );
    expect([isTimed(0, 10), isTimed(0, 20)]).toEqual([false, true]);
  });
});

test.each([
  ["1200.00", 0, { minor: 1200n, isRounded: false }],
  ["19.989999999999998", 2, { minor: 1999n, isRounded: true }],
  ["0.125", 2, { minor: 12n, isRounded: true }],
  ["0.135", 2, { minor: 14n, isRounded: true }],
  ["-2.5", 0, { minor: -2n, isRounded: true }],
  ["1e+21", 2, { minor: 10n ** 23n, isRounded: false }],
  ["1.5e-7", 2, { minor: 0n, isRounded: true }],
  ["1,234", 2, null],
  ["£5", 2, null],
  ["", 2, null],
])("the amount %s with %s decimals", (text, exponent, amount) => {
  expect(decimalAmount(text, exponent)).toEqual(amount);
});

describe("two files", () => {
  const orderFile = [
    "Name,Created at,Currency,Total,Taxes,Payment Method,Source",
    '#1001,2026-05-12 10:15:00 +0000,GBP,51.95,8.00,"Card, Visa",web',
    "#1002,2026-05-12 11:15:00 +0000,GBP,20.00,,PayPal,web",
    "#1003,2026-05-12 12:15:00 +0000,jpy,1200.00,0,PayPal,web",
    "#1004,2026-05-12 12:15:00,GBP,1.00,0,PayPal,web",
    "#1005,2026-05-12 12:15:00 +0000,ABC,1.00,0,PayPal,web",
    '#1006,2026-05-12 12:15:00 +0000,GBP,"1,234",0,PayPal,web',
    "#1007,2026-05-12 12:15:00 +0000,GBP,1.005,0,PayPal,web",
    ",2026-05-12 12:15:00 +0000,GBP,1.00,0,PayPal,web",
    "#1009,2026-05-12 12:15:00 +0000,GBP,90071992547409.93,0,PayPal,web",
    "#1010",
  ].join("\n");
  const rowFile = [
    "Transaction ID,Date,Currency,Revenue",
    "1001,20260512,GBP,51.95",
    "#1001,20260513,GBP,51.95",
    "1003,20260512,JPY,1200",
    "(not set),20260512,GBP,3.00",
    "1.00E+03,20260512,GBP,19.989999999999998",
    "1004,20260512,gbp,1",
    "1005,2026,GBP,1",
  ].join("\r\n");

  function compareFiles() {
    const books = openBooks();
    const refused: RefusedRow[] = [];
    const refuse = (row: RefusedRow) => refused.push(row);
    const places = { id: 0, aliases: [{ type: "name" as const, place: 0 }], createdAt: 1, currency: 2 };
    const orders = orderRows(books, { ...places, total: 3, tax: 4, paymentMethod: 5, channel: 6 }, refuse);
    const rows = transactionRows(books, { transactionId: 0, at: 1, currency: 2, value: 3 }, refuse);
    for (const [file, take] of [
      [orderFile, orders],
      [rowFile, rows],
    ] as const) {
      const csv = new CsvBytes((row) => row.line > 1 && take(row));
      csv.push(bytesOf(file));
      csv.end();
    }
    return { comparison: compare(books, may), refused };
  }

  test("are compared straight from their bytes", () => {
    const { comparison } = compareFiles();
    expect(orderFindings(comparison)).toMatchObject([
      { id: "#1001", bucket: "matched", rowId: "2", duplicates: 1, amountMinor: 5195n },
      { id: "#1002", bucket: "missing" },
      { id: "#1003", bucket: "matched", currency: "JPY", amountMinor: 1200n },
    ]);
    expect(rowFindings(comparison)).toMatchObject([
      { id: "2", bucket: "primary" },
      { id: "3", bucket: "duplicate", day: "2026-05-13" },
      { id: "4", bucket: "primary" },
      { id: "5", bucket: "unusable-id" },
      { id: "6", bucket: "unusable-id", valueMinor: 1999n },
      { id: "7", bucket: "unexpected", currency: "GBP" },
    ]);
  });

  test("lose only the rows that cannot be read, each told with its line", () => {
    expect(compareFiles().refused).toEqual([
      { line: 5, reason: "no-time" },
      { line: 6, reason: "unknown-currency" },
      { line: 7, reason: "no-amount" },
      { line: 8, reason: "too-many-decimals" },
      { line: 9, reason: "no-id" },
      { line: 10, reason: "too-large" },
      { line: 11, reason: "no-time" },
      { line: 8, reason: "no-time" },
    ]);
  });
});
