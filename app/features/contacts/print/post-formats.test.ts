import { expect, test } from "vitest";
import { readEnvelopeView } from "~/features/contacts/print/envelope-view";
import { labelCorner, type LabelFormat, labelFormats, papers } from "~/features/contacts/print/post-formats";

test.each(Object.entries<LabelFormat>(labelFormats))("%s fits on its paper, no label on another", (_, format) => {
  const paper = papers[format.paper];
  const last = labelCorner(format, { row: format.rows, column: format.columns });
  expect(labelCorner(format, { row: 1, column: 1 }).x).toBeGreaterThanOrEqual(0);
  expect(last.x + format.width).toBeLessThanOrEqual(paper.width + 0.001);
  expect(last.y + format.height).toBeLessThanOrEqual(paper.height);
  expect(format.step).toBeGreaterThanOrEqual(format.width);
});

test("margins are those on the pack", () => {
  expect(labelCorner(labelFormats.l7160, { row: 1, column: 1 })).toEqual({
    x: expect.closeTo(7.21, 2) as number,
    y: expect.closeTo(15.15, 2) as number,
  });
  expect(labelCorner(labelFormats.us5160, { row: 2, column: 3 })).toEqual({
    x: expect.closeTo(4.7625 + 2 * 69.85, 2) as number,
    y: expect.closeTo(12.7 + 25.4, 2) as number,
  });
});

test.each([
  ["", { address: 0, format: { kind: "envelope", id: "dl" }, row: 1, column: 1, copies: 1 }],
  ["format=constructor&address=9&row=-3&copies=1e9", { address: 1, format: { kind: "envelope", id: "dl" }, copies: 1 }],
  ["format=z3475&row=99&column=99&copies=99", { format: { kind: "label", id: "z3475" }, row: 8, column: 3, copies: 1 }],
  ["format=us5160&row=2&column=3&copies=99", { row: 2, column: 3, copies: 25 }],
])("what is asked for is on the sheet: ?%s", (query, view) => {
  expect(readEnvelopeView(new URLSearchParams(query), { addresses: 2, country: "GB" })).toMatchObject(view);
});

test("in America it is the American envelope", () => {
  expect(readEnvelopeView(new URLSearchParams(), { addresses: 0, country: "US" }).format.id).toBe("us10");
});
