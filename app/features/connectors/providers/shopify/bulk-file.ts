/** The file of a bulk operation, piece by piece: JSON, one object a line. */
import { type Connection, type Json, type JsonObject, OutOfOrder, Trouble } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { shopOf } from "~/features/connectors/providers/shopify/shop-settings";

/** Some seven hundred orders. */
const PIECE_BYTES = 1_000_000;
const LINE_END = 10;

interface Lines {
  lines: readonly JsonObject[];
  /** The byte where the next begin; null: there are no more. */
  next: number | null;
}

/** @param at the byte where a line begins */
export async function linesAt(connection: Connection, url: string, at: number): Promise<Lines> {
  const { bytes, isEnd } = await pieceAt(connection, url, at);
  const whole = isEnd ? bytes.length : bytes.lastIndexOf(LINE_END) + 1;
  if (whole === 0 && !isEnd) throw new Trouble("Shopify’s file has an order that is longer than any order should be.");
  const texts = bytes.subarray(0, whole).toString("utf8").split("\n").filter(Boolean);
  return { lines: texts.map(objectIn), next: isEnd ? null : at + whole };
}

function objectIn(text: string): JsonObject {
  try {
    const found = JSON.parse(text) as Json;
    if (isObject(found)) return found;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new OutOfOrder("Shopify’s file of the orders breaks off. It is tried again by itself.");
}

interface Piece {
  bytes: Buffer;
  isEnd: boolean;
}

/** A server may send everything where a piece was asked for (RFC 9110, 14.2). */
async function pieceAt(connection: Connection, url: string, at: number): Promise<Piece> {
  checkAddress(connection, url);
  const range = `bytes=${at}-${at + PIECE_BYTES - 1}`;
  const { response, bytes } = await reaching(connection, async () => {
    const response = await connection.fetchElsewhere(url, { headers: { range } });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  });
  if (response.status === 416) return { bytes: Buffer.alloc(0), isEnd: true };
  if (!response.ok) throw new OutOfOrder(`Shopify’s file of the orders cannot be fetched (${response.status}).`);
  if (response.status !== 206) return { bytes: bytes.subarray(at), isEnd: true };
  const [, from, to, all] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get("content-range") ?? "") ?? [];
  if (Number(from) !== at || Number(to) - at + 1 !== bytes.length) {
    throw new OutOfOrder("Shopify’s file of the orders breaks off. It is tried again by itself.");
  }
  return { bytes, isEnd: Number(to) + 1 >= Number(all) };
}

/** Its address comes out of an answer; the key to it is in it. */
function checkAddress(connection: Connection, url: string): void {
  const isOk = URL.canParse(url) && (url.startsWith("https://") || new URL(url).origin === shopOf(connection.settings));
  if (!isOk) throw new Trouble("Shopify named an address for its file that cannot be trusted. Nothing was fetched.");
}

async function reaching<Result>({ signal }: Connection, reach: () => Promise<Result>): Promise<Result> {
  try {
    return await reach();
  } catch (error) {
    if (error instanceof Trouble || signal.aborted) throw error;
    const words = "Shopify’s file of the orders could not be fetched, or broke off. It is tried again by itself.";
    throw Object.assign(new OutOfOrder(words), { cause: error });
  }
}
