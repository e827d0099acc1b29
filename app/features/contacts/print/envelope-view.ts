import { type EnvelopeId, envelopeFormats, type LabelId, labelFormats } from "~/features/contacts/print/post-formats";

/** What is printed of an address, as the page's own address says it. */
export interface EnvelopeView {
  /** Which of the contact's addresses, from 0. */
  address: number;
  format: { kind: "envelope"; id: EnvelopeId } | { kind: "label"; id: LabelId };
  /** The firm's name in the corner of an envelope. */
  sender: boolean;
  /** The first label that is still on the sheet, and how many are printed from there. */
  row: number;
  column: number;
  copies: number;
}

export interface EnvelopeDefaults {
  /** How many addresses there are. */
  addresses: number;
  /** ISO 3166-1 alpha-2: what envelopes are usual. */
  country: string;
}

/** What it does not understand it replaces by what is usual. */
export function readEnvelopeView(params: URLSearchParams, { addresses, country }: EnvelopeDefaults): EnvelopeView {
  const format = formatOf(params.get("format"), country);
  const { rows, columns } = format.kind === "label" ? labelFormats[format.id] : { rows: 1, columns: 1 };
  const row = counted(params.get("row"), rows);
  const column = counted(params.get("column"), columns);
  const left = rows * columns - ((row - 1) * columns + column - 1);
  return {
    address: counted(params.get("address"), Math.max(1, addresses)) - 1,
    format,
    sender: params.get("sender") === "yes",
    row,
    column,
    copies: counted(params.get("copies"), left),
  };
}

function formatOf(text: string | null, country: string): EnvelopeView["format"] {
  if (text !== null && Object.hasOwn(labelFormats, text)) return { kind: "label", id: text as LabelId };
  if (text !== null && Object.hasOwn(envelopeFormats, text)) return { kind: "envelope", id: text as EnvelopeId };
  return { kind: "envelope", id: country === "US" || country === "CA" ? "us10" : "dl" };
}

/** From 1 to `most`. */
function counted(text: string | null, most: number): number {
  const count = /^\d{1,4}$/.test(text ?? "") ? Number(text) : 1;
  return Math.min(Math.max(1, count), most);
}

/** The query string for the PDF of what the page shows. */
export function envelopeQuery({ address, format, sender, row, column, copies }: EnvelopeView): string {
  const params = new URLSearchParams({ address: String(address + 1), format: format.id });
  if (format.kind === "envelope" && sender) params.set("sender", "yes");
  if (format.kind === "label") {
    for (const [name, value] of Object.entries({ row, column, copies })) params.set(name, String(value));
  }
  return `?${params}`;
}
