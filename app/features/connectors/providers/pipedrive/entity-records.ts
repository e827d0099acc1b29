/** What a list of Pipedrive's says of somebody, as a record with nothing but the chosen fields. */
import { type Json, type JsonObject, type Link, type SourceRecord, Trouble } from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import {
  customId,
  customIn,
  type Options,
  ORGANISATION,
} from "~/features/connectors/providers/pipedrive/entity-fields";

interface Chosen {
  fields: readonly string[];
  options: Options;
}

export function toRecord(entry: JsonObject, { fields, options }: Chosen): SourceRecord {
  if (typeof entry.id !== "number" && typeof entry.id !== "string") {
    throw new Trouble("Pipedrive sent somebody without a number. Nothing of that page was stored.");
  }
  const id = String(entry.id);
  if (entry.is_deleted === true) return { id, gone: "deleted" };
  const changedAt = typeof entry.update_time === "string" ? entry.update_time : null;
  const pairs = [
    ...fields.flatMap((field) => (field === "name" ? nameOf(entry) : [[field, entry[field]] as const])),
    ...customIn(fields).map((code) => [customId(code), customOf(entry, code, options)] as const),
  ];
  return { id, payload: Object.fromEntries(pairs.filter(hasValue)), changedAt };
}

function hasValue(pair: readonly [string, Json | undefined]): pair is readonly [string, Json] {
  return pair[1] !== undefined && pair[1] !== null && pair[1] !== "";
}

/** The parts belong to the field of the name, so that they go with it. */
function nameOf({ name, first_name, last_name }: JsonObject): [string, Json][] {
  return [["name", { name: name ?? null, first: first_name ?? null, last: last_name ?? null }]];
}

function customOf({ custom_fields: custom }: JsonObject, code: string, options: Options): Json | undefined {
  const value = isObject(custom) ? custom[code] : undefined;
  const labels = options.get(code);
  if (!labels || labels.size === 0 || value === undefined) return value;
  const named = (one: Json) => labels.get(String(one)) ?? one;
  return Array.isArray(value) ? value.map(named) : named(value);
}

export function linksOf(payload: JsonObject): Link[] {
  const id = payload[ORGANISATION];
  const isThere = typeof id === "number" || (typeof id === "string" && id !== "");
  return isThere ? [{ type: "works-for", streamId: "organizations", id: String(id) }] : [];
}
