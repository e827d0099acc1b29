/**
 * A workbook of one sheet (ECMA-376, ISO 29500), written as its rows come: frozen head, widths, texts as texts, dates as
 * dates. Nothing in it can be a formula (`A7.5`): there is no way here to write one.
 */
import { writeZip, type ZipPart } from "~/platform/zip-writer.server";

export interface XlsxColumn {
  heading: string;
  /** In characters. */
  width: number;
  /**
   * `date`: plain dates (`2026-05-04`) become real ones. `number`: so do numbers, where the sheet's are exactly as the
   * text says. `code`: stays a text when somebody edits it, e.g. `+4420…`.
   */
  type: "text" | "code" | "date" | "number";
  /** There for programs, not shown. */
  hidden?: boolean;
}

export interface XlsxSheet {
  sheet: string;
  columns: readonly XlsxColumn[];
}

type Rows = readonly (readonly string[])[];

/** More than that, and Excel calls the file damaged. */
const MOST_CHARACTERS = 32_767;
const MOST_COLUMNS = 16_384;
/** From here on the calendars of Excel and of everybody else agree (its 1900 has a 29 February). */
const FIRST_DATE = "1900-03-01";
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 24 * 60 * 60 * 1000;
const plainDate = /^\d{4}-\d\d-\d\d$/;
const plainNumber = /^-?\d/;

/** Places in `cellXfs` below. */
const styles = { text: 0, number: 0, code: 1, date: 2 };
const HEAD = 3;

/** @param pages rows of cells, "" for an empty one; a few hundred at a time are held in memory */
export function writeXlsx(about: XlsxSheet, pages: AsyncIterable<Rows>): AsyncGenerator<Uint8Array, void> {
  return writeZip([...frame(about.sheet), { name: "xl/worksheets/sheet1.xml", content: sheetXml(about, pages) }]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";

function part(name: string, xml: string): ZipPart {
  return { name, content: [XML + xml] };
}

/** What stands around the sheet in every workbook. */
function frame(sheet: string): ZipPart[] {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${DOCUMENT}/${type}" Target="${target}"/>`;
  const relations = (...each: string[]) =>
    `<Relationships xmlns="${PACKAGE}/relationships">${each.join("")}</Relationships>`;
  const typed = (path: string, type: string) =>
    `<Override PartName="${path}" ContentType="${SPREADSHEET}.${type}+xml"/>`;
  return [
    part(
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `${typed("/xl/workbook.xml", "sheet.main")}${typed("/xl/styles.xml", "styles")}` +
        `${typed("/xl/worksheets/sheet1.xml", "worksheet")}</Types>`,
    ),
    part("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))),
    part(
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>` +
        `<sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      "xl/_rels/workbook.xml.rels",
      relations(relation("rId1", "worksheet", "worksheets/sheet1.xml"), relation("rId2", "styles", "styles.xml")),
    ),
    part("xl/styles.xml", stylesXml),
  ];
}

const font = (bold: string) => `<font>${bold}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;
const format = (number: number, rest = 'applyNumberFormat="1"') =>
  `<xf numFmtId="${number}" fontId="0" fillId="0" borderId="0" xfId="0" ${rest}/>`;

const stylesXml =
  `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
  `<fonts count="2">${font("")}${font("<b/>")}</fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="4">${format(0, "")}${format(49)}${format(164)}` +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** A piece for the head, one for each page of rows, one for the end. */
async function* sheetXml({ columns }: XlsxSheet, pages: AsyncIterable<Rows>): AsyncGenerator<string, void> {
  yield (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>' +
    `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns.map(columnXml).join("")}</cols><sheetData>`
  );
  const letters = lettersByPlace();
  const head = columns.map(({ heading }, place) => textCell(`${letters(place)}1`, HEAD, heading));
  yield `<row r="1">${head.join("")}</row>`;
  let line = 1;
  for await (const rows of pages) {
    let xml = "";
    for (const cells of rows) {
      line++;
      xml += `<row r="${line}">`;
      const end = Math.min(cells.length, MOST_COLUMNS);
      for (let place = 0; place < end; place++) {
        const text = cells[place];
        if (text) xml += cellXml(`${letters(place)}${line}`, columns[place]?.type ?? "text", text);
      }
      xml += "</row>";
    }
    yield xml;
  }
  yield "</sheetData></worksheet>";
}

function columnXml({ width, hidden, type }: XlsxColumn, place: number): string {
  const style = styles[type] > 0 ? ` style="${styles[type]}"` : "";
  return `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"${style}${hidden ? ' hidden="1"' : ""}/>`;
}

/** 0 → "A", 27 → "AB" */
function lettersOf(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : lettersOf(Math.floor(place / 26) - 1) + last;
}

/** A row may have more cells than there are columns. */
function lettersByPlace(): (place: number) => string {
  const known: string[] = [];
  return (place) => (known[place] ??= lettersOf(place));
}

function cellXml(at: string, type: XlsxColumn["type"], text: string): string {
  const style = styles[type];
  if (type === "date" && plainDate.test(text) && text >= FIRST_DATE) {
    return `<c r="${at}" s="${style}"><v>${(Date.parse(text) - DAY_ZERO) / DAY_MS}</v></c>`;
  }
  if (type === "number" && plainNumber.test(text) && String(Number(text)) === text) {
    return `<c r="${at}"><v>${text}</v></c>`;
  }
  return textCell(at, style, text);
}

function textCell(at: string, style: number, text: string): string {
  const cell = style > 0 ? `<c r="${at}" s="${style}"` : `<c r="${at}"`;
  const short = escaped(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text);
  // Half as long for a reader to take in, but only the other one keeps spaces at its ends.
  if (!spaced.test(text)) return `${cell} t="str"><v>${short}</v></c>`;
  return `${cell} t="inlineStr"><is><t xml:space="preserve">${short}</t></is></c>`;
}

const spaced = /^[ \t]|[ \t]$|\n/;

// What XML cannot say, a sheet writes as `_x000D_`, and what looks like that with its underscore so (ECMA-376-1, 22.9.2.19).
const special = /[&<>"]|[\0-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[\dA-Fa-f]{4}_)/;
const everySpecial = new RegExp(special, "g");
const entities: Partial<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(everySpecial, (sign) => entities[sign] ?? `_x${codeOf(sign)}_`);
}

function codeOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}
