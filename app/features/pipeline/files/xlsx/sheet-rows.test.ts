import ExcelJs from "exceljs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { listSheets, readSheetRows } from "~/features/pipeline/files/xlsx/sheet-rows.server";
import { numberFormat, numberText } from "~/features/pipeline/files/xlsx/number-text";
import { type Part, partsOf, sourceOf, workbookOf, zipOf } from "~/testing/workbooks";

async function rowsOf(bytes: Buffer, sheet = "Clients") {
  const rows: [number, ...string[]][] = [];
  for await (const { line, cells } of readSheetRows(sourceOf(bytes, 100_000), sheet)) rows.push([line, ...cells]);
  return rows;
}

async function refusal(bytes: Buffer): Promise<string> {
  const reading = rowsOf(bytes);
  await expect(reading).rejects.toThrow(FileProblem);
  return reading.then(
    () => "",
    (error: Error) => error.message,
  );
}

describe("a workbook", () => {
  test("is read as people see its cells", async () => {
    const bytes = await workbookOf(
      {
        Clients: [
          ["Name", "Phone", "Born", "Client", "Postcode", "Balance", "Email", "Notes", "Seen", "Full"],
          [
            "Folasade Adébáyọ̀",
            442079460182,
            new Date("1958-03-14T00:00:00Z"),
            true,
            1067,
            12.5,
            { text: "f@adebayo.example", hyperlink: "mailto:f@adebayo.example" },
            { richText: [{ text: "Rings on " }, { font: { bold: true }, text: "Fridays" }] },
            new Date("2026-02-11T09:30:00Z"),
            { formula: 'A2&" (client)"', result: "Folasade (client)" },
          ],
          [],
          [
            "陳大文",
            "+44 20 7946 0182",
            null,
            false,
            80331,
            1e21,
            null,
            { error: "#N/A" },
            null,
            { formula: "1+1", result: 2 },
          ],
        ],
      },
      (workbook) => {
        const sheet = workbook.getWorksheet("Clients");
        for (const cell of ["E2", "E4"]) if (sheet) sheet.getCell(cell).numFmt = "00000";
        if (sheet) sheet.getCell("C2").numFmt = "dd.mm.yyyy";
        if (sheet) sheet.getCell("I2").numFmt = "dd/mm/yyyy hh:mm";
      },
    );
    expect(await rowsOf(bytes)).toEqual([
      [1, "Name", "Phone", "Born", "Client", "Postcode", "Balance", "Email", "Notes", "Seen", "Full"],
      [
        ...[2, "Folasade Adébáyọ̀", "442079460182", "1958-03-14", "yes", "01067", "12.5", "f@adebayo.example"],
        ...["Rings on Fridays", "2026-02-11 09:30", "Folasade (client)"],
      ],
      [4, "陳大文", "+44 20 7946 0182", "", "no", "80331", "1000000000000000000000", "", "", "", "2"],
    ]);
  });

  test("of several sheets is read from the first that is shown and has anything in it", async () => {
    const bytes = await workbookOf(
      { Cover: [], Hidden: [["x"]], Clients: [["Name"], ["Ann"]], "Old & gone": [["y"]] },
      (workbook) => {
        const hidden = workbook.getWorksheet("Hidden");
        if (hidden) hidden.state = "hidden";
      },
    );
    expect(await listSheets(sourceOf(bytes))).toEqual({
      names: ["Cover", "Hidden", "Clients", "Old & gone"],
      first: "Clients",
    });
    expect(await rowsOf(bytes, "Old & gone")).toEqual([[1, "y"]]);
    const titled = await workbookOf({ Cover: [["Clients of 2026"]], Clients: [["Name"], ["Ann"]] });
    expect(await listSheets(sourceOf(titled))).toMatchObject({ first: "Clients" });
    expect(await listSheets(sourceOf(await workbookOf({ Cover: [["Ann"]] })))).toMatchObject({ first: "Cover" });
    expect(await listSheets(sourceOf(await workbookOf({ Cover: [] })))).toMatchObject({ first: null });
  });

  test("is not searched to its end for where its list is", async () => {
    const empty = (at: number) => `<row ht="${(at * 7_919) % 1_000_003}" note="${"x".repeat(80)}"/>`;
    const filled = '<row><c t="str"><v>Ann</v></c></row>';
    const far = partsOf(`${Array.from({ length: 200_000 }, (_, at) => empty(at)).join("")}${filled}<broken`);
    expect(await listSheets(sourceOf(zipOf(far), 1_000_000))).toMatchObject({ first: "Clients" });
  });

  test("may be written by other programs: with prefixes, inline texts, without places, texts after the sheet", async () => {
    const parts = partsOf(
      '<row><c t="inlineStr"><is><t>Name</t></is></c><c t="s"><v>0</v></c></row><row r="9"><c r="B9" t="str"><v>a_x000D_b</v></c></row>',
      { shared: '<si><t xml:space="preserve"> Town </t><rPh sb="0" eb="1"><t>no</t></rPh></si>' },
    );
    const prefixed = parts.map(({ name, content }) => ({
      name,
      content: name.endsWith(".rels")
        ? content
        : String(content)
            .replace(/<(\/?)(?=[a-z])/gi, "<$1x:")
            .replaceAll("xmlns=", "xmlns:x="),
    }));
    for (const each of [parts, prefixed]) {
      expect(await rowsOf(zipOf(each))).toEqual([
        [1, "Name", " Town "],
        [9, "", "a\rb"],
      ]);
    }
  });

  test("comes back as it was written, whatever the texts are", async () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((text) => text.trim() !== "" && !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          expect(await rowsOf(await workbookOf({ Clients: rows }))).toEqual(
            rows.map((cells, index) => [index + 1, ...cells]),
          );
        },
      ),
      { numRuns: 8 },
    );
  });

  test("of many pieces keeps its order, whoever is slow", async () => {
    const cells = (index: number) => [
      `Ann ${index}`,
      `ann${(index * 7_919) % 100_003}@okafor.example`,
      `${index * 104_729}`,
    ];
    const bytes = await workbookOf({ Clients: Array.from({ length: 30_000 }, (_, index) => cells(index)) });
    expect(bytes.length).toBeGreaterThan(700_000);
    let count = 0;
    for await (const row of readSheetRows(sourceOf(bytes, 50_000), "Clients")) {
      if (count % 10_000 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(row).toEqual({ line: count + 1, cells: cells(count) });
      count++;
    }
    expect(count).toBe(30_000);
  });

  test("of a thousand rows can be left after the first", async () => {
    const bytes = await workbookOf({ Clients: Array.from({ length: 1_000 }, (_, index) => [`Ann ${index}`]) });
    for await (const row of readSheetRows(sourceOf(bytes), "Clients")) {
      expect(row).toEqual({ line: 1, cells: ["Ann 0"] });
      break;
    }
  });
});

describe("what is no honest workbook is refused in a sentence", () => {
  const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Ann</t></is></c></row>';

  test("cut off on its way, at any place", async () => {
    const whole = await workbookOf({ Clients: [["Name"], ["Ann"]] });
    for (const length of [4, 200, Math.floor(whole.length / 2), whole.length - 30]) {
      expect(await refusal(whole.subarray(0, length))).toMatch(/damaged or was cut off/);
    }
  });

  test("with bytes turned round in the middle", async () => {
    const damaged = Buffer.from(zipOf(partsOf(row.repeat(500))));
    damaged.fill(0xff, 100, 140);
    expect(await refusal(damaged)).toMatch(/damaged/);
  });

  test("that unpacks to a thousand times its size", async () => {
    expect(await refusal(zipOf(partsOf("<row/>".repeat(4_000_000))))).toMatch(/unpacks to far more/);
  });

  test("that says it is small and is not", async () => {
    const parts = partsOf(`${row}${"<row/>".repeat(4_000_000)}`);
    const lying = parts.map((part) => (part.name.includes("sheet1") ? { ...part, declared: 1_000 } : part));
    expect(await refusal(zipOf(lying))).toMatch(/damaged/);
  });

  test("of more parts than a workbook has", async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ name: `xl/media/${index}.png`, content: "" }));
    expect(await refusal(zipOf([...partsOf(row), ...many]))).toMatch(/unpacks to far more/);
  });

  test("with rows that are numbered twice, backwards, or with what is no row's number", async () => {
    const numbered = (r: string) => row.replace('r="1"', `r="${r}"`);
    for (const r of ["1", "0", "-1", "abc", "", "2.5", "1e3", "1048577", "4294967297", "99999999999"]) {
      expect(await refusal(zipOf(partsOf(row + numbered(r))))).toMatch(/rows are not numbered one after the other/);
    }
    expect(await refusal(zipOf(partsOf(numbered("1048576") + row.replace(' r="1"', ""))))).toMatch(/not numbered/);
    expect(await rowsOf(zipOf(partsOf(numbered("1048576"))))).toEqual([[1_048_576, "Ann"]]);
    // One within another is one row, not two of the same number.
    const within = row.replace("<c ", '<row r="2"><c ').replace("</c>", "</c></row>");
    expect(await rowsOf(zipOf(partsOf(within)))).toEqual([[2, "Ann"]]);
    expect(await refusal(zipOf(partsOf(row.replace('r="A1"', 'r="1"'))))).toMatch(/damaged/);
  });

  test("with a cell at the far end", async () => {
    const far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>';
    expect(await refusal(zipOf(partsOf(row + far)))).toMatch(/something in column 16,384; at most 200/);
  });

  test("with sheets without end, one part under several names, or a name without end", async () => {
    const sheets = (count: number, id: (index: number) => number, name = "Sheet") =>
      partsOf(row).map((part) => {
        if (part.name !== "xl/workbook.xml") return part;
        const all = Array.from(
          { length: count },
          (_, at) => `<sheet name="${name}${at}" sheetId="1" r:id="rId${id(at)}"/>`,
        );
        return { ...part, content: `<workbook xmlns:r="urn:r"><sheets>${all.join("")}</sheets></workbook>` };
      });
    const why = (parts: Part[]) =>
      listSheets(sourceOf(zipOf(parts))).then(
        () => "",
        (error: Error) => error.message,
      );
    expect(await why(sheets(1, () => 1))).toBe("");
    expect(await why(sheets(201, (at) => at + 1))).toMatch(/more than 200 sheets/);
    expect(await why(sheets(2, () => 1))).toMatch(/damaged/);
    expect(await why(sheets(1, () => 1, "x".repeat(300)))).toMatch(/damaged/);
  });

  test("that takes longer than it may in all, though it is never silent", async () => {
    const source = sourceOf(zipOf(partsOf(row)));
    const slow = {
      ...source,
      async *read(offset?: number) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        yield* source.read(offset);
      },
    };
    await expect(listSheets(slow, 0.5)).rejects.toThrow(/takes too much/);
    const rows = readSheetRows(slow, "Clients", 0.5);
    await expect(rows.next()).rejects.toThrow(/takes too much/);
    expect(await listSheets(slow)).toMatchObject({ first: "Clients" });
  });

  test("with entities of its own, that would fetch a file or grow without end", async () => {
    const before = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbbb">]>';
    for (const entity of ["&a;", "&b;"]) {
      const bytes = zipOf(partsOf(row.replace("Ann", entity), { before }));
      expect(await refusal(bytes)).toMatch(/damaged/);
    }
  });

  test("with a row of 2 MB", async () => {
    const noise = Array.from({ length: 400_000 }, (_, index) => (index * 7_919).toString(36)).join("");
    expect(await refusal(zipOf(partsOf(row.replace("Ann", noise))))).toMatch(/longer than 1 MB/);
  });
});

describe("a number is shown as its format has it", () => {
  test.each<[string, number, string | undefined, string]>([
    ["44207", 14, undefined, "2021-01-11"],
    ["44207.75", 22, undefined, "2021-01-11 18:00"],
    ["0.5", 20, undefined, "12:00"],
    ["59", 14, undefined, "1900-02-28"],
    ["61", 14, undefined, "1900-03-01"],
    ["44207", 164, "[$-407]d. mmmm yyyy;@", "2021-01-11"],
    ["44207", 164, '"day" 0', "44207"],
    ["1067", 164, "00000", "01067"],
    ["442079460182", 164, "+0", "+442079460182"],
    ["442079460182", 164, '"+"#', "+442079460182"],
    ["0.30000000000000004", 0, undefined, "0.3"],
    ["4.42079460182E11", 0, undefined, "442079460182"],
    ["1E-7", 0, undefined, "0.0000001"],
    ["12.0", 0, undefined, "12"],
    ["-3.5", 165, "#,##0.00 [$€-407];[Red]-#,##0.00", "-3.5"],
    ["1e400", 0, undefined, "1e400"],
  ])("%s with format %i %j", (stored, id, code, text) => {
    expect(numberText(stored, numberFormat(id, code), { from1904: false })).toBe(text);
  });

  test("counted from 1904 where the workbook says so", () => {
    expect(numberText("42745", numberFormat(14, undefined), { from1904: true })).toBe("2021-01-11");
  });
});

test("exceljs’ own date cells are days", async () => {
  const workbook = new ExcelJs.Workbook();
  workbook.addWorksheet("Clients").addRow([new Date("2026-11-21T00:00:00Z")]);
  expect(await rowsOf(Buffer.from(await workbook.xlsx.writeBuffer()))).toEqual([[1, "2026-11-21"]]);
});
