import { SaxesParser } from "saxes";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { DAMAGED } from "~/features/pipeline/files/xlsx/zip-directory";

/** What is heard of an XML part as it is read. Names come without their prefix: some programs write `x:row`. */
export interface XmlEars {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads an XML part piece by piece and gives way after each. Entities that a document defines itself are not expanded:
 * they are an error.
 * @throws FileProblem for what is no well-formed XML
 */
export async function* readXml(pieces: AsyncIterable<Buffer>, ears: XmlEars): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("error", (error) => {
    throw new FileProblem(DAMAGED, { cause: error });
  });
  parser.on("opentag", (tag) => ears.open?.(plain(tag.name), tag.attributes));
  if (ears.text) parser.on("text", (text) => ears.text?.(text));
  parser.on("closetag", (tag) => ears.close?.(plain(tag.name)));
  const decoder = new TextDecoder("utf-8");
  for await (const piece of pieces) {
    parser.write(decoder.decode(piece, { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
  yield;
}

function plain(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The whole part, where only the ears matter. */
export async function hearXml(pieces: AsyncIterable<Buffer>, ears: XmlEars): Promise<void> {
  for await (const _ of readXml(pieces, ears)) {
    // Whatever is of interest has been heard.
  }
}

/** An attribute whatever its prefix: `r:id` in most files, `ns1:id` in some. */
export function attributeNamed(attributes: Record<string, string>, name: string): string | undefined {
  const key = Object.keys(attributes).find((key) => key === name || key.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}
