/** Searching objects by when they changed and by their ids, with the limits that HubSpot's search has. */
import { type Asked, type PageTrouble, type Reply } from "../frame/stand-in";
import { invalid } from "./errors";
import { type Kind } from "./kinds";
import { type IsKnown, shown } from "./objects";

const MOST_PER_PAGE = 200;
/** However many fit: nobody gets behind the ten thousandth. */
const MOST_RESULTS = 10_000;

interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
}

interface Question {
  filterGroups?: { filters: Filter[] }[];
  sorts?: (string | { propertyName: string; direction?: string })[];
  properties?: string[];
  limit?: number;
  after?: string | number;
}

export interface Index {
  /** So long after a change it is not found as it is now, though it is counted. */
  lagMs: number;
  /** The last answer, for when the next is to be the same. */
  last: object | null;
}

export function search<Item>(
  kind: Kind<Item>,
  asked: Asked,
  isKnown: IsKnown,
  index: Index,
  trouble: PageTrouble,
): Reply {
  const question = JSON.parse(asked.body) as Question;
  const [limit, after] = [question.limit ?? 10, Number(question.after ?? 0)];
  const wrong = wrongIn(question, limit, after);
  if (wrong) return invalid(wrong);
  if (index.last && trouble.takes("repeated-page")) return { status: 200, body: index.last };
  const keys = matching(kind, question);
  const seen = kind.world.clock().getTime() - index.lagMs;
  const page = keys.slice(after, after + limit).filter((key) => kind.world.changedAt(key) <= seen);
  const results = page.flatMap((key) => {
    const known = kind.world.get(key);
    return known ? [shown(kind, known, question.properties ?? [], isKnown)] : [];
  });
  const next = after + limit < keys.length ? { paging: { next: { after: String(after + limit) } } } : {};
  index.last = { total: keys.length, results, ...next };
  return { status: 200, body: index.last };
}

function wrongIn({ filterGroups = [], sorts = [] }: Question, limit: number, after: number): string | null {
  if (limit < 1 || limit > MOST_PER_PAGE) return `Invalid limit. Must be between 1 and ${MOST_PER_PAGE}.`;
  if (after + limit > MOST_RESULTS)
    return `Paging past ${MOST_RESULTS} results is not supported. Narrow down your search.`;
  if (filterGroups.length > 5) return "Too many filter groups: at most 5 are allowed.";
  if (filterGroups.some(({ filters }) => filters.length > 6)) return "Too many filters in a group.";
  return sorts.length > 1 ? "Only one sort is allowed." : null;
}

type Numbered = Filter & { number: number };

/** Numbers of all that fit, in the order asked for. */
function matching<Item>(
  kind: Kind<Item>,
  { filterGroups = [], sorts: [sort = "hs_object_id"] = [] }: Question,
): number[] {
  const groups = filterGroups.map(({ filters }) =>
    filters.map((filter) => ({ ...filter, number: Number(filter.value) })),
  );
  const keys = candidates(kind, groups).filter(
    (key) => groups.length === 0 || groups.some((filters) => filters.every((filter) => fitsOne(kind, key, filter))),
  );
  const [by, isDescending] =
    typeof sort === "object"
      ? [sort.propertyName, sort.direction === "DESCENDING"]
      : [sort.replace(/^-/, ""), sort.startsWith("-")];
  if (by !== kind.modified) keys.sort((a, b) => a - b);
  return isDescending ? keys.reverse() : keys;
}

/** Those that changed in the time that all groups together are about, the longest unchanged first. */
function candidates<Item>(kind: Kind<Item>, groups: readonly Numbered[][]): number[] {
  const { world } = kind;
  if (groups.length === 0) return [...world.keysByChange()];
  const from = Math.min(...groups.map((filters) => earliest(kind, filters)));
  const until = Math.max(...groups.map((filters) => latest(kind, filters)));
  const keys: number[] = [];
  for (const key of world.keysByChange({ changedAt: from, key: 0 })) {
    if (world.changedAt(key) > until) break;
    keys.push(key);
  }
  return keys;
}

function earliest<Item>({ modified }: Kind<Item>, filters: readonly Numbered[]): number {
  const found = filters.filter(
    ({ propertyName, operator }) => propertyName === modified && /^(?:EQ|GTE?)$/.test(operator),
  );
  return Math.max(0, ...found.map(({ number }) => number));
}

function latest<Item>({ modified }: Kind<Item>, filters: readonly Numbered[]): number {
  const found = filters.filter(
    ({ propertyName, operator }) => propertyName === modified && /^(?:EQ|LTE?)$/.test(operator),
  );
  return Math.min(Infinity, ...found.map(({ number }) => number));
}

const operators: Readonly<Record<string, (value: number, asked: number) => boolean>> = {
  EQ: (value, asked) => value === asked,
  GT: (value, asked) => value > asked,
  GTE: (value, asked) => value >= asked,
  LT: (value, asked) => value < asked,
  LTE: (value, asked) => value <= asked,
};

function fitsOne<Item>(kind: Kind<Item>, key: number, { propertyName, operator, number }: Numbered): boolean {
  const compare = operators[operator];
  if (!compare) return false;
  if (propertyName === kind.modified) return compare(kind.world.changedAt(key), number);
  return propertyName === "hs_object_id" && compare(Number(kind.idOf(key)), number);
}
