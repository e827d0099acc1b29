import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Pdf, writePdf } from "~/platform/pdf/pdf.server";
import { drawTable } from "~/platform/pdf/table.server";
import { bytesOf, pagesOfPdf, textOfPdf } from "~/testing/text-of-pdf";

const options = {
  title: "Zażółć 田中",
  language: "en-GB",
  author: "Hale & Partners",
  madeAt: "2026-11-21T10:00:00.000Z",
};

function pdfOf(texts: readonly string[]): AsyncGenerator<Uint8Array, void> {
  return writePdf(options, async function* (pdf) {
    pdf.newPage();
    for (const text of texts) {
      pdf.y += 16;
      pdf.put(await pdf.line(text, { size: 10, weight: "regular" }), { x: pdf.left, y: pdf.y, size: 10 });
    }
    yield;
  });
}

/** Without what only joins or turns round: a copy of right-to-left text is in the order in which it is drawn. */
const letters = (text: string) => Array.from(text.normalize("NFKD").replace(/\s/g, "")).sort().join("");

describe("names in the scripts of the world can be read, searched and copied", () => {
  test.each([
    ["Latin", "Đặng Thị Ngọc Ánh, Łukasz Żółć, Þórður, office"],
    ["Greek", "Ωμέγα Παπαδόπουλος"],
    ["Cyrillic", "Ђорђе Жуковић, Ґалаґан"],
    ["Arabic", "محمد بن سلمان"],
    ["Hebrew", "דוד לוי"],
    ["Devanagari", "अनिल शर्मा"],
    ["Bengali", "রবীন্দ্রনাথ ঠাকুর"],
    ["Gujarati", "ગુજરાતી લોકો"],
    ["Gurmukhi", "ਪੰਜਾਬੀ ਸਿੰਘ"],
    ["Tamil", "தமிழ் செல்வி"],
    ["Thai", "รุ่งอรุณ น้ำฝน"],
    ["Armenian", "Հայաստան"],
    ["Georgian", "საქართველო"],
    ["Japanese", "田中太郎 ひらがな カタカナ 髙﨑"],
    ["Chinese", "王小明 汉字"],
    ["Korean", "김서연"],
  ])("%s", async (_, name) => {
    const text = await textOfPdf(pdfOf([name]));
    expect(letters(text)).toBe(letters(name));
    expect(text).not.toContain("\uFFFD");
  });
});

test("a bracket between letters from right to left is turned round, figures are not", async () => {
  expect(await textOfPdf(pdfOf(["דוד (0123)"]))).toContain("(0123)");
});

test("what no font has is shown as missing, never as an empty box", async () => {
  expect((await textOfPdf(pdfOf(["Khmer ភា!"]))).trim()).toBe("Khmer \uFFFD!");
});

test("nothing that somebody types stops it", async () => {
  const anything = fc.array(
    fc.string({
      unit: fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 1 }),
        fc.string({ unit: "binary", maxLength: 1 }),
        scripts(),
      ),
      maxLength: 12,
    }),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(anything, async (texts) => {
      expect((await bytesOf(pdfOf(texts))).subarray(-6).toString()).toContain("%%EOF");
    }),
    { numRuns: 150 },
  );
}, 60_000);

/** A letter of a script with marks, joins and turns: these are what fonts stumble over. */
function scripts(): fc.Arbitrary<string> {
  const blocks = [
    0x0300, 0x0590, 0x0600, 0x0650, 0x0900, 0x0980, 0x0a00, 0x0a80, 0x0b80, 0x0e00, 0x0e80, 0x10a0, 0x1e80,
  ];
  return fc.tuple(fc.constantFrom(...blocks), fc.nat(0x7f)).map(([block, at]) => String.fromCodePoint(block + at));
}

test("it says its title and language, and a sheet of a few names stays small", async () => {
  const bytes = await bytesOf(pdfOf(["Folasade Adebayo", "Brandt Holzbau GmbH, Straße 4", "田中太郎"]));
  const whole = bytes.toString("latin1");
  expect(whole).toContain("/Lang (en-GB)");
  expect(whole).toContain("/DisplayDocTitle true");
  expect(whole).not.toContain("Helvetica");
  expect(bytes.length).toBeLessThan(100_000);
});

async function drawRows(pdf: Pdf, rows: number) {
  const columns = [
    { label: "Name", share: 1, cell: (row: number) => `Contact ${row}` },
    { label: "Email", share: 2, cell: (row: number) => `contact.${row}@timber.example`, under: () => "since 2019" },
  ];
  async function* batches() {
    for (let from = 0; from < rows; from += 50) yield Array.from({ length: 50 }, (_, index) => from + index + 1);
  }
  return drawTable(pdf, columns, batches());
}

test("a table has its head on each page, each page its number and that of all", async () => {
  const pages = await pagesOfPdf(
    writePdf({ ...options, footer: "Hale & Partners" }, async function* (pdf) {
      pdf.newPage();
      yield* await drawRows(pdf, 200);
    }),
  );
  expect(pages.length).toBeGreaterThan(5);
  pages.forEach((page, index) => {
    expect(page).toContain("Name\nEmail");
    expect(page.replace(/\s+/g, " ")).toContain(`Page ${index + 1} of ${pages.length}`);
  });
  const rows = pages.join("\n").match(/^Contact \d+$/gm);
  expect(rows).toEqual(Array.from({ length: 200 }, (_, index) => `Contact ${index + 1}`));
});

test("a text is broken between words, and within one only where it is too long by itself", async () => {
  const written: string[] = [];
  const pdf = writePdf(options, async function* (pdf) {
    pdf.newPage();
    const style = { size: 10, weight: "regular", width: 120 } as const;
    const lines = await pdf.lines(
      "Rings on Fridays, mostly late.\nfolasade.adebayo.and.partners@timber.example 田中太郎東京都千代田区丸の内一丁目",
      style,
    );
    lines.forEach((line) => pdf.put(line, { x: 0, y: (pdf.y += 14), size: 10 }));
    for (const line of lines) expect(line.width).toBeLessThanOrEqual(120);
    yield;
  });
  written.push(...(await textOfPdf(pdf)).trim().split("\n"));
  expect(written.slice(0, 2)).toEqual(["Rings on Fridays, mostly", "late."]);
  expect(written.join("")).toContain("folasade.adebayo.and.partners@timber.example");
});
