import { inTurns } from "~/features/pipeline/in-turns.server";
import { FileProblem } from "~/features/pipeline/file-problem";
import { MAX_ROW_BYTES, type SourceRow } from "~/features/pipeline/source-row";
import { asText, type TextEncoding } from "~/features/pipeline/text-encoding";
import { type CardRow, cardRow, columnOrder } from "~/features/pipeline/vcard/card";
import { contentLines } from "~/features/pipeline/vcard/content-lines";
import { type Property, readProperty } from "~/features/pipeline/vcard/property";

/** Reads vCards of versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as rows, one card after the other. */

/** The columns as the first row, then a row for each card. @throws FileProblem for a card that is cut off */
export async function* readCards(
  chunks: AsyncIterable<Uint8Array>,
  { encoding, columns }: { encoding: TextEncoding; columns: readonly string[] },
): AsyncGenerator<SourceRow> {
  yield { line: 1, cells: columns };
  for await (const { line, row } of cards(chunks, encoding)) {
    yield { line, cells: columns.map((column) => row.get(column) ?? "") };
  }
}

/** What the cards of a file hold between them. @throws FileProblem */
export async function listCardColumns(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding): Promise<string[]> {
  const found = new Set<string>();
  for await (const { row } of cards(chunks, encoding)) for (const column of row.keys()) found.add(column);
  return columnOrder(found);
}

async function* cards(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<{ line: number; row: CardRow }> {
  let properties: Property[] = [];
  let size = 0;
  let begun = 0;
  // A card may hold another one, of an assistant: that is passed over.
  let depth = 0;
  for await (const { line, text } of contentLines(asText(inTurns(chunks), encoding))) {
    if (/^\s*BEGIN:VCARD\s*$/i.test(text)) {
      if (depth++ === 0) [properties, size, begun] = [[], 0, line];
    } else if (/^\s*END:VCARD\s*$/i.test(text)) {
      if (depth > 0 && --depth === 0) yield { line: begun, row: cardRow(properties) };
    } else if (depth === 1) {
      size += text.length;
      if (size > MAX_ROW_BYTES) throw new FileProblem(`The card that begins in line ${begun} is longer than 1 MB.`);
      const property = readProperty(text);
      if (property) properties.push(property);
    }
  }
  if (depth > 0)
    throw new FileProblem(`The card that begins in line ${begun} has no end: the file was cut off. ${AGAIN}`);
}

const AGAIN = "Export the contacts again and upload that file.";
