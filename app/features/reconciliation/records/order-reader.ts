/** From a row of a file, or the cells of a connector's record, to an order. */
import { type MappedRow, type ReaderSettings, type Refusal, type RowReader } from "~/features/pipeline/subject";
import { type CanonicalRecord, type Facts } from "~/features/reconciliation/records/record-kind";
import { readStanding } from "~/features/reconciliation/records/read-standing";
import { readTime, type ReadTime } from "~/features/reconciliation/records/read-time";
import { DAMAGED_ID, DAY_ONLY, LOCAL_TIME } from "~/features/reconciliation/records/remarks";
import {
  amountOf,
  amountRefusals,
  cellOf,
  countOf,
  currencyOf,
  currencyRefusals,
  isDamaged,
  lengthRefusals,
  missing,
  refused,
  shortened,
  textOf,
} from "~/features/reconciliation/records/row-texts";

/** By what an order may be tracked: the field, then its column. */
const aliases = {
  number: "number",
  orderNumber: "order_number",
  orderKey: "order_key",
  confirmation: "confirmation",
  checkoutToken: "checkout_token",
  cartToken: "cart_token",
  paymentRef: "payment_ref",
} as const;

const amounts = {
  total: "total_minor",
  tax: "tax_minor",
  shipping: "shipping_minor",
  discount: "discount_minor",
  giftCard: "gift_card_minor",
  refunded: "refunded_minor",
} as const;

/** The first that a row says is its name, where no connector says it. */
const names = ["id", "number", "orderNumber", "orderKey", "confirmation"] as const;

export function orderReader(settings: ReaderSettings): RowReader<CanonicalRecord> {
  return {
    validate: (row) => (isFurtherLine(row, settings) ? [] : refusalsOf(row, settings)),
    normalise: (row) => orderOf(row, settings),
    dateOf: (row, field) => (field === "placedAt" ? (timeOf(row, settings)?.instant.slice(0, 10) ?? null) : null),
  };
}

/** Shopify writes an order of several articles as several rows, of which only the first says what the order comes to. */
function isFurtherLine(row: MappedRow, { mapping }: ReaderSettings): boolean {
  const amount = ["total", "currency"];
  // Where no column goes to them, they are missing.
  if (mapping && !amount.every((field) => mapping.includes(field))) return false;
  return nameOf(row) !== null && amount.every((field) => cellOf(row, field) === null);
}

function refusalsOf(row: MappedRow, settings: ReaderSettings): Refusal[] {
  return [
    ...nameRefusals(row),
    ...timeRefusals(row, settings),
    ...currencyRefusals(row),
    ...(cellOf(row, "total") ? [] : [missing("no-total", "The row does not say what the order comes to.")]),
    ...amountRefusals(row, Object.keys(amounts), { settings }),
    ...standingRefusals(row),
    ...lineRefusals(row),
    ...lengthRefusals(row, ["id", ...Object.keys(aliases), "paymentMethod", "channel", "shop"]),
  ];
}

/** Whether a connector knows its name is not seen here: without any alias an order cannot be tracked either. */
function nameRefusals(row: MappedRow): Refusal[] {
  if (nameOf(row) !== null) return [];
  const damaged = names.flatMap((field) => cellOf(row, field) ?? [])[0];
  if (!damaged)
    return [missing("no-id", "The row has no order number and no other ID, so the order cannot be known again.")];
  const reason = `A spreadsheet has made “${shortened(damaged.text)}” of this ID; what it was cannot be known. Export the file anew, or open it with this column as text.`;
  return [refused(damaged, "damaged-id", reason)];
}

function nameOf(row: MappedRow): string | null {
  for (const field of names) {
    const text = idOf(row, field);
    if (text !== null) return text;
  }
  return null;
}

/** What a spreadsheet has damaged is no ID any more. */
function idOf(row: MappedRow, field: string): string | null {
  const text = textOf(row, field);
  return text === null || isDamaged(text) ? null : text;
}

function timeOf(row: MappedRow, { timeZone = "UTC" }: ReaderSettings): ReadTime | null {
  const text = textOf(row, "placedAt");
  return text === null ? null : readTime(text, timeZone);
}

function timeRefusals(row: MappedRow, settings: ReaderSettings): Refusal[] {
  const cell = cellOf(row, "placedAt");
  if (cell === null) return [missing("no-time", "The row does not say when it was ordered.")];
  if (timeOf(row, settings)) return [];
  const reason = `“${shortened(cell.text)}” is no time that can be read in one way only. Write it like 2026-03-29 14:05:00 +0200.`;
  return [refused(cell, "unreadable-time", reason)];
}

function standingRefusals(row: MappedRow): Refusal[] {
  const cell = cellOf(row, "standing");
  if (cell === null || readStanding(cell.text) !== null) return [];
  const reason = `“${shortened(cell.text)}” does not say whether it was a sale. Write sale, test, not-paid or cancelled-before-capture, or leave the column out.`;
  return [refused(cell, "unknown-standing", reason)];
}

function lineRefusals(row: MappedRow): Refusal[] {
  const cell = cellOf(row, "lines");
  if (cell === null || countOf(cell.text) !== null) return [];
  return [refused(cell, "not-a-count", `“${shortened(cell.text)}” is no number of lines.`)];
}

function orderOf(row: MappedRow, settings: ReaderSettings): CanonicalRecord {
  const time = timeOf(row, settings);
  const further = isFurtherLine(row, settings);
  const said: Facts = {
    ...Object.fromEntries(Object.entries(aliases).map(([field, column]) => [column, idOf(row, field)])),
    ...{ placed_at: time?.instant ?? null, currency: currencyOf(row) },
    ...amountsOf(row, settings),
    ...{ line_count: linesOf(row), payment_method: textOf(row, "paymentMethod"), channel: textOf(row, "channel") },
    standing: further ? null : standingOf(row),
  };
  const facts = whatIsSaid(said);
  const shop = textOf(row, "shop");
  return { name: nameOf(row) ?? "", shop, facts, isFurtherLine: further, remarks: remarksOf(row, time) };
}

function amountsOf(row: MappedRow, settings: ReaderSettings): Facts {
  const said = Object.entries(amounts).map(([field, column]): [string, string | null] => {
    const amount = amountOf(row, field, { settings });
    return [column, amount?.ok ? String(amount.minor) : null];
  });
  return Object.fromEntries(said);
}

function linesOf(row: MappedRow): number | null {
  const text = textOf(row, "lines");
  return text === null ? null : countOf(text);
}

/** Where nothing is said of it, it was one. */
function standingOf(row: MappedRow): string | null {
  return readStanding(textOf(row, "standing") ?? "sale");
}

function remarksOf(row: MappedRow, time: ReadTime | null): string[] {
  const isSaid: [string, boolean][] = [
    [DAMAGED_ID, ["id", ...Object.keys(aliases)].some((field) => isDamaged(textOf(row, field) ?? ""))],
    [LOCAL_TIME, time?.isLocal === true],
    [DAY_ONLY, time?.isDayOnly === true],
  ];
  return isSaid.flatMap(([name, is]) => (is ? [name] : []));
}

function whatIsSaid(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
}
