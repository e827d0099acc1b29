/** Workbooks for tests: made by exceljs as a spreadsheet program makes them, or put together by hand where none would. */
import { deflateRawSync } from "node:zlib";
import ExcelJs from "exceljs";
import { type SourceFile } from "~/features/pipeline/files/source-row";

export type Cells = readonly (readonly ExcelJs.CellValue[])[];

/** A workbook of these sheets. `styled` may set formats of cells. */
export async function workbookOf(
  sheets: Readonly<Record<string, Cells>>,
  styled?: (workbook: ExcelJs.Workbook) => void,
): Promise<Buffer> {
  const workbook = new ExcelJs.Workbook();
  for (const [name, rows] of Object.entries(sheets)) workbook.addWorksheet(name).addRows(rows as unknown[][]);
  styled?.(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export interface Part {
  name: string;
  content: string | Buffer;
  /** What its headers say of its size; else the truth. */
  declared?: number;
}

/** A ZIP file of these parts. */
export function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, declared } of parts) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(declared ?? bytes.length, 22);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    header.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    files.push(header, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}

const relation = (id: number, type: string, target: string) =>
  `<Relationship Id="rId${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;

/** The parts of a workbook with one sheet called "Clients", of these rows in XML; to be changed before they are packed. */
export function partsOf(rows: string, { shared = "", before = "" } = {}): Part[] {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  return [
    { name: "[Content_Types].xml", content: "<Types/>" },
    {
      name: "xl/worksheets/sheet1.xml",
      content: `${before}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
    },
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns="${main}" xmlns:r="urn:r"><sheets><sheet name="Clients" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships>${relation(1, "worksheet", "worksheets/sheet1.xml")}${relation(2, "sharedStrings", "sharedStrings.xml")}</Relationships>`,
    },
    { name: "xl/sharedStrings.xml", content: `<sst xmlns="${main}">${shared}</sst>` },
  ];
}

/** Bytes as a stored file gives them: from any place on, in pieces. */
export function sourceOf(content: Buffer | string, size = 1_000): SourceFile {
  const bytes = Buffer.from(content as string);
  return {
    size: () => Promise.resolve(bytes.length),
    async *read(offset = 0) {
      for (let at = offset; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}
