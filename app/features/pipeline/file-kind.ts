/** Files that are no CSV, told by their first bytes and answered with what to do instead. */

const signatures: readonly { bytes: readonly number[]; sentence: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], sentence: "" },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    sentence: "This is an old Excel workbook, not a CSV file. Open it and save it as “CSV UTF-8”.",
  },
  {
    bytes: [0x25, 0x50, 0x44, 0x46],
    sentence: "This is a PDF, not a CSV file. Ask for the list as a table and save it as CSV.",
  },
  { bytes: [0x89, 0x50, 0x4e, 0x47], sentence: "This is a picture (PNG), not a CSV file." },
  { bytes: [0xff, 0xd8, 0xff], sentence: "This is a picture (JPEG), not a CSV file." },
  { bytes: [0x47, 0x49, 0x46, 0x38], sentence: "This is a picture (GIF), not a CSV file." },
  { bytes: [0x1f, 0x8b], sentence: "This file is compressed (gzip). Unpack it and upload the CSV file inside." },
  {
    bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66],
    sentence: "This is a text document (RTF), not a CSV file. Save the table in it as CSV.",
  },
];

const UNREADABLE = "This file is no CSV: it does not hold text. Save your list as “CSV UTF-8” and upload that file.";
/** Of 4,096 bytes: control characters that no text holds. A few stray ones are a bad row's matter. */
const SAMPLE_BYTES = 4_096;
const MOST_CONTROLS = 0.02;

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function zipSentence(bytes: Uint8Array, fileName: string): string {
  const inside = Buffer.from(bytes.subarray(0, SAMPLE_BYTES)).toString("latin1");
  if (/\.xls[xmb]$/i.test(fileName) || /xl\/|\[Content_Types\]/.test(inside)) {
    return "This is an Excel workbook, not a CSV file. In Excel choose “Save as”, then “CSV UTF-8”, and upload that file.";
  }
  return "This file is packed (ZIP). Unpack it and upload the CSV file inside.";
}

function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c;
}

/** Why a file that begins like this is no CSV, in a sentence; null if it may be one. `utf16`: zeros are nothing odd. */
export function whyNoCsv(bytes: Uint8Array, { fileName, utf16 }: { fileName: string; utf16: boolean }): string | null {
  const known = signatures.find((signature) => startsWith(bytes, signature.bytes));
  if (known) return known.sentence || zipSentence(bytes, fileName);
  const start = Buffer.from(bytes.subarray(0, 200))
    .toString("latin1")
    .replace(/^[^<{]{0,3}/, "")
    .trimStart()
    .toLowerCase();
  if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
    return "This is a web page or XML document, not a CSV file. Export the list again and choose CSV.";
  }
  if (utf16) return null;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const controls = sample.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  return controls > Math.max(2, sample.length * MOST_CONTROLS) ? UNREADABLE : null;
}
