/** How a file of a quick audit is read, and what still has to be said of it before it can be. */
import { type ReadingSettings, type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { markTold } from "~/features/reconciliation/records/read-amount";

export const auditSides = ["orders", "transactions"] as const;
export type AuditSide = (typeof auditSides)[number];

/** Kept as JSON. */
export type AuditFileSettings = {
  reading: ReadingSettings;
  columns: string[];
  /** For each column the field it goes to; "" for none. */
  mapping: string[];
  guesses: NonNullable<RunSettings["guesses"]>;
  /** Whose export it is, where its columns are those of a system we know. */
  layout: string | null;
  /** Of amounts whose row names none. */
  currency: string | null;
  decimalMark: "." | "," | null;
  /** Amounts as `1,234`, of which the file does not tell whether they are thousands. */
  isMarkOpen: boolean;
  /** The system is known by its columns, or somebody has looked at them. */
  isSettled: boolean;
};

const amountFields: Readonly<Record<AuditSide, readonly string[]>> = {
  orders: ["total", "tax", "shipping", "discount", "giftCard", "refunded"],
  transactions: ["value"],
};

/** Fields of which one has to have a column, with what is missing without. */
const needs: Readonly<Record<AuditSide, readonly { fields: readonly string[]; reason: string }[]>> = {
  orders: [
    {
      fields: ["id", "number", "orderNumber", "orderKey", "confirmation"],
      reason: "Choose which column holds the order number, or another ID of the order.",
    },
    { fields: ["placedAt"], reason: "Choose which column says when it was ordered." },
    { fields: ["total"], reason: "Choose which column says what the order comes to." },
  ],
  transactions: [
    { fields: ["transactionId"], reason: "Choose which column holds the transaction ID." },
    { fields: ["day", "at"], reason: "Choose which column says on which day or at what time it was tracked." },
    { fields: ["value"], reason: "Choose which column says the value that was tracked." },
  ],
};

export interface Lacks {
  /** Sentences. */
  columns: string[];
  currency: boolean;
  decimalMark: boolean;
}

export function lacksOf(side: AuditSide, settings: AuditFileSettings): Lacks {
  const { mapping, currency, decimalMark, isMarkOpen } = settings;
  return {
    columns: needs[side].flatMap(({ fields, reason }) => (mapping.some((id) => fields.includes(id)) ? [] : [reason])),
    currency: !mapping.includes("currency") && currency === null,
    decimalMark: isMarkOpen && decimalMark === null,
  };
}

/** Whether it can be read as it stands, without asking anybody. */
export function isReady(side: AuditSide, settings: AuditFileSettings): boolean {
  const { columns, currency, decimalMark } = lacksOf(side, settings);
  return settings.isSettled && columns.length === 0 && !currency && !decimalMark;
}

/** What stands before the decimals in the columns that hold amounts, as far as these tell it. */
export function marksIn(side: AuditSide, mapping: readonly string[], rows: readonly { cells: readonly string[] }[]) {
  const places = mapping.flatMap((field, place) => (amountFields[side].includes(field) ? [place] : []));
  const told = new Set(rows.flatMap(({ cells }) => places.map((place) => markTold(cells[place] ?? ""))));
  const marks = ([".", ","] as const).filter((mark) => told.has(mark));
  const [mark] = marks;
  // Where it says both, neither holds for all of it: what could be either is refused with its row.
  return { decimalMark: mark && marks.length === 1 ? mark : null, isMarkOpen: told.has("open") && marks.length === 0 };
}
