/** From two CSV files to the classified result, beside DuckDB doing the same, where it is installed next to the project. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duckComparison } from "./duck-comparison";
import { type Bench, figure, median, timed } from "./measure";
import { type ShopFiles, writeShopFiles } from "./reconcile-rows";
import { type Books, openBooks } from "~/features/reconciliation/columns/books";
import { compare, type Comparison } from "~/features/reconciliation/compare/compare";
import { orderBuckets, rowBuckets } from "~/features/reconciliation/compare/outcomes";
import { CsvBytes, type ByteRow } from "~/features/reconciliation/files/csv-bytes";
import { orderRows } from "~/features/reconciliation/files/order-rows";
import { transactionRows } from "~/features/reconciliation/files/transaction-rows";

export const reconcileFiles: Bench = async ({ quick, say }) => {
  const count = quick ? 20_000 : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), "tallybook-reconcile-"));
  try {
    const files = writeShopFiles(folder, count);
    const duck = await duckComparison(files);
    if (!duck) say("@duckdb/node-api is not installed: the time is told alone, and nothing to hold it against");
    const times = await timesOf(files, duck, say);
    return { "reconcile.files": duck ? figure(times.ratio, "× DuckDB", 3) : figure(times.seconds, "s", Infinity) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

async function timesOf(
  files: ShopFiles,
  duck: Awaited<ReturnType<typeof duckComparison>>,
  say: (line: string) => void,
) {
  const [ours, theirs]: [number[], number[]] = [[], []];
  let counts = "";
  // The first round of each warms it up.
  for (let round = 0; round < 6; round++) {
    ours.push(await timed(async () => (counts = JSON.stringify(countsOf(compareFiles(files))))));
    if (counts !== JSON.stringify(files.expected)) throw new Error(`Counted ${counts}, not what is in the files`);
    if (!duck) continue;
    theirs.push(await timed(async () => (counts = JSON.stringify(await duck()))));
    if (counts !== JSON.stringify(files.expected)) throw new Error(`DuckDB counted ${counts}`);
  }
  const [oursMs, theirsMs] = [median(ours.slice(1)), median(theirs.slice(1))];
  const rss = Math.round(process.memoryUsage.rss() / 2 ** 20);
  say(`${Math.round(oursMs)} ms${duck ? `, DuckDB ${Math.round(theirsMs)} ms` : ""}; ${rss} MB resident in all`);
  return { ratio: oursMs / theirsMs, seconds: oursMs / 1_000 };
}

function compareFiles(files: ShopFiles): Comparison {
  const books = openBooks();
  const refuse = ({ line, reason }: { line: number; reason: string }) => {
    throw new Error(`Line ${line} was refused: ${reason}`);
  };
  const places = {
    id: 0,
    aliases: [
      { type: "id", place: 0 },
      { type: "name", place: 1 },
    ],
  } as const;
  const amounts = { total: 4, tax: 5, shipping: 6 };
  readFile(
    files.orders,
    orderRows(books, { ...places, createdAt: 2, currency: 3, ...amounts, paymentMethod: 7, channel: 8 }, refuse),
  );
  readFile(files.transactions, transactionRows(books, { transactionId: 0, at: 1, currency: 2, value: 3 }, refuse));
  return compareYear(books);
}

function compareYear(books: Books): Comparison {
  return compare(books, {
    timeZone: "Europe/Berlin",
    firstDay: "2025-05-01",
    lastDay: "2026-05-01",
    now: "2026-06-01T00:00:00.000Z",
    waitingMs: 0,
    basis: "total",
    tolerance: { absoluteMinor: 0, basisPoints: 0 },
    scheme: null,
    untrackedChannels: ["pos"],
    leavesOutZero: false,
    incompleteDays: [],
    decisions: [],
  });
}

function readFile(file: string, take: (row: ByteRow) => void) {
  const rows = new CsvBytes((row) => row.line > 1 && take(row));
  const handle = openSync(file, "r");
  const piece = new Uint8Array(1 << 20);
  for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) rows.push(piece.subarray(0, read));
  closeSync(handle);
  rows.end();
}

function countsOf({ orders, rows }: Comparison): ShopFiles["expected"] {
  const count = (column: Uint8Array, place: number) => {
    let sum = 0;
    for (const one of column) if (one === place) sum += 1;
    return sum;
  };
  return {
    matched: count(orders.bucket, orderBuckets.indexOf("matched")),
    mismatched: count(orders.bucket, orderBuckets.indexOf("value-mismatch")),
    missing: count(orders.bucket, orderBuckets.indexOf("missing")),
    duplicate: count(rows.bucket, rowBuckets.indexOf("duplicate")),
    unexpected: count(rows.bucket, rowBuckets.indexOf("unexpected")),
  };
}
