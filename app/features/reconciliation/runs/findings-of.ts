/** What of a comparison is kept line by line: all that is not plainly matched. */
import { type Comparison } from "~/features/reconciliation/compare/compare";
import { orderFinding, rowFinding } from "~/features/reconciliation/compare/findings";
import { agreements, codesOf, exclusions, orderBuckets, rowBuckets } from "~/features/reconciliation/compare/outcomes";
import { keyTypes } from "~/features/reconciliation/compare/pair-rows";
import { type GapReason, type Gaps } from "~/features/reconciliation/gaps/explain-gaps";
import { type NewFinding } from "~/features/reconciliation/runs/open-comparison.server";
import { toJson } from "~/platform/db/json.server";

const bucket = codesOf(orderBuckets);
const byHand = keyTypes.indexOf("decision");
const exact = codesOf(agreements).exact;
const outside = codesOf(exclusions)["outside-window"];
const primary = codesOf(rowBuckets).primary;

/** Orders first, each side in the order of its books. Orders outside the window were read to explain rows: they are none. */
export function* findingsOf(comparison: Comparison, gaps: Gaps): Generator<NewFinding> {
  const why = reasonsByOrder(comparison, gaps);
  const alike = {
    rowOf: new Map(comparison.lookAlikes.map(({ order, row }) => [order, row])),
    orderOf: new Map(comparison.lookAlikes.map(({ order, row }) => [row, order])),
  };
  const { orders, transactions } = comparison.books;
  for (let order = 0; order < orders.length; order++) {
    if (isPlain(comparison, order)) continue;
    const row = alike.rowOf.get(order);
    const lookAlike = row === undefined ? null : transactions.ids.text(row);
    yield orderLine(comparison, order, { missing: why(order), lookAlike });
  }
  for (let row = 0; row < transactions.length; row++) {
    if (comparison.rows.bucket[row] === primary) continue;
    const order = alike.orderOf.get(row);
    yield rowLine(comparison, row, order === undefined ? null : orders.ids.text(order));
  }
}

/** To the last minor unit, by its id. */
function isPlain({ eligibility, hits, orders, pairs }: Comparison, order: number): boolean {
  if (eligibility.exclusion[order] === outside) return true;
  if (orders.bucket[order] !== bucket.matched || orders.agreement[order] !== exact) return false;
  return pairs.keyType[hits.primary[order]!] !== byHand;
}

function reasonsByOrder({ books }: Comparison, { reasons }: Gaps): (order: number) => GapReason["kind"] | "" {
  const places = new Uint16Array(books.orders.length);
  for (const [place, { orders }] of reasons.entries()) for (const order of orders) places[order] = place + 1;
  return (order) => reasons[places[order]! - 1]?.reason.kind ?? "";
}

function orderLine(
  comparison: Comparison,
  order: number,
  { missing, lookAlike }: { missing: string; lookAlike: string | null },
): NewFinding {
  const { books, hits } = comparison;
  const found = orderFinding(comparison, order);
  const { facts } = books.orders;
  const row = hits.primary[order]!;
  const causes = [found.exclusion, found.cause].filter((word) => word !== "none");
  return {
    ...{ side: "order", bucket: found.bucket, day: found.day, at: new Date(facts.createdMs[order]!).toISOString() },
    ...{ order_key: found.id, row_id: found.rowId, look_alike: lookAlike },
    key_type: found.keyType === "none" ? null : found.keyType,
    ...{
      payment_method: books.methods.text(facts.method[order]!),
      channel: books.channels.text(facts.channel[order]!),
    },
    cause: causes[0] ?? (found.bucket === "missing" ? missing : ""),
    ...{ currency: found.currency, amount_minor: found.amountMinor },
    ...trackedOf(comparison, row),
    ...{ duplicates: found.duplicates, late_minutes: found.lateMinutes, flags: namesOf(found.flags) },
  };
}

function trackedOf({ books }: Comparison, row: number) {
  if (row < 0) return { tracked_currency: null, tracked_minor: null };
  const { currency, value } = books.transactions.facts;
  return { tracked_currency: books.currencies.text(currency[row]!), tracked_minor: BigInt(value[row]!) };
}

function rowLine(comparison: Comparison, row: number, lookAlike: string | null): NewFinding {
  const { books, pairs } = comparison;
  const found = rowFinding(comparison, row);
  const { facts } = books.transactions;
  const order = pairs.order[row]!;
  const { method, channel } = books.orders.facts;
  return {
    ...{ side: "row", bucket: found.bucket, day: found.day },
    at: facts.isTimed[row] ? new Date(facts.atMs[row]!).toISOString() : null,
    ...{ order_key: found.orderId, row_id: found.id, look_alike: lookAlike },
    key_type: found.keyType === "none" ? null : found.keyType,
    payment_method: order < 0 ? "" : books.methods.text(method[order]!),
    channel: order < 0 ? "" : books.channels.text(channel[order]!),
    ...{ cause: "", currency: found.currency, amount_minor: found.valueMinor },
    ...{ tracked_currency: null, tracked_minor: null, duplicates: 0, late_minutes: null, flags: namesOf(found.flags) },
  };
}

function namesOf(flags: Readonly<Record<string, boolean>>): string | null {
  const names = Object.keys(flags).filter((name) => flags[name]);
  return names.length === 0 ? null : toJson(names);
}
