import { inTurns } from "~/features/pipeline/files/in-turns.server";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { MAX_ROW_BYTES, type SourceRow } from "~/features/pipeline/files/source-row";
import { asText, type TextEncoding } from "~/features/pipeline/files/text-encoding";
import { type CardRow, cardRow, columnOrder } from "~/features/pipeline/files/vcard/card";
import { contentLines } from "~/features/pipeline/files/vcard/content-lines";
import { leftOutOf } from "~/features/pipeline/files/vcard/left-out";
import { type Property, readProperty } from "~/features/pipeline/files/vcard/property";

/** Reads vCards of versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as rows, one card after the other. */

/** Kinds of what is left out that are told. */
const MOST_LEFT = 100;

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

/** What the cards of a file hold between them, and what of it no row says, in how many cards. @throws FileProblem */
export async function lookAtCards(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding) {
  const found = new Set<string>();
  const left = new Map<string, number>();
  for await (const { row, leftOut } of cards(chunks, encoding)) {
    for (const column of row.keys()) found.add(column);
    for (const name of leftOut) left.set(name, (left.get(name) ?? 0) + 1);
  }
  return {
    columns: columnOrder(found),
    leftOut: [...left].map(([name, rows]) => ({ name, rows })).slice(0, MOST_LEFT),
  };
}

async function* cards(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<{ line: number; row: CardRow; leftOut: string[] }> {
  let open: OpenCard | null = null;
  for await (const { line, text } of contentLines(asText(inTurns(chunks), encoding))) {
    if (open === null) {
      open = begins.test(text) ? { line, properties: [], size: 0, depth: 1 } : null;
      continue;
    }
    add(open, text);
    if (open.depth > 0) continue;
    yield { line: open.line, row: cardRow(open.properties), leftOut: leftOutOf(open.properties) };
    open = null;
  }
  if (open)
    throw new FileProblem(`The card that begins in line ${open.line} has no end: the file was cut off. ${AGAIN}`);
}

interface OpenCard {
  line: number;
  properties: Property[];
  size: number;
  /** A card may hold another one, of an assistant: that is passed over. */
  depth: number;
}

const begins = /^\s*BEGIN:VCARD\s*$/i;
const ends = /^\s*END:VCARD\s*$/i;

function add(card: OpenCard, text: string): void {
  if (begins.test(text)) card.depth++;
  else if (ends.test(text)) card.depth--;
  else if (card.depth === 1) {
    card.size += text.length;
    if (card.size > MAX_ROW_BYTES)
      throw new FileProblem(`The card that begins in line ${card.line} is longer than 1 MB.`);
    const property = readProperty(text);
    if (property) card.properties.push(property);
  }
}

const AGAIN = "Export the contacts again and upload that file.";
