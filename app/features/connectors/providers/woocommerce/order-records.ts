/** What a shop's list says of an order, as a record with nothing but the chosen fields. */
import { type Json, type JsonObject, type SourceRecord, Trouble } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";

export function toRecord(entry: JsonObject, fields: readonly string[]): SourceRecord {
  const id = idOf(entry);
  if (entry.status === "trash") return { id, gone: "deleted" };
  const pairs = fields.map((field) => [field, (parts[field] ?? plain(field))(entry)] as const);
  const payload = Object.fromEntries(pairs.filter(hasValue));
  return { id, payload, changedAt: instantOf(entry.date_modified_gmt) };
}

function idOf({ id }: JsonObject): string {
  if (typeof id === "number" || (typeof id === "string" && id !== "")) return String(id);
  throw new Trouble("The shop sent an order without an id. Nothing of that page was stored.");
}

/** Its times in GMT have no letter for the zone. Null: it does not say. */
export function instantOf(value: Json | undefined): string | null {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value)) return null;
  const at = Date.parse(`${value}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

type Part = (entry: JsonObject) => Json | undefined;

const plain =
  (name: string): Part =>
  (entry) =>
    entry[name];

const parts: Readonly<Record<string, Part>> = {
  placed: ({ date_created_gmt: at }) => instantOf(at),
  total: ({ total, currency }) => ({ total: total ?? null, currency: currency ?? null }),
  refunds: ({ refunds }) => listOf(refunds).map(({ id, total }) => ({ id: id ?? null, total: total ?? null })),
  line_items: ({ line_items: lines }) => listOf(lines).length,
  payment_method: ({ payment_method: code, payment_method_title: title }) => ({
    code: code ?? null,
    title: title ?? null,
  }),
  status: ({ status, date_paid_gmt: paid, meta_data: more }) => ({
    status: status ?? null,
    paid: instantOf(paid),
    mode: modeIn(listOf(more)),
  }),
};

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

/** Where WooPayments and PayPal Payments say whether money moved: an order itself does not tell that it was a test. */
const modeKeys: ReadonlySet<Json | undefined> = new Set(["_wcpay_mode", "_ppcp_paypal_payment_mode"]);

function modeIn(more: readonly JsonObject[]): string | null {
  const found = more.find(({ key }) => modeKeys.has(key))?.value;
  return typeof found === "string" && found !== "" ? found : null;
}

function hasValue(pair: readonly [string, Json | undefined]): pair is readonly [string, Json] {
  const [, value] = pair;
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
