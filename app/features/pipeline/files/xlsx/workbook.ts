import { whyNoWorkbook } from "~/features/pipeline/files/file-kind";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { type NumberFormat, numberFormat } from "~/features/pipeline/files/xlsx/number-text";
import { attributeNamed, hearXml } from "~/features/pipeline/files/xlsx/xml-part";
import { DAMAGED, type ReadAt, readZipDirectory, type ZipEntry } from "~/features/pipeline/files/xlsx/zip-directory";
import { TextStore } from "~/features/pipeline/files/xlsx/text-store";
import { unpack } from "~/features/pipeline/files/xlsx/zip-part";

/** A workbook (ECMA-376 and ISO 29500) but for its sheets' cells: which sheets, texts and formats there are. */

export interface Workbook {
  sheets: { name: string; entry: ZipEntry; hidden: boolean }[];
  from1904: boolean;
  /** How the cells of each style show numbers. */
  formats: NumberFormat[];
  texts: TextStore;
}

const MOST_FORMATS = 65_536;
const MOST_SHEETS = 200;
/** Excel takes 31 characters. */
const MOST_NAME_LENGTH = 255;

export async function openWorkbook(size: number, readAt: ReadAt): Promise<Workbook> {
  const directory = await readZipDirectory(size, readAt);
  const reason = whyNoWorkbook(directory.map(({ name }) => name));
  if (reason) throw new FileProblem(reason);
  const entries = new Map(directory.map((entry) => [entry.name.toLowerCase(), entry]));
  const part = (path: string) => entries.get(path.toLowerCase().replace(/^\//, ""));
  const read = (entry: ZipEntry) => unpack(entry, readAt);
  const main = part("xl/workbook.xml");
  const rels = part("xl/_rels/workbook.xml.rels");
  if (!main || !rels) throw new FileProblem(DAMAGED);
  const { targets, shared, styles } = await relationsOf(read(rels));
  const { named, from1904 } = await sheetsOf(read(main));
  const sheets = named.flatMap(({ id, ...sheet }) => {
    const entry = part(targets.get(id) ?? "");
    return entry ? [{ ...sheet, entry }] : [];
  });
  // Else a small file could have the same long part read again and again.
  if (new Set(sheets.map(({ entry }) => entry)).size < sheets.length) throw new FileProblem(DAMAGED);
  const [textEntry, styleEntry] = [shared && part(shared), styles && part(styles)];
  return {
    sheets,
    from1904,
    formats: styleEntry ? await formatsOf(read(styleEntry)) : [],
    texts: textEntry ? await textsOf(read(textEntry)) : new TextStore(),
  };
}

async function relationsOf(pieces: AsyncIterable<Buffer>) {
  const targets = new Map<string, string>();
  let shared = "";
  let styles = "";
  await hearXml(pieces, {
    open(name, { Id = "", Target = "", Type = "" }) {
      if (name !== "Relationship") return;
      const path = Target.startsWith("/") ? Target.slice(1) : `xl/${Target.replace(/^\.\//, "")}`;
      if (Type.endsWith("/worksheet")) targets.set(Id, path);
      if (Type.endsWith("/sharedStrings")) shared = path;
      if (Type.endsWith("/styles")) styles = path;
    },
  });
  return { targets, shared, styles };
}

const TOO_MANY_SHEETS = `The workbook has more than ${MOST_SHEETS} sheets. Copy the list alone into a new workbook and upload that.`;

async function sheetsOf(pieces: AsyncIterable<Buffer>) {
  const named: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await hearXml(pieces, {
    open(name, attributes) {
      if (name === "workbookPr") from1904 = isOn(attributes.date1904);
      if (name !== "sheet") return;
      if (named.length >= MOST_SHEETS) throw new FileProblem(TOO_MANY_SHEETS);
      if ((attributes.name ?? "").length > MOST_NAME_LENGTH) throw new FileProblem(DAMAGED);
      const hidden = (attributes.state ?? "visible") !== "visible";
      named.push({ name: attributes.name ?? "", id: attributeNamed(attributes, "id") ?? "", hidden });
    },
  });
  return { named, from1904 };
}

export function isOn(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

async function formatsOf(pieces: AsyncIterable<Buffer>): Promise<NumberFormat[]> {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCells = false;
  await hearXml(pieces, {
    open(name, attributes) {
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "cellXfs") inCells = true;
      if (name !== "xf" || !inCells || formats.length >= MOST_FORMATS) return;
      const id = Number(attributes.numFmtId ?? 0);
      formats.push(numberFormat(id, codes.get(id)));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return formats;
}

/** Each text in one piece, however many formats it is written in; without what only says how it is pronounced. */
async function textsOf(pieces: AsyncIterable<Buffer>): Promise<TextStore> {
  const texts = new TextStore();
  const ear = textEar();
  await hearXml(pieces, {
    open(name) {
      if (name === "si") ear.begin();
      else ear.open(name);
    },
    text: (text) => ear.text(text),
    close(name) {
      if (name === "si") texts.add(ear.end());
      else ear.close(name);
    },
  });
  return texts;
}

/** Hears the text of an `si` or `is` element. */
export function textEar() {
  let heard = "";
  let within = false;
  let spoken = false;
  return {
    begin() {
      heard = "";
    },
    open(name: string) {
      if (name === "rPh") spoken = true;
      if (name === "t") within = true;
    },
    text(text: string) {
      if (within && !spoken) heard += text;
    },
    close(name: string) {
      if (name === "rPh") spoken = false;
      if (name === "t") within = false;
    },
    end: () => unescaped(heard),
  };
}

/** `_x000D_`: how a sheet writes a character that XML cannot. */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
