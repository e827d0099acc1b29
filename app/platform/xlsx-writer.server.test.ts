import ExcelJs from "exceljs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSheetRows } from "~/features/pipeline/files/xlsx/sheet-rows.server";
import { writeXlsx, type XlsxColumn } from "~/platform/xlsx-writer.server";
import { sourceOf } from "~/testing/workbooks";

const columns: XlsxColumn[] = [
  { heading: "Name & firm", width: 30, type: "text" },
  { heading: "Phone", width: 20, type: "code" },
  { heading: "Born", width: 12, type: "date" },
  { heading: "Points", width: 9, type: "number" },
  { heading: "Key", width: 9, type: "code", hidden: true },
];

async function written(pages: string[][][], about: XlsxColumn[] = columns): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const source = (async function* () {
    for (const page of pages) yield await Promise.resolve(page);
  })();
  for await (const bytes of writeXlsx({ sheet: "Friends & firms", columns: about }, source)) parts.push(bytes);
  return Buffer.concat(parts);
}

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cells } of readSheetRows(sourceOf(bytes), "Friends & firms")) rows.push([...cells]);
  return rows;
}

test("a workbook that is written is one to another reader, too: texts, dates, numbers, widths and a head that stays", async () => {
  const bytes = await written([
    [["=1+1", "+442079460182", "1958-03-14", "12.5", "k1"]],
    [
      [" two\nlines ", "01067", "--03-14", "007", "k2"],
      ["Ann", "", "1899-01-01", "", ""],
    ],
  ]);
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  const sheet = book.getWorksheet("Friends & firms");
  const row = (number: number) => (sheet?.getRow(number).values as unknown[]).slice(1);
  expect(row(1)).toEqual(columns.map(({ heading }) => heading));
  expect(row(2)).toEqual(["=1+1", "+442079460182", new Date("1958-03-14T00:00:00Z"), 12.5, "k1"]);
  expect(row(3).slice(1)).toEqual(["01067", "--03-14", "007", "k2"]);
  expect(sheet?.getCell("A3").text).toBe(" two\nlines ");
  expect(row(4)).toEqual(["Ann", undefined, "1899-01-01"]);
  expect(sheet?.getCell("B2").numFmt).toBe("@");
  // Where it is empty as well: what is typed there stays a text.
  expect(sheet?.getColumn(2).numFmt).toBe("@");
  expect(sheet?.getCell("A1").font.bold).toBe(true);
  expect(sheet?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
  expect(columns.map((_, place) => sheet?.getColumn(place + 1).width)).toEqual(columns.map(({ width }) => width));
  expect(sheet?.getColumn(5).hidden).toBe(true);
});

test("whatever the texts are, they are read again as they were", async () => {
  const about = columns.map((column) => ({ ...column, type: "text" as const }));
  const sign = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 4 }),
    fc.constantFrom("_x0041_", "\r\n", "&amp;", "]]>", "<b>", "\u0000", "\ufffe", "_", " "),
  );
  const text = fc.array(sign, { maxLength: 4 }).map((signs) => signs.join(""));
  const row = fc.array(text, { minLength: 5, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 3 }), { maxLength: 3 }), async (pages) => {
      const kept = pages.flat().filter((cells) => cells.some((text) => text.trim() !== ""));
      const withoutEnd = (cells: string[]) => cells.slice(0, cells.findLastIndex((text) => text !== "") + 1);
      expect((await rowsOf(await written(pages, about))).slice(1)).toEqual(kept.map(withoutEnd));
    }),
    { numRuns: 40 },
  );
});

test("a cell longer than Excel takes is cut, and many columns have their letters", async () => {
  const many = Array.from({ length: 60 }, (_, place) => ({ heading: `C${place}`, width: 9, type: "text" as const }));
  const cells = many.map(({ heading }) => (heading === "C3" ? "x".repeat(40_000) : heading));
  const [head, row] = await rowsOf(await written([[cells]], many));
  expect(head).toEqual(many.map(({ heading }) => heading));
  expect(row?.map((text) => text.length > 3)).toEqual(many.map(({ heading }) => heading === "C3"));
  expect(row?.[3]).toHaveLength(32_767);
});

test("cells beyond the columns have their places, too", async () => {
  const cells = [...columns.map(({ heading }) => heading), "surplus", "", ...Array<string>(30).fill("more")];
  expect(await rowsOf(await written([[cells]]))).toEqual([columns.map(({ heading }) => heading), cells]);

  const bytes = await written([[cells, Array<string>(17_000).fill("x")]]);
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  const sheet = book.getWorksheet("Friends & firms");
  expect(sheet?.getCell("F2").text).toBe("surplus");
  expect(sheet?.getCell("AK2").text).toBe("more");
  expect(sheet?.getRow(3).cellCount).toBe(16_384);
});

test("what ends the rows ends the file, and a reader that leaves ends the rows", async () => {
  const failing = (async function* () {
    yield [["Ann", "", "", "", ""]];
    await Promise.resolve();
    throw new Error("The disk is gone");
  })();
  const whole = async () => {
    for await (const _ of writeXlsx({ sheet: "Clients", columns }, failing));
  };
  await expect(whole()).rejects.toThrow("The disk is gone");

  let left = false;
  const endless = (async function* () {
    try {
      for (;;) yield await Promise.resolve(Array.from({ length: 500 }, (_, place) => [`Ann ${place * 7919}`]));
    } finally {
      left = true;
    }
  })();
  let pieces = 0;
  for await (const _ of writeXlsx({ sheet: "Clients", columns }, endless)) if (++pieces > 20) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(left).toBe(true);
});
