import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "csv-stringify/sync";
import { type CsvForm, readCsvRows } from "~/features/pipeline/files/csv-rows.server";
import { delimiters, guessDelimiter } from "~/features/pipeline/files/delimiter";
import { fileKind, whyNoWorkbook } from "~/features/pipeline/files/file-kind";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { encodingProbe, type TextEncoding } from "~/features/pipeline/files/text-encoding";

async function* pieces(bytes: Buffer, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(content: Buffer | string, form: Partial<CsvForm> = {}, size?: number) {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  const rows: [number, ...string[]][] = [];
  for await (const row of readCsvRows(pieces(bytes, size), { encoding: "utf-8", delimiter: ",", ...form })) {
    rows.push([row.line, ...row.cells]);
  }
  return rows;
}

function encodingOf(bytes: Buffer): TextEncoding {
  const probe = encodingProbe();
  for (let at = 0; at < bytes.length; at += 1_000) probe.add(bytes.subarray(at, at + 1_000));
  return probe.result();
}

const sentence = "Name;Ort\nFrançois Müller;Łódź – Zürich\n";
const utf16be = Buffer.from(sentence, "utf16le").swap16();

describe("the encoding of a file is found", () => {
  test.each<[string, Buffer, TextEncoding]>([
    ["by UTF-8’s mark", Buffer.from(`\ufeff${sentence}`), "utf-8"],
    ["by UTF-16’s mark", Buffer.from(`\ufeff${sentence}`, "utf16le"), "utf-16le"],
    ["by the other UTF-16’s mark", Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be]), "utf-16be"],
    ["by UTF-16’s zeros", Buffer.from(sentence, "utf16le"), "utf-16le"],
    ["by the other UTF-16’s zeros", utf16be, "utf-16be"],
    ["by being flawless UTF-8", Buffer.from(sentence), "utf-8"],
    ["by not being UTF-8", Buffer.from("Name;Ort\nFran\xe7ois M\xfcller;Z\xfcrich\n", "latin1"), "windows-1252"],
    [
      "where only the last byte is wrong",
      Buffer.concat([Buffer.from("a,b\n".repeat(2_000)), Buffer.from([0xe9])]),
      "windows-1252",
    ],
    ["where the file is empty", Buffer.alloc(0), "utf-8"],
  ])("%s", (_how, bytes, encoding) => {
    expect(encodingOf(bytes)).toBe(encoding);
  });

  test("and each is read to the same text", async () => {
    const plain = "Name;Ort\nFrançois Müller;Zürich\n";
    const expected = [
      [1, "Name", "Ort"],
      [2, "François Müller", "Zürich"],
    ];
    const forms: [TextEncoding, Buffer][] = [
      ["utf-8", Buffer.from(`\ufeff${plain}`)],
      ["utf-16le", Buffer.from(`\ufeff${plain}`, "utf16le")],
      ["utf-16be", Buffer.from(`\ufeff${plain}`, "utf16le").swap16()],
      ["windows-1252", Buffer.from(plain, "latin1")],
    ];
    for (const [encoding, bytes] of forms) {
      expect(await rowsOf(bytes, { encoding, delimiter: ";" }, 3)).toEqual(expected);
    }
  });
});

describe("the delimiter of a file is found", () => {
  test.each([
    ["Name,City\nAnn,Leeds\n", ","],
    ["Name;Betrag\nAnn;1,50\nBen;2,75\n", ";"],
    ["Name\tCity\nAnn\tLeeds, UK; north\n", "\t"],
    ['"Adebayo, Folasade";London\n"Brandt, Jan";Berlin\n', ";"],
    ["sep=;\nName,x;City\n", ";"],
    ["Email\nann@okafor.example\n", ","],
    ["", ","],
  ])("%j", (text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });
});

describe("rows are read with the line they begin in", () => {
  test.each<[string, string, [number, ...string[]][]]>([
    [
      "LF, with a blank line",
      "a,b\n1,2\n\n3,4\n",
      [
        [1, "a", "b"],
        [2, "1", "2"],
        [4, "3", "4"],
      ],
    ],
    [
      "CRLF",
      "a,b\r\n1,2\r\n",
      [
        [1, "a", "b"],
        [2, "1", "2"],
      ],
    ],
    [
      "CR",
      "a,b\r1,2\r",
      [
        [1, "a", "b"],
        [2, "1", "2"],
      ],
    ],
    [
      "no end of line at the end",
      "a,b\n1,2",
      [
        [1, "a", "b"],
        [2, "1", "2"],
      ],
    ],
    [
      "line breaks inside quotes",
      'a,b\n"x\ny",1\n2,3\n',
      [
        [1, "a", "b"],
        [2, "x\ny", "1"],
        [4, "2", "3"],
      ],
    ],
    [
      "CRLF inside quotes",
      'a,b\r\n"x\r\ny\r\nz",1\r\n2,3\r\n',
      [
        [1, "a", "b"],
        [2, "x\r\ny\r\nz", "1"],
        [5, "2", "3"],
      ],
    ],
    [
      "quotes doubled and stray",
      'a,b\n"say ""hi""",1\n12" pipe,2\n"abc" def,3\n',
      [
        [1, "a", "b"],
        [2, 'say "hi"', "1"],
        [3, '12" pipe', "2"],
        [4, '"abc" def', "3"],
      ],
    ],
    [
      "rows of other lengths",
      "a,b\n1\n1,2,3\n",
      [
        [1, "a", "b"],
        [2, "1"],
        [3, "1", "2", "3"],
      ],
    ],
    [
      "rows with nothing in them",
      "a,b\n,\n1,2\n",
      [
        [1, "a", "b"],
        [3, "1", "2"],
      ],
    ],
    ["Excel’s hint", "sep=,\na,b\n", [[2, "a", "b"]]],
  ])("%s", async (_what, text, rows) => {
    for (const size of [1, 3, 1_000]) expect(await rowsOf(text, {}, size)).toEqual(rows);
  });

  test("a quotation mark that is never closed is a sentence with its line", async () => {
    await expect(rowsOf('a,b\n1,2\n"never,3\n4,5\n')).rejects.toThrow(FileProblem);
    await expect(rowsOf('a,b\n1,2\n"never,3\n4,5\n')).rejects.toThrow(/line 3 is never closed/);
  });

  test("a line of 50 MB without an end is refused after the first", async () => {
    let sent = 0;
    async function* endless() {
      const chunk = Buffer.alloc(100_000, "x");
      for (; sent < 50_000_000; sent += chunk.length) yield chunk;
    }
    const reading = (async () => {
      for await (const row of readCsvRows(endless(), { encoding: "utf-8", delimiter: "," })) void row;
    })();
    await expect(reading).rejects.toThrow(/line 1 is longer than 1 MB/);
    expect(sent).toBeLessThan(3_000_000);
  });

  test("whatever is written as CSV is read back, whole and in order", async () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "é", '"', ",", ";", "\t", " ", "\n", "\r\n", "漢", "'"),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(...delimiters),
        fc.integer({ min: 1, max: 40 }),
        async (rows, delimiter, size) => {
          const text = stringify(rows, { delimiter, quoted: true, quoted_empty: true });
          const read = await rowsOf(text, { delimiter }, size);
          const expected = rows.filter((row) => row.some((value) => value !== ""));
          expect(read.map(([, ...cells]) => cells)).toEqual(expected);
          for (const [line, ...cells] of read) {
            const upTo = text
              .split(/\r\n|\n|\r/)
              .slice(line - 1)
              .join("\n");
            expect(upTo.startsWith(`"${(cells[0] ?? "").replaceAll('"', '""').replace(/\r\n|\r/g, "\n")}"`)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

const kindOf = (bytes: Buffer, fileName: string) =>
  fileKind(bytes, { fileName, text: bytes.toString("latin1"), utf16: false });

describe("a file that is no list is told so", () => {
  test.each<[string, Buffer, RegExp]>([
    ["plan.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), /picture/],
    ["clients.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /old Excel workbook.*\.xlsx/],
    ["clients.xlsx", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /protected by a password/],
    [
      "clients.xls",
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from("EncryptedPackage", "utf16le")]),
      /protected by a password/,
    ],
    ["letter.pdf", Buffer.from("%PDF-1.7\n"), /PDF/],
    ["page.csv", Buffer.from("<!DOCTYPE html><html>"), /web page/],
    ["noise.csv", Buffer.from(Array.from({ length: 3_000 }, (_, index) => (index * 37) % 256)), /holds no text/],
  ])("%s", (fileName, bytes, sentence) => {
    const found = kindOf(bytes, fileName);
    expect(found.ok ? "" : found.reason).toMatch(sentence);
  });

  test.each([
    [["clients.csv"], /Unpack/],
    [["[Content_Types].xml", "word/document.xml"], /Word document/],
    [["mimetype", "content.xml"], /OpenDocument/],
    [["[Content_Types].xml", "xl/workbook.bin"], /\.xlsb/],
  ])("a packed file with %j in it", (names, sentence) => {
    expect(whyNoWorkbook(names)).toMatch(sentence);
  });

  test("a text with a stray NUL may be a CSV: only its row is bad", () => {
    expect(kindOf(Buffer.from("Name,City\nAnn\0,Leeds\n"), "a.csv")).toEqual({ ok: true, kind: "text" });
  });
});
