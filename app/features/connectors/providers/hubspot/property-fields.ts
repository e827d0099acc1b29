/** The properties of a HubSpot account as fields to choose from, in HubSpot's own groups. */
import { type Property } from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { type SourceField } from "~/features/connectors/connector";
import { type HubSpotApi } from "~/features/connectors/providers/hubspot/hubspot-api";
import { COMPANIES_FIELD, type Kind, kindOf } from "~/features/connectors/providers/hubspot/kinds";

export async function fieldsOf(api: HubSpotApi, streamId: string): Promise<SourceField[]> {
  const kind = kindOf(streamId);
  const [properties, groups] = [await api.properties(streamId), await api.groups(streamId)];
  const fields = properties
    .filter((property) => isOffered(property, kind))
    .map((property) => toField(property, kind, groups.get(property.groupName) ?? property.groupName));
  return streamId === "contacts" ? [...fields, companiesField] : fields;
}

/** Hidden ones are HubSpot's own bookkeeping, but for further emails. */
function isOffered({ name, hidden, archived }: Property, { goesTo }: Kind): boolean {
  return !archived && (!hidden || name in goesTo);
}

function toField({ name, label }: Property, { goesTo, noted, always }: Kind, group: string): SourceField {
  const field = goesTo[name] ?? (name in noted ? "notes" : undefined);
  return {
    ...{ id: name, label: label || name, group, usual: name in goesTo },
    ...(always.includes(name) ? { always: true } : {}),
    columns: [{ id: name, label: label || name, ...(field === undefined ? {} : { goesTo: field }) }],
  };
}

const companiesField: SourceField = {
  id: COMPANIES_FIELD,
  label: "Companies that they belong to",
  group: "Companies",
  usual: true,
  columns: [],
};
