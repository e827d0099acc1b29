/** What a file is, told by its first bytes and never by its name; what cannot be read is answered with what to do. */

export type FileKind = "text" | "zip" | "vcard";

const signatures: readonly { bytes: readonly number[]; sentence: string }[] = [
  {
    bytes: [0x25, 0x50, 0x44, 0x46],
    sentence: "This is a PDF, not a list. Ask for the list as a table: an Excel workbook or a CSV file.",
  },
  { bytes: [0x89, 0x50, 0x4e, 0x47], sentence: "This is a picture (PNG), not a list." },
  { bytes: [0xff, 0xd8, 0xff], sentence: "This is a picture (JPEG), not a list." },
  { bytes: [0x47, 0x49, 0x46, 0x38], sentence: "This is a picture (GIF), not a list." },
  { bytes: [0x1f, 0x8b], sentence: "This file is compressed (gzip). Unpack it and upload the file inside." },
  {
    bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66],
    sentence: "This is a text document (RTF), not a list. Save the table in it as an Excel workbook or as CSV.",
  },
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** OLE2: Office's files before 2007, and those of today that are encrypted. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const OLD_WORKBOOK =
  "This is an old Excel workbook (.xls). Open it, save it as an Excel workbook (.xlsx), and upload that.";
const PROTECTED = "This workbook is protected by a password. Save it without one and upload that file.";

const UNREADABLE =
  "This file holds no text that can be read. Save your list as an Excel workbook (.xlsx) or as “CSV UTF-8” and upload that file.";
/** Of 4,096 bytes: control characters that no text holds. A few stray ones are a bad row's matter. */
const SAMPLE_BYTES = 4_096;
const MOST_CONTROLS = 0.02;

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function oleSentence(bytes: Uint8Array, fileName: string): string {
  const isEncrypted = Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"));
  return isEncrypted || /\.xls[xmb]$/i.test(fileName) ? PROTECTED : OLD_WORKBOOK;
}

/** Packed files that are no workbook, by a name that stands in them. */
const packed: readonly [RegExp, string][] = [
  [
    /^xl\/workbook\.bin$/m,
    "This is a binary Excel workbook (.xlsb). Save it as an Excel workbook (.xlsx) and upload that.",
  ],
  [/^word\//m, "This is a Word document, not a list. Copy the table in it into a workbook and upload that."],
  [/^ppt\//m, "This is a presentation, not a list."],
  [/^content\.xml$/m, "This is an OpenDocument file. Save it as an Excel workbook (.xlsx) and upload that."],
  [/^Index\/.*\.iwa$/m, "This is an Apple Numbers document. Export it as an Excel workbook (.xlsx) and upload that."],
];

/** Why a ZIP file with these names in it is no workbook; null if it is one. */
export function whyNoWorkbook(names: readonly string[]): string | null {
  if (names.some((name) => /^xl\/workbook\.xml$/i.test(name))) return null;
  const found = packed.find(([name]) => name.test(names.join("\n")));
  return found ? found[1] : "This file is packed (ZIP). Unpack it and upload the list inside.";
}

function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c;
}

/** The kind of a file that begins like this, or why it cannot be read. `text`: those bytes in its encoding. */
export function fileKind(
  bytes: Uint8Array,
  { fileName, text, utf16 }: { fileName: string; text: string; utf16: boolean },
): { ok: true; kind: FileKind } | { ok: false; reason: string } {
  if (startsWith(bytes, ZIP)) return { ok: true, kind: "zip" };
  if (startsWith(bytes, OLE)) return { ok: false, reason: oleSentence(bytes, fileName) };
  const known = signatures.find((signature) => startsWith(bytes, signature.bytes));
  if (known) return { ok: false, reason: known.sentence };
  const start = text
    .slice(0, 200)
    .replace(/^\ufeff/, "")
    .trimStart()
    .toLowerCase();
  if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
    const reason = "This is a web page or XML document, not a list. Export the list again as an Excel workbook or CSV.";
    return { ok: false, reason };
  }
  if (start.startsWith("begin:vcard")) return { ok: true, kind: "vcard" };
  if (utf16) return { ok: true, kind: "text" };
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const controls = sample.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  const unreadable = controls > Math.max(2, sample.length * MOST_CONTROLS);
  return unreadable ? { ok: false, reason: UNREADABLE } : { ok: true, kind: "text" };
}
