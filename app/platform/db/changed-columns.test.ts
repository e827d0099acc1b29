import { expect, test } from "vitest";
import { byChangedColumns, type Standing } from "~/platform/db/changed-columns";

interface Row {
  id: string;
  city: string;
  phone: string | null;
}

const cardiff: Row = { id: "1", city: "Cardiff", phone: "+442920460182" };
const galway: Row = { id: "2", city: "Galway", phone: null };

test("rows that change in the same columns go together, and what is new changes in all", () => {
  const moved = { ...cardiff, city: "Bristol" };
  const alsoMoved = { ...galway, city: "Cork" };
  const both: Row = { id: "3", city: "Leeds", phone: "+441134960182" };
  const rows: Standing<Row>[] = [
    { before: cardiff, now: moved },
    { before: { ...both, city: "York", phone: null }, now: both },
    { before: galway, now: alsoMoved },
    { before: galway, now: galway },
    { before: null, now: galway },
  ];
  expect(byChangedColumns(rows, ["city", "phone"])).toEqual([
    { changed: ["city"], rows: [moved, alsoMoved] },
    { changed: ["city", "phone"], rows: [both, galway] },
    { changed: [], rows: [galway] },
  ]);
});
