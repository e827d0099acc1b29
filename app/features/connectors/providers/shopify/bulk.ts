/**
 * Very many orders at once: Shopify puts them into a file, one a line, and says when it is done. The file is read in
 * pieces, so that a reading that was broken off goes on where it stood.
 */
import {
  CursorExpired,
  type Json,
  type JsonObject,
  OutOfOrder,
  type Page,
  Throttled,
  Trouble,
} from "~/features/connectors/connector";
import { isObject, quoted } from "~/features/connectors/reading/answers";
import { linesAt } from "~/features/connectors/providers/shopify/bulk-file";
import { selectionOf } from "~/features/connectors/providers/shopify/order-fields";
import { toRecord } from "~/features/connectors/providers/shopify/order-records";
import {
  asJson,
  type BulkPlace,
  type InBulk,
  lastPage,
  type OrderReading,
  type Place,
} from "~/features/connectors/providers/shopify/order-reading";
import { ask } from "~/features/connectors/providers/shopify/shopify-api";

/** Lines need not stand behind what they belong to: orders have nothing here that would come on lines of its own. */
const BEGIN = `mutation Bulk($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: false) {
    bulkOperation { id status }
    userErrors { code field message }
  }
}`;

const LOOK = `query Look($id: ID!) {
  bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount fileSize url }
}`;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Once a minute for a day: no file takes as long. */
const MOST_LOOKS = 1_440;

/** @throws Throttled while another file is being made for the same app and shop */
export async function beginBulk({ connection, reading }: OrderReading, filter: string): Promise<BulkPlace> {
  const node = selectionOf(reading.fields);
  const query = `{ orders(query: ${JSON.stringify(filter)}, sortKey: ID) { edges { node { ${node} } } } }`;
  const { bulkOperationRunQuery: begun } = (await ask(connection, BEGIN, { query })).data;
  const { bulkOperation: operation, userErrors } = isObject(begun) ? begun : {};
  const [error] = Array.isArray(userErrors) ? (userErrors as readonly Json[]).filter(isObject) : [];
  if (error) throw refused(error);
  if (isObject(operation) && typeof operation.id === "string") return { id: operation.id, asked: 0, at: 0, orders: 0 };
  throw new OutOfOrder("Shopify answered without the file that it was asked for. It is tried again by itself.");
}

function refused({ code, message }: JsonObject): Trouble {
  if (code === "OPERATION_IN_PROGRESS" || code === "LIMIT_REACHED") {
    return new Throttled("Shopify is busy with other files of this app. It makes only so many at once.", null);
  }
  return new Trouble(
    `Shopify does not make a file of the orders${quoted(typeof message === "string" ? message : null)}`,
  );
}

/** What is left to be read otherwise, where the file comes to nothing; null: everything was read. */
export async function* readBulk(doing: OrderReading, from: InBulk): AsyncGenerator<Page, Place | null> {
  const operation = await look(doing, from.bulk.id);
  const { status } = operation;
  if (status === "FAILED") return yield* afterFailure(operation, from);
  if (status === "CREATED" || status === "RUNNING" || status === "CANCELING") return yield* notYet(operation, from);
  if (status !== "COMPLETED") {
    throw new CursorExpired("Shopify’s file of the orders is not there any more, so everything is read once more.");
  }
  yield* readFile(doing, operation, from);
  return null;
}

async function look({ connection }: OrderReading, id: string): Promise<JsonObject> {
  const { bulkOperation: found } = (await ask(connection, LOOK, { id })).data;
  if (isObject(found)) return found;
  throw new CursorExpired("Shopify’s file of the orders is not there any more, so everything is read once more.");
}

/** Says that it has come no further, so that waiting for long is no standing still, and comes back later. */
async function* notYet({ objectCount }: JsonObject, from: InBulk): AsyncGenerator<Page, never> {
  const asked = from.bulk.asked + 1;
  if (asked > MOST_LOOKS)
    throw new Trouble("Shopify has not got its file of the orders done within a day. Run it again.");
  yield { records: [], after: asJson({ ...from, bulk: { ...from.bulk, asked } } as Place) };
  const soFar = Number(objectCount);
  const some = soFar > 0 ? ` It has ${soFar.toLocaleString("en-GB")} so far.` : "";
  throw new Throttled(`Shopify is putting the orders into a file.${some}`, Math.min(asked * 5 * SECOND_MS, MINUTE_MS));
}

/** What may not be read is told; for other reasons the rest is read page by page. */
async function* afterFailure({ errorCode }: JsonObject, { bulk: _, ...place }: InBulk): AsyncGenerator<Page, Place> {
  if (errorCode === "ACCESS_DENIED") {
    throw new Trouble(
      "Shopify does not allow all of these fields to be read. Choose fewer of them, or give the app more scopes.",
    );
  }
  // The place is kept: the file is not waited for twice.
  const left: Place = { ...place, noFile: true };
  yield await Promise.resolve({ records: [], after: asJson(left) });
  return left;
}

async function* readFile(doing: OrderReading, operation: JsonObject, from: InBulk): AsyncGenerator<Page> {
  const { url, rootObjectCount } = operation;
  const count = from.read + Number(rootObjectCount);
  let place = from;
  // There is no file of nothing.
  while (typeof url === "string") {
    const { lines, next } = await linesAt(doing.connection, url, place.bulk.at);
    const records = lines.map((line) => toRecord(line, doing.reading.fields));
    const orders = place.bulk.orders + records.length;
    if (next === null) {
      checkCount(orders, rootObjectCount);
      return yield { ...(await lastPage(doing, records, from.startedAt)), count };
    }
    place = { ...place, bulk: { ...place.bulk, at: next, orders } };
    yield { records, after: asJson(place), count };
  }
  checkCount(0, rootObjectCount);
  yield { ...(await lastPage(doing, [], from.startedAt)), count };
}

/** A file that breaks off where a line ends looks whole. */
function checkCount(orders: number, said: Json | undefined): void {
  if (orders === Number(said)) return;
  throw new Trouble(
    `Shopify’s file should have ${String(said)} orders and has ${orders}. Nothing was taken away. Run it again.`,
  );
}
