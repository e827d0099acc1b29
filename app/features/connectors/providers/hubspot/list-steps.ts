/** A page of the list of all records, or of those that were deleted. */
import { type SourceRecord } from "~/features/connectors/connector";
import { type CrmObject, type HubSpotApi } from "~/features/connectors/providers/hubspot/hubspot-api";
import {
  type Choice,
  propertiesFor,
  recordsOf,
  wantsCompanies,
} from "~/features/connectors/providers/hubspot/object-records";
import { type Step } from "~/features/connectors/providers/hubspot/read-objects";

interface ListPlace {
  phase: "list";
  after: string | null;
}

/** Together with the rest it must stay under the 8,000 characters that an address may have. */
const MOST_CHARACTERS = 6_000;

export async function listStep(api: HubSpotApi, choice: Choice, { after }: ListPlace): Promise<Step> {
  const type = choice.kind.stream.id;
  const properties = propertiesFor(choice.kind, choice.fields);
  const isLong = properties.join("&properties=").length > MOST_CHARACTERS;
  const page = await api.list(type, {
    after,
    properties: isLong ? ["hs_object_id"] : properties,
    associations: wantsCompanies(choice) ? ["companies"] : undefined,
  });
  const objects = isLong ? await withProperties(api, page.results, { type, properties }) : page.results;
  const records = await recordsOf(api, objects, { ...choice, isListed: true });
  return {
    records,
    ids: page.results.map(({ id }) => id),
    next: page.after === null ? null : { phase: "list", after: page.after },
  };
}

/** More properties than an address can name are asked for in a second request. Who was deleted in between is left out. */
async function withProperties(
  api: HubSpotApi,
  objects: readonly CrmObject[],
  { type, properties }: { type: string; properties: string[] },
): Promise<CrmObject[]> {
  if (objects.length === 0) return [];
  const read = await api.read(
    type,
    objects.map(({ id }) => id),
    properties,
  );
  const byId = new Map(read.map((object) => [object.id, object.properties]));
  return objects.flatMap((object) => {
    const values = byId.get(object.id);
    return values ? [{ ...object, properties: values }] : [];
  });
}

interface ArchivedPlace {
  phase: "archived";
  after: string | null;
  since: number;
}

/** The list has no order by time: it is gone through, and what was told before is left out. */
export async function archivedStep(api: HubSpotApi, { kind }: Choice, { after, since }: ArchivedPlace): Promise<Step> {
  const page = await api.list(kind.stream.id, { after, properties: ["hs_object_id"], archived: true });
  const records = page.results.flatMap(({ id, archivedAt }): SourceRecord[] => {
    const isTold = archivedAt !== undefined && archivedAt.getTime() < since;
    return isTold ? [] : [{ id, gone: "deleted" }];
  });
  return {
    records,
    ids: page.results.map(({ id }) => id),
    next: page.after === null ? null : { phase: "archived", after: page.after },
  };
}
