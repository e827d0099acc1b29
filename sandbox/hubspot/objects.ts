/** Lists of objects, and reading many by their ids. */
import { type Asked, type PageTrouble, type Reply } from "../frame/stand-in";
import { type Known } from "../frame/world";
import { invalid, tooLong } from "./errors";
import { type HubSpotPerson, type Kind, propertiesOf } from "./kinds";

const LONGEST_ADDRESS = 8_000;
const MOST_PER_PAGE = 100;

interface Shown {
  id: string;
  properties: Record<string, string | null>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
}

/** What was asked for, in the order of the alphabet, with what is always there; unknown properties are left out in silence. */
export function shown<Item>(kind: Kind<Item>, known: Known<Item>, asked: readonly string[], isKnown: IsKnown): Shown {
  const values = propertiesOf(kind, known);
  const names = [
    ...(asked.length > 0 ? asked.filter(isKnown) : kind.usual),
    "createdate",
    "hs_object_id",
    kind.modified,
  ];
  const properties = Object.fromEntries([...new Set(names)].sort().map((name) => [name, values[name] || null]));
  return {
    id: kind.idOf(known.key),
    properties,
    createdAt: new Date(known.createdAt).toISOString(),
    updatedAt: new Date(known.changedAt).toISOString(),
    archived: false,
  };
}

/** Whether there is a property of this name. */
export type IsKnown = (name: string) => boolean;

/** Names apart by commas, or one after the other. */
function namesIn(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((names) => names.split(",").filter(Boolean));
}

interface ListPlace {
  /** Behind this number. */
  key: number;
  /** The page has been given out so often before. */
  again: number;
}

function placeOf<Item>(kind: Kind<Item>, after: string | null): ListPlace | null {
  if (after === null) return { key: 0, again: 0 };
  const [, id = "", again = "0"] = /^(\d+)(?:~(\d+))?$/.exec(after) ?? [];
  const key = id === "0" ? 0 : kind.keyOf(id);
  return key === null ? null : { key, again: Number(again) };
}

export function list<Item>(kind: Kind<Item>, asked: Asked, isKnown: IsKnown, trouble: PageTrouble): Reply {
  const { query } = asked;
  if (query.toString().length + asked.path.length > LONGEST_ADDRESS) return tooLong();
  const limit = Number(query.get("limit") ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE)
    return invalid(`Invalid limit: ${query.get("limit")}`);
  const place = placeOf(kind, query.get("after"));
  if (!place) return invalid("The 'after' parameter is not valid.");
  const { keys, isMore } = keysBehind(kind, place.key, limit, query.get("archived") === "true");
  const names = namesIn(query, "properties");
  const associations = new Set(namesIn(query, "associations"));
  const results = keys.map((key) => {
    const known = kind.world.get(key);
    if (!known) return archived(kind, key, names, isKnown);
    return { ...shown(kind, known, names, isKnown), ...(associations.has("companies") ? withCompanies(known) : {}) };
  });
  const after = nextAfter(kind, place, isMore ? keys.at(-1) : undefined, { trouble, asked: query.get("after") });
  return { status: 200, body: { results, ...(after === null ? {} : paging(asked, after)) } };
}

function keysBehind<Item>({ world }: Kind<Item>, behind: number, limit: number, isArchived: boolean) {
  const keys: number[] = [];
  for (const key of isArchived ? archivedKeys(world, behind) : world.keys(behind)) {
    if (keys.length === limit) return { keys, isMore: true };
    keys.push(key);
  }
  return { keys, isMore: false };
}

/** Those that were merged are nowhere any more. */
function archivedKeys<Item>(world: Kind<Item>["world"], behind: number): number[] {
  return world.goneKeys().filter((key) => key > behind && world.gone(key)?.into === null);
}

function archived<Item>(kind: Kind<Item>, key: number, names: readonly string[], isKnown: IsKnown): object {
  const { world } = kind;
  const item = world.since(0).findLast((entry) => entry.key === key)?.before;
  const at = world.gone(key)?.at ?? 0;
  if (!item) return {};
  const known = { key, item, createdAt: at, changedAt: at, renames: 0, absorbed: [] };
  return { ...shown(kind, known, names, isKnown), archived: true, archivedAt: new Date(at).toISOString() };
}

/** Each company twice, as it was recorded: once for each type of association. */
function withCompanies<Item>({ item }: Known<Item>): object {
  const { companies = [] } = item as Partial<HubSpotPerson>;
  const results = companies.flatMap((key) =>
    ["contact_to_company", "contact_to_company_unlabeled"].map((type) => ({ id: String(7_945_000_000 + key), type })),
  );
  return results.length > 0 ? { associations: { companies: { results } } } : {};
}

interface Turning {
  trouble: PageTrouble;
  /** The cursor of this page. */
  asked: string | null;
}

function nextAfter<Item>(kind: Kind<Item>, place: ListPlace, last: number | undefined, { trouble, asked }: Turning) {
  const here = place.key === 0 ? "0" : kind.idOf(place.key);
  if (trouble.takes("repeated-page")) return asked ?? here;
  if (trouble.takes("duplicate-page")) return `${here}~${place.again + 1}`;
  return last === undefined ? null : kind.idOf(last);
}

function paging({ origin, path, query }: Asked, after: string): object {
  const search = new URLSearchParams(query);
  search.set("after", after);
  return { paging: { next: { after, link: `${origin}${path}?${search.toString()}` } } };
}

interface BatchInput {
  inputs: { id: string }[];
  properties?: string[];
}

/** Who is not there is told of beside those who are, with status 207. */
export function readBatch<Item>(kind: Kind<Item>, { body }: Asked, isKnown: IsKnown): Reply {
  const { inputs, properties = [] } = JSON.parse(body) as BatchInput;
  if (inputs.length > MOST_PER_PAGE)
    return invalid(`The number of inputs (${inputs.length}) is larger than ${MOST_PER_PAGE}.`);
  const found = inputs.map(({ id }) => [id, kind.world.get(kind.keyOf(id) ?? 0)] as const);
  const results = found.flatMap(([, known]) => (known ? [shown(kind, known, properties, isKnown)] : []));
  const missing = found.flatMap(([id, known]) => (known ? [] : [id]));
  return batchReply(kind, results, missing.length === 0 ? [] : [notFound(missing)]);
}

const notFound = (ids: string[]) => ({
  status: "error",
  category: "OBJECT_NOT_FOUND",
  message: "Could not get some objects, they may be deleted or not exist. Check that ids are valid.",
  context: { ids },
});

export function batchReply<Item>({ world }: Kind<Item>, results: object[], errors: object[]): Reply {
  const [startedAt, completedAt] = [world.clock().toISOString(), world.clock().toISOString()];
  const told = errors.length === 0 ? {} : { numErrors: errors.length, errors };
  return {
    status: errors.length === 0 ? 200 : 207,
    body: { status: "COMPLETE", results, startedAt, completedAt, ...told },
  };
}
