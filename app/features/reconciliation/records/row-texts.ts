/** What readers of orders and of transactions share: texts of a row by field, refusals, currencies and amounts. */
import { type AmountRefusal, readAmount } from "~/features/reconciliation/records/read-amount";
import { normaliseId } from "~/features/reconciliation/ids/normalise-id";
import { type MappedCell, type MappedRow, type ReaderSettings, type Refusal } from "~/features/pipeline/subject";
import { isCurrency } from "~/platform/money";

/** Nobody's order number, and no word for a way of paying, is longer. */
const LONGEST = 255;

export function cellOf(row: MappedRow, field: string): MappedCell | null {
  return row.get(field)?.find(({ text }) => text.trim() !== "") ?? null;
}

export function textOf(row: MappedRow, field: string): string | null {
  return cellOf(row, field)?.text.trim() ?? null;
}

export function refused(cell: MappedCell | null, rule: string, reason: string): Refusal {
  return { column: cell?.column || null, value: cell?.text ?? null, reason, rule };
}

export function missing(rule: string, reason: string): Refusal {
  return refused(null, rule, reason);
}

/** In capitals; null for what is no currency in use. */
export function currencyOf(row: MappedRow): string | null {
  const code = textOf(row, "currency")?.toUpperCase() ?? "";
  return isCurrency(code) ? code : null;
}

export function currencyRefusals(row: MappedRow): Refusal[] {
  if (currencyOf(row) !== null) return [];
  const cell = cellOf(row, "currency");
  if (cell === null) {
    return [
      missing("no-currency", "The row names no currency, and an amount without one is not stored. Say it, like EUR."),
    ];
  }
  const reason = `“${shortened(cell.text)}” is no currency that is in use. Write its code of three letters, like EUR or GBP.`;
  return [refused(cell, "unknown-currency", reason)];
}

interface AmountPlace {
  settings: ReaderSettings;
  rounds?: boolean;
}

/** Null where the row does not say it, or cannot be read: then `amountRefusals` says why. */
export function amountOf(row: MappedRow, field: string, { settings, rounds = false }: AmountPlace) {
  const [text, currency] = [textOf(row, field), currencyOf(row)];
  if (text === null || currency === null) return null;
  return readAmount(text, { currency, decimalMark: settings.decimalMark ?? null, rounds });
}

export function amountRefusals(row: MappedRow, fields: readonly string[], place: AmountPlace): Refusal[] {
  return fields.flatMap((field) => {
    const amount = amountOf(row, field, place);
    if (amount === null || amount.ok) return [];
    const cell = cellOf(row, field);
    return [refused(cell, amount.why, whyNot(amount.why, { text: cell?.text ?? "", currency: currencyOf(row) ?? "" }))];
  });
}

function whyNot(why: AmountRefusal, { text, currency }: { text: string; currency: string }): string {
  const said = `“${shortened(text)}”`;
  switch (why) {
    case "ambiguous-amount":
      return `${said} may be thousands or decimals, and is not guessed. Write it with two decimals, like 1234.00, or without a separator.`;
    case "too-many-decimals":
      return `${said} has more decimals than ${currency} has. Check that amount and currency belong together.`;
    case "too-large":
      return `${said} is more than can be stored exactly. Check that it is an amount.`;
    default:
      return `${said} is no amount. Write a number, like 1234.50.`;
  }
}

export function lengthRefusals(row: MappedRow, fields: readonly string[]): Refusal[] {
  return fields.flatMap((field) => {
    const cell = cellOf(row, field);
    if (cell === null || cell.text.trim().length <= LONGEST) return [];
    return [refused(cell, "too-long", `At most ${LONGEST} characters can stand here. Is the right column chosen?`)];
  });
}

/** A spreadsheet has made a number of it: what it was cannot be known. */
export function isDamaged(text: string): boolean {
  const id = normaliseId(text);
  return !id.ok && id.fault === "spreadsheet-damaged";
}

export function shortened(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed;
}

/** A whole number that counts something; null for all else. */
export function countOf(text: string): number | null {
  const plain = text.trim().replace(/\.0+$/, "");
  return /^\d{1,5}$/.test(plain) ? Number(plain) : null;
}
