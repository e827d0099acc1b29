/** A list of orders, as `orders` answers: by number or by change, behind a cursor. */
import { cursorOf, readCursor } from "../frame/cursor";
import { type PageTrouble } from "../frame/stand-in";
import { type Place, type World } from "../frame/world";
import { refusal } from "./admin-schema";
import { orderOf, placedAtOf, type SampleOrder } from "./orders";
import { searchOf } from "./search";

export interface OrdersArguments {
  first?: number | null;
  after?: string | null;
  query?: string | null;
  sortKey?: string;
  reverse?: boolean;
}

interface Cursor {
  sort: string;
  behind: Place;
  /** How many lie before it in the list. */
  depth: number;
  again: number;
}

const MOST_PER_PAGE = 250;
/** Of one list, however many pages: shopify.dev/docs/api/usage/limits */
const MOST_OF_LIST = 25_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Without the scope for all orders. */
const DAYS_SHOWN = 60;

export interface Listed {
  world: World<SampleOrder>;
  scopes: readonly string[];
}

/** Everything that is looked for, in its order. */
export function* matching(listed: Listed, { query, sortKey }: OrdersArguments, behind?: Place): Generator<number> {
  const { world } = listed;
  const isWanted = searchOf(world, query);
  const isShown = shownIn(listed);
  const keys = sortKey === "UPDATED_AT" ? world.keysByChange(behind) : world.keys(behind?.key);
  for (const key of keys) if (isWanted(key) && isShown(key)) yield key;
}

function shownIn({ world, scopes }: Listed): (key: number) => boolean {
  if (scopes.includes("read_all_orders")) return () => true;
  const from = world.clock().getTime() - DAYS_SHOWN * DAY_MS;
  return (key) => {
    const known = world.get(key);
    return known !== null && placedAtOf(known) >= from;
  };
}

export function ordersPage(listed: Listed, given: OrdersArguments, trouble: PageTrouble): object {
  const { world } = listed;
  const first = firstIn(listed, given);
  const cursor = cursorIn(given, trouble);
  const depth = cursor?.depth ?? 0;
  if (depth + first > MOST_OF_LIST) throw refusal(`Pagination is limited to ${MOST_OF_LIST} objects.`);
  const { keys, hasNextPage } = taken(matching(listed, given, cursor?.behind), first);
  const nodes = keys.flatMap((key) => world.get(key) ?? []).map(orderOf);
  const endCursor = nextOf(world, { cursor, sort: sortIn(given), keys, trouble });
  return {
    nodes,
    edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage, hasPreviousPage: cursor !== null, endCursor },
  };
}

const sortIn = ({ sortKey = "PROCESSED_AT" }: OrdersArguments) => sortKey;
const sorts = new Set(["UPDATED_AT", "ID", "PROCESSED_AT"]);

/** @throws GraphQLError for whoever may not read orders, and for what is not offered */
function firstIn({ scopes }: Listed, given: OrdersArguments): number {
  if (!scopes.some((scope) => scope === "read_orders" || scope === "read_all_orders")) {
    const requiredAccess = "`read_orders` access scope.";
    throw refusal("Access denied for orders field.", "ACCESS_DENIED", { requiredAccess });
  }
  const { first, reverse } = given;
  if (reverse || !sorts.has(sortIn(given))) throw refusal(`Nobody stands in for ${sortIn(given)} here`);
  if (typeof first !== "number") throw refusal("you must provide one of first or last");
  if (first < 1 || first > MOST_PER_PAGE) throw refusal(`Argument 'first' cannot exceed ${MOST_PER_PAGE}`);
  return first;
}

function taken(all: Iterable<number>, most: number): { keys: number[]; hasNextPage: boolean } {
  const keys: number[] = [];
  for (const key of all) {
    if (keys.length === most) return { keys, hasNextPage: true };
    keys.push(key);
  }
  return { keys, hasNextPage: false };
}

function cursorIn(given: OrdersArguments, trouble: PageTrouble): Cursor | null {
  const { after } = given;
  if (after === null || after === undefined) return null;
  const found = trouble.takes("expired-cursor") ? null : readCursor<Cursor>(after);
  if (found?.sort !== sortIn(given)) throw refusal("Invalid cursor for current pagination sort.");
  return found;
}

interface Next {
  cursor: Cursor | null;
  sort: string;
  keys: readonly number[];
  trouble: PageTrouble;
}

function nextOf(world: World<SampleOrder>, { cursor, sort, keys, trouble }: Next): string | null {
  const last = keys.at(-1);
  if (last === undefined) return null;
  const from = cursor ?? { sort, behind: { changedAt: 0, key: 0 }, depth: 0, again: 0 };
  if (trouble.takes("repeated-page")) return cursorOf({ ...from, again: 0 });
  if (trouble.takes("duplicate-page")) return cursorOf({ ...from, again: from.again + 1 });
  const behind = { changedAt: world.changedAt(last), key: last };
  return cursorOf({ sort, behind, depth: from.depth + keys.length, again: 0 });
}
