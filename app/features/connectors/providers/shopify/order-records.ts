/** An order as Shopify tells it, as a record with nothing but the chosen fields. */
import { type Json, type JsonObject, type SourceRecord, Trouble } from "~/features/connectors/connector";
import { namesOf } from "~/features/connectors/providers/shopify/order-fields";

const ORDER = /^gid:\/\/shopify\/Order\/\d+$/;

/** @throws Trouble where it is no order */
export function toRecord(order: JsonObject, fields: readonly string[]): SourceRecord {
  const { id, updatedAt } = order;
  if (typeof id !== "string" || !ORDER.test(id)) {
    throw new Trouble("Shopify sent an order without its id. Nothing of that page was stored.");
  }
  const changedAt = typeof updatedAt === "string" ? updatedAt : null;
  const pairs = fields.map((field) => [field, valueOf(order, field)] as const);
  return { id, payload: Object.fromEntries(pairs.filter(hasValue)), changedAt };
}

/** Under one name as it is; of several a field of its own parts. */
function valueOf(order: JsonObject, field: string): Json | undefined {
  const names = namesOf(field);
  const [only = ""] = names;
  if (names.length === 1) return order[only];
  const parts = names.map((name) => [name, order[name]] as const).filter(hasValue);
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

function hasValue(pair: readonly [string, Json | undefined]): pair is readonly [string, Json] {
  const [, value] = pair;
  return value !== undefined && value !== null && value !== "";
}
