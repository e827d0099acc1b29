import { describe, expect, test } from "vitest";
import { type Decision } from "~/features/reconciliation/compare/settings";
import { compared, orderFindings, purchase, rowFindings, shopOrder } from "~/testing/given-shop";

const orderId = (number: number) => shopOrder(number).id;
const match = (number: number, rowId: string): Decision => ({ kind: "match", orderId: orderId(number), rowId });
const unmatch = (number: number, rowId: string): Decision => ({ kind: "unmatch", orderId: orderId(number), rowId });

describe("what a person decides", () => {
  const orders = [shopOrder(1001), shopOrder(1002)];
  const rows = [purchase(1001), purchase(77, { at: "2026-05-12T11:40:00.000Z" })];
  const found = (...decisions: Decision[]) => {
    const comparison = compared({ orders, rows }, { decisions });
    return [
      ...orderFindings(comparison).map(({ bucket, rowId }) => [bucket, rowId]),
      ...rowFindings(comparison).map(({ bucket }) => bucket),
    ];
  };

  test("gives an order a row that it would not have found", () => {
    expect(found()).toEqual([["matched", "row-1001"], ["missing", null], "primary", "unexpected"]);
    expect(found(match(1002, "row-77"))).toEqual([
      ["matched", "row-1001"],
      ["matched", "row-77"],
      "primary",
      "primary",
    ]);
    const comparison = compared({ orders, rows }, { decisions: [match(1002, "row-77")] });
    expect(orderFindings(comparison)[1]).toMatchObject({ keyType: "decision" });
  });

  test("takes a row from an order", () => {
    expect(found(unmatch(1001, "row-1001"))).toEqual([
      ["missing", null],
      ["missing", null],
      "unexpected",
      "unexpected",
    ]);
  });

  test("goes before the earlier hit", () => {
    const given = found(match(1001, "row-77"));
    expect(given).toEqual([["matched", "row-77"], ["missing", null], "duplicate", "primary"]);
  });

  test("of two about one row the later holds", () => {
    expect(found(match(1001, "row-77"), match(1002, "row-77"))[1]).toEqual(["matched", "row-77"]);
    expect(found(match(1002, "row-77"), unmatch(1002, "row-77"))[1]).toEqual(["missing", null]);
    expect(found(unmatch(1002, "row-77"), match(1002, "row-77"))[1]).toEqual(["matched", "row-77"]);
  });

  test("sets an order aside, and says so of its hits", () => {
    const aside: Decision = { kind: "set-order-aside", orderId: orderId(1001), reason: "Paid by hand, entered twice" };
    const comparison = compared({ orders, rows }, { decisions: [aside] });
    expect(orderFindings(comparison)[0]).toMatchObject({ bucket: "excluded", exclusion: "set-aside" });
    expect(rowFindings(comparison)[0]).toMatchObject({ bucket: "excluded-order-hit" });
  });

  test("sets a row aside without hiding it from the figures", () => {
    const aside: Decision = { kind: "set-row-aside", rowId: "row-77", reason: "Our own trial of the tag" };
    const comparison = compared({ orders, rows }, { decisions: [aside] });
    expect(rowFindings(comparison)[1]).toMatchObject({ bucket: "unexpected", flags: { setAside: true } });
    expect(rowFindings(comparison)[0]?.flags.setAside).toBe(false);
  });

  test("settles what was ambiguous, for the other order, too, when only that row was contested", () => {
    const contested = [
      shopOrder(1, {
        id: "A",
        aliases: [
          { type: "id", value: "1001" },
          { type: "name", value: "950" },
        ],
      }),
      shopOrder(2, {
        id: "B",
        aliases: [
          { type: "id", value: "1100" },
          { type: "name", value: "1001" },
        ],
      }),
      shopOrder(3, {
        id: "C",
        aliases: [
          { type: "id", value: "1101" },
          { type: "name", value: "1002" },
        ],
      }),
    ];
    const tracked = [purchase(1001), purchase(1002)];
    const buckets = (decisions: Decision[]) =>
      orderFindings(compared({ orders: contested, rows: tracked }, { scheme: "name", decisions })).map(
        ({ bucket }) => bucket,
      );
    expect(buckets([])).toEqual(["ambiguous", "ambiguous", "matched"]);
    expect(buckets([{ kind: "match", orderId: "B", rowId: "row-1001" }])).toEqual(["missing", "matched", "matched"]);
  });

  test("holds at the next run, with other rows around it and the source in another order", () => {
    const later = [purchase(1002, { id: "row-late", at: "2026-05-14T08:00:00.000Z" }), ...rows.toReversed()];
    const decisions = [match(1002, "row-77"), unmatch(1001, "row-1001")];
    const comparison = compared({ orders: orders.toReversed(), rows: later }, { decisions });
    expect(orderFindings(comparison)).toMatchObject([
      { id: orderId(1002), bucket: "matched", rowId: "row-77", duplicates: 1 },
      { id: orderId(1001), bucket: "missing" },
    ]);
    expect(comparison.unheeded).toEqual([]);
  });

  test("about what is not there changes nothing and is told", () => {
    const gone = match(1009, "row-77");
    const comparison = compared({ orders, rows }, { decisions: [gone] });
    expect(comparison.unheeded).toEqual([gone]);
    expect(orderFindings(comparison).map(({ bucket }) => bucket)).toEqual(["matched", "missing"]);
  });
});
