/** Objects of the CRM as records: with what was merged into them, which is nowhere else any more. */
import { type JsonObject, type Link, OutOfOrder, type SourceRecord } from "~/features/connectors/connector";
import { type CrmObject, type HubSpotApi } from "~/features/connectors/providers/hubspot/hubspot-api";
import { COMPANIES_FIELD, type Kind } from "~/features/connectors/providers/hubspot/kinds";

/** Read of every record, whatever was chosen: they tell when it changed and what was merged into it. */
const bookkeeping = ["hs_object_id", "hs_merged_object_ids", "hs_all_contact_vids"];

/** In the order of the alphabet. */
export function propertiesFor({ modified }: Kind, fields: readonly string[]): string[] {
  const chosen = fields.filter((field) => field !== COMPANIES_FIELD);
  return [...new Set([...chosen, ...bookkeeping, modified])].sort();
}

export interface Choice {
  kind: Kind;
  fields: readonly string[];
}

export function wantsCompanies({ kind, fields }: Choice): boolean {
  return kind.stream.id === "contacts" && fields.includes(COMPANIES_FIELD);
}

/** @param isListed a list brings the companies along, a search does not */
export async function recordsOf(
  api: HubSpotApi,
  objects: readonly CrmObject[],
  { isListed, ...choice }: Choice & { isListed: boolean },
): Promise<SourceRecord[]> {
  const companies = new Map(isListed ? objects.map((object) => [object.id, companiesListed(object)]) : []);
  const open = objects.filter(({ id }) => !companies.get(id)).map(({ id }) => id);
  const asked = wantsCompanies(choice) && open.length > 0 ? await api.companiesOf(open) : new Map<string, string[]>();
  return objects.flatMap((object) => [
    toRecord(object, companies.get(object.id) ?? asked.get(object.id) ?? [], choice),
    ...mergedInto(object).map((id): SourceRecord => ({ id, gone: "merged", into: object.id })),
  ]);
}

/** Null: there are more of them than a list names. */
function companiesListed(object: CrmObject): string[] | null {
  const listed = "associations" in object ? object.associations?.companies : undefined;
  return listed?.paging?.next ? null : (listed?.results.map(({ id }) => id) ?? []);
}

function toRecord(object: CrmObject, companies: readonly string[], { kind, fields }: Choice): SourceRecord {
  const properties = object.properties ?? {};
  if (!object.id) throw new OutOfOrder("HubSpot sent a record without an id.");
  const chosen: [string, JsonObject[string]][] = [];
  for (const field of [...fields].sort()) {
    const value = properties[field];
    if (field === COMPANIES_FIELD && companies.length > 0) chosen.push([field, inOrder(companies)]);
    else if (value) chosen.push([field, value]);
  }
  return { id: object.id, payload: Object.fromEntries(chosen), changedAt: instantOf(properties[kind.modified]) };
}

/** Each once: a list names a company for each type of association. */
function inOrder(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort((a, b) => Number(a) - Number(b));
}

export function instantOf(text: string | null | undefined): string | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Contacts merged long ago are only among all the numbers that a contact has had. */
function mergedInto({ id, properties }: CrmObject): string[] {
  const lists = [properties?.hs_merged_object_ids, properties?.hs_all_contact_vids];
  const ids = lists.flatMap((list) => list?.split(";").map((each) => each.trim()) ?? []);
  return [...new Set(ids)].filter((each) => /^\d+$/.test(each) && each !== id);
}

export function linksOf(payload: JsonObject): Link[] {
  const ids = payload[COMPANIES_FIELD];
  if (!Array.isArray(ids)) return [];
  return ids.map((id: unknown) => ({ type: "works-for", streamId: "companies", id: String(id) }));
}
