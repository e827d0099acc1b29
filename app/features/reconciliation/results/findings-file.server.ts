/** Findings as files, all that a filter leaves: plain numbers and dates, for programs and spreadsheets. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type FindingFilter } from "~/features/reconciliation/results/finding-filter";
import { type Found } from "~/features/reconciliation/results/find-result.server";
import { type Finding, type FindingPage, listFindings } from "~/features/reconciliation/results/list-findings.server";
import { namesOf } from "~/features/reconciliation/results/names.server";
import { flagsOf, keyWords, listedWords, whyWords } from "~/features/reconciliation/results/words";
import { moneyDigits } from "~/platform/money";
import { type Scope } from "~/platform/scope.server";
import { fileOf, type TableFile } from "~/platform/table-file.server";
import { type XlsxColumn } from "~/platform/xlsx-writer.server";

export const findingsFileEndings = ["csv", "xlsx", "json"] as const;
export type FindingsFileEnding = (typeof findingsFileEndings)[number];

const PAGE = 1_000;

const text = (heading: string, width = 18): XlsxColumn => ({ heading, width, type: "text" });
const code = (heading: string, width = 22): XlsxColumn => ({ heading, width, type: "code" });
const number = (heading: string): XlsxColumn => ({ heading, width: 14, type: "number" });

const columns: XlsxColumn[] = [
  ...[text("Side", 10), text("Finding"), { heading: "Day", width: 12, type: "date" as const }, text("At", 26)],
  ...[code("Order"), code("Order’s id"), code("Tracked as"), code("Purchase’s id")],
  ...[text("Payment method"), text("Channel", 12), number("Amount"), text("Currency", 10)],
  ...[number("Tracked value"), text("Tracked currency", 16), number("Difference"), text("Why", 34)],
  ...[text("Found by", 24), number("Tracked again"), number("Minutes later"), text("Also", 30)],
];

/** @param result of the run whose findings they are */
export function findingsFile(
  scope: Scope,
  { name, run }: Found,
  filter: FindingFilter,
  ending: FindingsFileEnding,
): TableFile {
  const title = `${name}, ${listedWords(filter).name.toLowerCase()}`;
  const pages = pagesOf(scope, run, filter);
  if (ending !== "json") return fileOf({ name: title, title: "Findings", columns }, cellPages(pages), ending);
  return { name: `${title}.json`, mediaType: "application/json; charset=utf-8", bytes: jsonOf(pages) };
}

type Named = Finding & { order: string | null; purchase: string | null };

async function* pagesOf(scope: Scope, run: Found["run"], filter: FindingFilter): AsyncGenerator<Named[]> {
  let after: string | null = null;
  do {
    // On SQLite nothing here ever waits: others get their turn between pages.
    await nextTurn();
    const page: FindingPage = await listFindings(scope, run.id, filter, { after, limit: PAGE });
    yield await named(scope, run, page.findings);
    after = page.after;
  } while (after !== null);
}

/** A page has a thousand, and SQLite takes that many values in a statement. */
async function named(scope: Scope, { settings }: Found["run"], findings: readonly Finding[]): Promise<Named[]> {
  const names = await namesOf(scope, settings, {
    orderKeys: findings.flatMap(({ order_key }) => order_key ?? []),
    rowIds: findings.flatMap(({ row_id }) => row_id ?? []),
  });
  return findings.map((finding) => ({
    ...finding,
    order: names.orders.get(finding.order_key ?? "") ?? null,
    purchase: names.rows.get(finding.row_id ?? "") ?? null,
  }));
}

async function* cellPages(pages: AsyncGenerator<Named[]>): AsyncGenerator<string[][]> {
  for await (const findings of pages) yield findings.map(cellsOf);
}

function cellsOf(finding: Named): string[] {
  const { side, bucket, amount_minor: minor, currency } = finding;
  return [
    ...[side === "order" ? "Order" : "Purchase", listedWords({ side, bucket }).name, finding.day, finding.at ?? ""],
    ...[finding.order, finding.order_key, finding.purchase, finding.row_id].map((text) => text ?? ""),
    ...[finding.payment_method, finding.channel, moneyDigits({ minor, currency }), currency],
    ...[...trackedCells(finding), whyWords(bucket, finding.cause), keyText(finding.key_type)],
    ...[String(finding.duplicates), finding.late_minutes?.toString() ?? ""],
    flagsOf(finding.flags)
      .map(({ short }) => short)
      .join(", "),
  ];
}

/** The difference only where it is one of one currency. */
function trackedCells({ amount_minor, currency, tracked_minor: minor, tracked_currency: trackedIn }: Named): string[] {
  if (minor === null || trackedIn === null) return ["", "", ""];
  const difference = trackedIn === currency ? moneyDigits({ minor: minor - amount_minor, currency }) : "";
  return [moneyDigits({ minor, currency: trackedIn }), trackedIn, difference];
}

function keyText(keyType: string | null): string {
  const words: Readonly<Record<string, string>> = keyWords;
  return keyType === null ? "" : (words[keyType] ?? keyType);
}

async function* jsonOf(pages: AsyncGenerator<Named[]>): AsyncGenerator<Uint8Array> {
  let before = "[\n";
  for await (const findings of pages) {
    const lines = findings.map(({ position: _, ...finding }) => JSON.stringify(finding, amountsAsText));
    if (lines.length === 0) continue;
    yield Buffer.from(before + lines.join(",\n"));
    before = ",\n";
  }
  yield Buffer.from(before === "[\n" ? "[]\n" : "\n]\n");
}

/** Minor units as text: they may be more than a number of JSON holds. */
function amountsAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
