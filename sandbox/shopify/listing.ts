/** A list of orders, as `orders` answers: by number or by change, behind a cursor. */
import { cursorOf, readCursor } from "../frame/cursor";
import { type PageTrouble } from "../frame/stand-in";
import { type Place, type World } from "../frame/world";
import { refusal } from "./admin-schema";
import { orderOf, type SampleOrder } from "./orders";
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
  again: number;
}

const MOST_PER_PAGE = 250;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Without the scope for all orders. */
const DAYS_SHOWN = 60;

export interface Listed {
  world: World<SampleOrder>;
  scopes: readonly string[];
}

/** Everything that is looked for, in its order. */
export function* matching(
  { world, scopes }: Listed,
  { query, sortKey }: OrdersArguments,
  behind?: Place,
): Generator<number> {
  const isWanted = searchOf(world, query);
  const from = scopes.includes("read_all_orders") ? 0 : world.clock().getTime() - DAYS_SHOWN * DAY_MS;
  const keys = sortKey === "UPDATED_AT" ? world.keysByChange(behind) : world.keys(behind?.key);
  for (const key of keys) if (isWanted(key) && (from === 0 || (world.get(key)?.createdAt ?? 0) >= from)) yield key;
}

export function ordersPage(listed: Listed, given: OrdersArguments, trouble: PageTrouble): object {
  const { world, scopes } = listed;
  if (!scopes.some((scope) => scope === "read_orders" || scope === "read_all_orders")) {
    throw refusal("Access denied for orders field.", "ACCESS_DENIED", {
      requiredAccess: "`read_orders` access scope.",
    });
  }
  const { first, sortKey = "PROCESSED_AT", reverse } = given;
  if (typeof first !== "number") throw refusal("you must provide one of first or last");
  if (first < 1 || first > MOST_PER_PAGE) throw refusal(`Argument 'first' cannot exceed ${MOST_PER_PAGE}`);
  if (reverse || (sortKey !== "UPDATED_AT" && sortKey !== "ID" && sortKey !== "PROCESSED_AT")) {
    throw refusal(`Nobody stands in for ${sortKey} here`);
  }
  const cursor = cursorIn(given, trouble);
  const keys: number[] = [];
  let hasNextPage = false;
  for (const key of matching(listed, given, cursor?.behind)) {
    hasNextPage = keys.length === first;
    if (hasNextPage) break;
    keys.push(key);
  }
  const nodes = keys.flatMap((key) => world.get(key) ?? []).map(orderOf);
  const endCursor = nextOf(world, { cursor, sort: sortKey, last: keys.at(-1), trouble });
  return {
    nodes,
    edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage, hasPreviousPage: cursor !== null, endCursor },
  };
}

function cursorIn({ after, sortKey = "PROCESSED_AT" }: OrdersArguments, trouble: PageTrouble): Cursor | null {
  if (after === null || after === undefined) return null;
  const found = trouble.takes("expired-cursor") ? null : readCursor<Cursor>(after);
  if (found?.sort !== sortKey) throw refusal("Invalid cursor for current pagination sort.");
  return found;
}

interface Next {
  cursor: Cursor | null;
  sort: string;
  last: number | undefined;
  trouble: PageTrouble;
}

function nextOf(world: World<SampleOrder>, { cursor, sort, last, trouble }: Next): string | null {
  if (last === undefined) return null;
  const from = cursor ?? { sort, behind: { changedAt: 0, key: 0 }, again: 0 };
  if (trouble.takes("repeated-page")) return cursorOf({ ...from, again: 0 });
  if (trouble.takes("duplicate-page")) return cursorOf({ ...from, again: from.again + 1 });
  return cursorOf({ sort, behind: { changedAt: world.changedAt(last), key: last }, again: 0 });
}
