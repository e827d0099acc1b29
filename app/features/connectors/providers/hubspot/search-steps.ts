/** A page of what has changed since a time, found by searching. */
import { type FilterOperatorEnum, type SimplePublicObject } from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { Trouble } from "~/features/connectors/connector";
import { type HubSpotApi, SEARCH_SIZE } from "~/features/connectors/providers/hubspot/hubspot-api";
import { type Choice, propertiesFor, recordsOf } from "~/features/connectors/providers/hubspot/object-records";
import { type Place, type Step } from "~/features/connectors/providers/hubspot/read-objects";

type PlaceOf<Phase> = Extract<Place, { phase: Phase }>;

/** As HubSpot calls them; the client's own names for them would have to be loaded. */
const filter = (propertyName: string, operator: "EQ" | "GT" | "GTE", value: string) => ({
  ...{ propertyName, value },
  operator: operator as FilterOperatorEnum,
});

type Filter = ReturnType<typeof filter>;

interface Found {
  results: SimplePublicObject[];
  isLast: boolean;
}

/** HubSpot goes no further than this into what a search has found. */
const MOST_RESULTS = 10_000;

/**
 * Only what is found counts, not how many HubSpot says there are: some that it counts are not to be had yet, so that a
 * page may be empty with others behind it.
 */
async function searched(api: HubSpotApi, choice: Choice, filters: Filter[], sort: string): Promise<Found> {
  const properties = propertiesFor(choice.kind, choice.fields);
  for (let after = 0; ;) {
    const page = await api.search(choice.kind.stream.id, {
      ...{ filterGroups: [{ filters }], sorts: [sort], properties, limit: SEARCH_SIZE },
      ...(after > 0 ? { after: String(after) } : {}),
    });
    const next = Number(page.after ?? 0);
    if (page.results.length > 0 || next <= after || next + SEARCH_SIZE > MOST_RESULTS) {
      return { results: page.results, isLast: next <= after };
    }
    after = next;
  }
}

/** By the property that was searched by. */
function changedAt({ kind }: Choice, { properties }: SimplePublicObject): number {
  return Date.parse(properties[kind.modified] ?? "");
}

function beside(): Trouble {
  return new Trouble(
    "HubSpot gives other records than it was asked for, so that reading them would never end. Nothing was deleted. Try again later; if it stays so, tell HubSpot.",
  );
}

export async function searchStep(api: HubSpotApi, choice: Choice, { from, seen }: PlaceOf<"search">): Promise<Step> {
  const { modified } = choice.kind;
  const { results, isLast } = await searched(api, choice, [filter(modified, "GTE", String(from))], modified);
  if (results.some((object) => !(changedAt(choice, object) >= from))) throw beside();
  const page = { records: await fresh(api, choice, results, seen), ids: results.map(({ id }) => id) };
  const last = results.at(-1);
  if (isLast || last === undefined) return { ...page, next: null };
  const until = changedAt(choice, last);
  // A page of one instant: it may hold more than can be told apart by time.
  if (until === from) return { ...page, next: { phase: "tie", at: from, behind: "0", seen: idsOf(results, seen) } };
  const atEnd = results.filter((object) => changedAt(choice, object) === until);
  return { ...page, next: { phase: "search", from: until, seen: idsOf(atEnd, []) } };
}

/** In the order of their ids; what comes after that instant is searched for by time again. */
export async function tieStep(api: HubSpotApi, choice: Choice, { at, behind, seen }: PlaceOf<"tie">): Promise<Step> {
  const filters = [filter(choice.kind.modified, "EQ", String(at)), filter("hs_object_id", "GT", behind)];
  const { results, isLast } = await searched(api, choice, filters, "hs_object_id");
  if (results.some((object) => changedAt(choice, object) !== at || Number(object.id) <= Number(behind))) throw beside();
  const page = { records: await fresh(api, choice, results, seen), ids: results.map(({ id }) => id) };
  const last = results.at(-1);
  if (isLast || last === undefined) return { ...page, next: { phase: "search", from: at + 1, seen: [] } };
  return { ...page, next: { phase: "tie", at, behind: last.id, seen } };
}

function fresh(api: HubSpotApi, choice: Choice, results: readonly SimplePublicObject[], seen: readonly string[]) {
  const known = new Set(seen);
  const unseen = results.filter(({ id }) => !known.has(id));
  return recordsOf(api, unseen, { ...choice, isListed: false });
}

function idsOf(objects: readonly SimplePublicObject[], others: readonly string[]): string[] {
  return [...new Set([...others, ...objects.map(({ id }) => id)])];
}
