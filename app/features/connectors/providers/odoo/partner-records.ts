/** Partners of Odoo as records: with their tags by name, and their further addresses. */
import { type Json, type JsonObject, type Link, type SourceRecord } from "~/features/connectors/connector";
import { isReadable } from "~/features/connectors/providers/odoo/partner-fields";
import { ADDRESSES, PARENT, PARTNERS, TAGS } from "~/features/connectors/providers/odoo/kinds";
import { type OdooApi, type Row } from "~/features/connectors/providers/odoo/odoo-api";

export interface Choice {
  /** Of those chosen, what this Odoo has. */
  fields: readonly string[];
  hasAddresses: boolean;
  /** By number; empty where tags are not read. */
  tags: ReadonlyMap<number, string>;
}

/** Versions have more or fewer fields, whatever was there when they were chosen. */
export async function choiceOf(api: OdooApi, chosen: readonly string[]): Promise<Choice> {
  const known = await api.fields(PARTNERS);
  const fields = chosen.filter((name) => {
    const facts = known.get(name);
    return facts !== undefined && isReadable(name, facts);
  });
  const tags = fields.includes(TAGS) ? await tagNames(api) : new Map<number, string>();
  return { fields, hasAddresses: chosen.includes(ADDRESSES), tags };
}

const TAGS_AT_ONCE = 1_000;

async function tagNames(api: OdooApi): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  for (let behind = 0; ;) {
    const question = { domain: [["id", ">", behind] as const], fields: ["display_name"] };
    const rows = await api.read("res.partner.category", { ...question, order: "id asc", limit: TAGS_AT_ONCE });
    for (const { id, display_name: name } of rows) if (typeof name === "string") names.set(id, name);
    const last = rows.at(-1)?.id ?? behind;
    if (rows.length < TAGS_AT_ONCE || last <= behind) return names;
    behind = last;
  }
}

const addressFields = ["parent_id", "type", "name", "street", "street2", "zip", "city", "state_id", "country_id"];

/** Of each of them, those that say where it is. */
export async function addressesOf(api: OdooApi, ids: readonly number[]): Promise<Map<number, Json[]>> {
  const found = new Map<number, Json[]>();
  if (ids.length === 0) return found;
  const domain = [
    ...["&", ["active", "=", true] as const, "&", ["is_company", "=", false] as const],
    ...["&", ["type", "!=", "contact"] as const, [PARENT, "in", [...ids]] as const],
  ];
  for (const row of await api.read(PARTNERS, { domain, fields: addressFields, order: "id asc" })) {
    const parent = numberOf(row[PARENT]);
    const { id: _id, parent_id: _parent, ...address } = said(row);
    if (parent !== null && (address.street ?? address.city ?? address.zip) !== undefined) {
      found.set(parent, [...(found.get(parent) ?? []), address]);
    }
  }
  return found;
}

/** Odoo says `false` for whatever is empty. */
function said(row: JsonObject): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== false && value !== "" && value !== null),
  );
}

function numberOf(value: Json | undefined): number | null {
  const [id] = Array.isArray(value) ? (value as Json[]) : [];
  return typeof id === "number" ? id : null;
}

export function recordOf(row: Row, choice: Choice, addresses: readonly Json[] = []): SourceRecord {
  const values = said(row);
  const payload: Record<string, Json> = {};
  for (const field of [...choice.fields].sort()) {
    const value = field === TAGS ? tagsOf(values[field], choice.tags) : values[field];
    if (value !== undefined && value !== null) payload[field] = value;
  }
  if (choice.hasAddresses && addresses.length > 0) payload[ADDRESSES] = addresses;
  return { id: String(row.id), payload, changedAt: instantOf(row.write_date) };
}

/** Null: none. */
function tagsOf(ids: Json | undefined, names: ReadonlyMap<number, string>): string[] | null {
  const found = (Array.isArray(ids) ? (ids as Json[]) : []).flatMap((id) => names.get(id as number) ?? []);
  return found.length > 0 ? found.sort() : null;
}

/** "2026-11-22 09:00:00", which is UTC and does not say so. */
export function instantOf(text: Json | undefined): string | null {
  if (typeof text !== "string") return null;
  const time = Date.parse(`${text.slice(0, 19).replace(" ", "T")}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

export function linksOf(payload: JsonObject): Link[] {
  const id = numberOf(payload[PARENT]);
  return id === null ? [] : [{ type: "works-for", streamId: "companies", id: String(id) }];
}
