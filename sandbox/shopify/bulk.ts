/** Files of orders that are asked for at once: shopify.dev/docs/api/usage/bulk-operations/queries */
import { type Asked, type Reply } from "../frame/stand-in";
import { answered, parsed } from "./admin-schema";
import { type Listed, matching, type OrdersArguments } from "./listing";
import { orderOf } from "./orders";

export interface BulkMood {
  /** How often somebody has to look before a file is done. */
  looks: number;
  /** Why the next ones come to nothing; null: they do not. */
  fails: "TIMEOUT" | "INTERNAL_SERVER_ERROR" | "ACCESS_DENIED" | null;
  /** The last lines of a file are missing. */
  isCut: boolean;
  /** Files are sent whole, whatever was asked for. */
  isWhole: boolean;
  /** The file is not kept any more. */
  isExpired: boolean;
}

export const usualMood: BulkMood = { looks: 1, fails: null, isCut: false, isWhole: false, isExpired: false };

interface Operation {
  id: string;
  query: string;
  createdAt: string;
  looksLeft: number;
  errorCode: string | null;
  count: number;
  file: Buffer;
}

const BULK_PATH = "/bulk/";
const gid = (place: number) => `gid://shopify/BulkOperation/${8_100_000_000 + place}`;

/** As the store of files answers, which is another's. */
function trouble(status: number, code: string): Reply {
  return { status, type: "application/xml", body: `<Error><Code>${code}</Code></Error>` };
}

export class Bulks {
  private readonly operations: Operation[] = [];

  constructor(
    private readonly listed: Listed,
    private readonly mood: BulkMood,
  ) {}

  /** As the mutation answers. */
  run({ query }: { query: string }): object {
    const running = this.operations.some(({ looksLeft }) => looksLeft > 0);
    if (running) {
      const message = `A bulk query operation for this app and shop is in progress: ${this.operations.at(-1)?.id}.`;
      return { bulkOperation: null, userErrors: [{ code: "OPERATION_IN_PROGRESS", field: null, message }] };
    }
    const lines = this.linesOf(query);
    if (typeof lines === "string") {
      return { bulkOperation: null, userErrors: [{ code: "INVALID", field: ["query"], message: lines }] };
    }
    const { fails, isCut, looks } = this.mood;
    const operation = {
      ...{ id: gid(this.operations.length), query, createdAt: this.listed.world.clock().toISOString() },
      ...{ looksLeft: looks, errorCode: fails, count: lines.length },
      file: Buffer.from((isCut ? lines.slice(0, -3) : lines).map((line) => `${line}\n`).join("")),
    };
    this.operations.push(operation);
    return { bulkOperation: { ...this.shown(operation, ""), status: "CREATED" }, userErrors: [] };
  }

  /** Each look brings it on. */
  look(id: string, origin: string): object | null {
    const found = this.operations.find((one) => one.id === id);
    if (!found) return null;
    const shown = this.shown(found, origin);
    found.looksLeft = Math.max(found.looksLeft - 1, 0);
    return shown;
  }

  private shown(operation: Operation, origin: string): object {
    const { id, query, createdAt, looksLeft, errorCode, count, file } = operation;
    const status = this.statusOf(looksLeft, errorCode);
    const isDone = status === "COMPLETED";
    const objects = String(looksLeft > 0 ? Math.floor(count / (looksLeft + 1)) : count);
    return {
      ...{ __typename: "BulkOperation", id, query, createdAt, status, type: "QUERY" },
      ...{ objectCount: objects, rootObjectCount: objects, partialDataUrl: null },
      errorCode: status === "FAILED" ? errorCode : null,
      fileSize: isDone ? String(file.length) : null,
      url: isDone && count > 0 ? `${origin}${BULK_PATH}${id.slice(id.lastIndexOf("/") + 1)}.jsonl` : null,
    };
  }

  private statusOf(looksLeft: number, errorCode: string | null): string {
    if (looksLeft > 0) return "RUNNING";
    if (errorCode !== null) return "FAILED";
    return this.mood.isExpired ? "EXPIRED" : "COMPLETED";
  }

  /** One order a line; or what is wrong with the query. Limits of pages do not hold in it. */
  private linesOf(query: string): string[] | string {
    const judged = parsed(query);
    if (!judged.ok) return `Invalid bulk query: ${judged.errors[0]?.message ?? ""}`;
    if (!/\{\s*edges\b/.test(query)) return "Bulk queries must contain at least one connection.";
    const { data, errors } = answered(judged.document, { orders: (given: OrdersArguments) => this.found(given) });
    if (errors?.[0]) return errors[0].message;
    const { orders } = data as unknown as { orders: { edges: { node: object }[] } };
    return orders.edges.map(({ node }) => JSON.stringify(node));
  }

  private found(given: OrdersArguments): object {
    const { world } = this.listed;
    const keys = [...matching(this.listed, given)];
    return { edges: keys.flatMap((key) => world.get(key) ?? []).map((known) => ({ node: orderOf(known) })) };
  }

  /** The file, or the piece that was asked for; null: it is none of ours. */
  file({ path, headers }: Asked): Reply | null {
    if (!path.startsWith(BULK_PATH)) return null;
    // The key is in the address: a second one is refused.
    if (headers.authorization ?? headers["x-shopify-access-token"]) return trouble(400, "InvalidArgument");
    const number = path.slice(BULK_PATH.length, -".jsonl".length);
    const found = this.operations.find(({ id }) => id.endsWith(`/${number}`));
    if (!found) return trouble(404, "NoSuchKey");
    const { file } = found;
    const type = "application/jsonl";
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    if (from === undefined || this.mood.isWhole) return { status: 200, type, body: file };
    if (Number(from) >= file.length)
      return { status: 416, type, headers: { "Content-Range": `bytes */${file.length}` }, body: "" };
    const end = Math.min(Number(to), file.length - 1);
    const range = { "Content-Range": `bytes ${from}-${end}/${file.length}` };
    return { status: 206, type, headers: range, body: file.subarray(Number(from), end + 1) };
  }
}
