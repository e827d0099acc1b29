/** Takes rows of a file of orders into the books: one row for each order. */
import { type Books } from "~/features/reconciliation/columns/books";
import { isTimed, plainTime } from "~/features/reconciliation/files/byte-cells";
import { type ByteRow } from "~/features/reconciliation/files/csv-bytes";
import { type Refuse, type RefusedRow } from "~/features/reconciliation/files/refused-row";
import { closerAmount, Currencies, usualAmount, wordReader } from "~/features/reconciliation/files/row-reader";
import { type Alias } from "~/features/reconciliation/ids/alias-types";
import { readAliasBytes } from "~/features/reconciliation/ids/read-id";

const amounts = ["total", "tax", "shipping", "discount", "giftCard", "refund"] as const;

/** Which column holds what, counted from 0. Every order of a file is a sale. */
export type OrderPlaces = {
  id: number;
  aliases: readonly { type: Alias["type"]; place: number }[];
  createdAt: number;
  currency: number;
  total: number;
  paymentMethod?: number;
  channel?: number;
} & Partial<Record<(typeof amounts)[number], number>>;

export function orderRows(books: Books, places: OrderPlaces, refuse: Refuse): (row: ByteRow) => void {
  const currencies = new Currencies(books.currencies);
  const facts = {
    ...{ createdMs: 0, currency: 0, total: 0, tax: 0, shipping: 0, discount: 0, giftCard: 0, refund: 0 },
    ...{ lines: 1, method: 0, channel: 0, standing: 0 },
  };
  const methods = wordReader(books.methods, places.paymentMethod);
  const channels = wordReader(books.channels, places.channel);
  const given = amounts.flatMap((name) => (places[name] === undefined ? [] : [{ name, place: places[name] }]));
  return (row) => {
    const reason = readFacts(row) ?? readAmounts(row);
    if (reason) return refuse({ line: row.line, reason });
    const { bytes, starts, ends } = row;
    facts.method = methods(row);
    facts.channel = channels(row);
    books.orders.ids.append(bytes, starts[places.id]!, ends[places.id]!);
    books.orders.add(facts);
    for (const { type, place } of places.aliases) {
      if (place < row.cells) readAliasBytes(books, type, bytes, starts[place]!, ends[place]!);
    }
  };

  function readFacts(row: ByteRow): RefusedRow["reason"] | null {
    const { bytes, starts, ends } = row;
    if (places.id >= row.cells || starts[places.id] === ends[places.id]) return "no-id";
    if (places.createdAt >= row.cells) return "no-time";
    const from = starts[places.createdAt]!;
    const to = ends[places.createdAt]!;
    facts.createdMs = isTimed(from, to) ? plainTime(bytes, from, to) : Number.NaN;
    if (Number.isNaN(facts.createdMs)) return "no-time";
    facts.currency = currencies.number(row, places.currency);
    return facts.currency < 0 ? "unknown-currency" : null;
  }

  function readAmounts(row: ByteRow): RefusedRow["reason"] | null {
    const exponent = currencies.exponent(facts.currency);
    for (const { name, place } of given) {
      facts[name] = usualAmount(row, place, exponent);
      if (!Number.isNaN(facts[name])) continue;
      const amount = isBlank(row, place) && name !== "total" ? noAmount : closerAmount(row, place, exponent);
      if ("refused" in amount) return amount.refused;
      if (amount.isRounded) return "too-many-decimals";
      facts[name] = amount.minor;
    }
    return null;
  }
}

const noAmount = { minor: 0, isRounded: false };

function isBlank({ starts, ends, cells }: ByteRow, cell: number): boolean {
  return cell >= cells || starts[cell] === ends[cell];
}
