import { inflateSync } from "node:zlib";

/**
 * The text of a PDF as somebody copies it out: every letter as its font says what it stands for. It reads what our own
 * writer writes (no object streams, fonts with a ToUnicode map), no other PDF.
 */
export async function textOfPdf(pdf: AsyncIterable<Uint8Array> | Uint8Array): Promise<string> {
  return (await pagesOfPdf(pdf)).join("\n");
}

export async function pagesOfPdf(pdf: AsyncIterable<Uint8Array> | Uint8Array): Promise<string[]> {
  const objects = objectsOf(await bytesOf(pdf));
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary));
  return pages.map(({ dictionary }) => {
    const resources = objects.get(reference(dictionary, "Resources"))?.dictionary ?? "";
    const content = objects.get(reference(dictionary, "Contents"));
    return textOf(content?.stream ?? "", resources, objects);
  });
}

export async function bytesOf(pdf: AsyncIterable<Uint8Array> | Uint8Array): Promise<Buffer> {
  if (pdf instanceof Uint8Array) return Buffer.from(pdf);
  const chunks: Uint8Array[] = [];
  for await (const chunk of pdf) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface PdfObject {
  dictionary: string;
  stream: string | null;
}

function objectsOf(bytes: Buffer): Map<number, PdfObject> {
  const whole = bytes.toString("latin1");
  const objects = new Map<number, PdfObject>();
  for (const found of whole.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\n?endobj/g)) {
    const [, number = "", body = ""] = found;
    const [dictionary = "", ...rest] = body.split("\nstream\n");
    const packed = rest.join("\nstream\n").replace(/\nendstream\s*$/, "");
    objects.set(Number(number), { dictionary, stream: rest.length > 0 ? unpacked(dictionary, packed) : null });
  }
  return objects;
}

function unpacked(dictionary: string, packed: string): string {
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  const bytes = Buffer.from(packed, "latin1").subarray(0, length);
  return (dictionary.includes("FlateDecode") ? inflateSync(bytes) : bytes).toString("latin1");
}

function reference(dictionary: string, name: string): number {
  return Number(new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1] ?? -1);
}

function textOf(content: string, resources: string, objects: Map<number, PdfObject>): string {
  const maps = new Map<string, string[]>();
  let font: string[] = [];
  let text = "";
  for (const [, name, hex, shown] of content.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9a-f]+)>|\/(\w+) Do|\bET\b/g)) {
    if (name) font = maps.get(name) ?? mapOf(objects, reference(resources, name), maps, name);
    else if (hex) text += hex.replace(/..../g, (code) => font[Number.parseInt(code, 16)] ?? "");
    else if (shown) text += pictureText(reference(resources, shown), objects);
    else text += "\n";
  }
  return text;
}

function pictureText(number: number, objects: Map<number, PdfObject>): string {
  const picture = objects.get(number);
  return picture?.stream ? textOf(picture.stream, picture.dictionary, objects) : "";
}

function mapOf(objects: Map<number, PdfObject>, font: number, maps: Map<string, string[]>, name: string): string[] {
  const map = objects.get(reference(objects.get(font)?.dictionary ?? "", "ToUnicode"))?.stream ?? "";
  const letters: string[] = [];
  for (const [, first = "", list = ""] of map.matchAll(/<(\w+)> <\w+> \[(.*?)\]/g)) {
    [...list.matchAll(/<([^>]*)>/g)].forEach(([, codes = ""], index) => {
      const units = codes
        .split(" ")
        .filter(Boolean)
        .map((code) => Number.parseInt(code, 16));
      letters[Number.parseInt(first, 16) + index] = String.fromCharCode(...units);
    });
  }
  maps.set(name, letters);
  return letters;
}
