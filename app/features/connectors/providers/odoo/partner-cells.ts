/** Fields of Odoo's partners as cells: each under its own name. */
import { type Json, type JsonObject } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { plainText } from "~/features/connectors/reading/plain-text";
import { ADDRESSES, kindOf, TAGS } from "~/features/connectors/providers/odoo/kinds";
import { addressColumn, addressParts, MOST_ADDRESSES } from "~/features/connectors/providers/odoo/partner-fields";

export function cellsOf(streamId: string, payload: JsonObject): ReadonlyMap<string, string> {
  const { noted } = kindOf(streamId);
  const cells = new Map<string, string>();
  const put = (id: string, text: string) => void (text === "" ? null : cells.set(id, text));
  for (const [name, value] of Object.entries(payload)) {
    if (name === ADDRESSES) continue;
    const text = textOf(name, value ?? null);
    put(name, name in noted && text !== "" ? `${noted[name]}: ${text}` : text);
  }
  addressesIn(payload).forEach((address, index) => {
    for (const [part] of addressParts) put(addressColumn(index + 1, part), addressText(part, address));
  });
  return cells;
}

function addressesIn(payload: JsonObject): JsonObject[] {
  const addresses = payload[ADDRESSES];
  return (Array.isArray(addresses) ? (addresses as Json[]) : []).filter(isObject).slice(0, MOST_ADDRESSES);
}

const labels: Readonly<Record<string, string>> = { invoice: "Invoices", delivery: "Deliveries", other: "Other" };

function addressText(part: string, address: JsonObject): string {
  if (part === "label") return labels[String(address.type)] ?? "";
  return textOf(part, address[part] ?? null);
}

/** Between tags, and behind one that is alone, so that a comma in it parts nothing. */
const BETWEEN = " ::: ";

function listed(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0] + BETWEEN : texts.join(BETWEEN);
}

function textOf(name: string, value: Json): string {
  if (name === TAGS) return Array.isArray(value) ? listed((value as Json[]).map(String)) : "";
  // What another record is called stands beside its id.
  if (Array.isArray(value)) return nameOf(name, (value as Json[])[1] ?? null);
  if (typeof value === "string") return name === "comment" ? plainText(value) : value.trim();
  return typeof value === "number" || value === true ? String(value) : "";
}

/** States are called with their country: "Bavaria (DE)". */
function nameOf(field: string, name: Json): string {
  if (typeof name !== "string") return "";
  return field === "state_id" ? name.replace(/\s*\([A-Z]{2}\)$/, "") : name;
}
