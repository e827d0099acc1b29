/** A stand-in for Pipedrive's API v2, as far as people and organisations are read from it. */
import { cursorOf, readCursor } from "../frame/cursor";
import {
  type Asked,
  type Manners,
  type PageTrouble,
  type Reply,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from "../frame/stand-in";
import { type Known, type Place, type World } from "../frame/world";
import { fieldLists, type Lists, makeLists, organisationOf, personOf } from "./entities";

export interface PipedriveStandIn extends StandIn, Lists {
  /** The account's budget for the day is used up. */
  isDayOver: boolean;
}

export interface PipedriveOptions extends Omit<StandInOptions, "clock"> {
  contacts?: number;
  companies?: number;
}

export async function startPipedrive({
  contacts = 40,
  companies = 12,
  ...options
}: PipedriveOptions = {}): Promise<PipedriveStandIn> {
  const lists = makeLists(contacts, companies);
  const state = { ...lists, isDayOver: false };
  const { clock } = lists.persons;
  const standIn = await startStandIn((asked, trouble) => replyTo(lists, asked, trouble), manners(state), {
    ...options,
    clock,
  });
  return Object.assign(state, standIn);
}

function refusal(status: number, error: string, code: string, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { success: false, error, code } };
}

const invalid = (message: string) => refusal(400, `Validation failed: ${message}`, "ERR_SCHEMA_VALIDATION_FAILED");

function manners(state: { isDayOver: boolean }): Manners {
  return {
    throttled: () =>
      state.isDayOver
        ? refusal(429, "request over limit", "", { "x-daily-ratelimit-token-remaining": "0", "Retry-After": "3" })
        : refusal(429, "request over limit", "", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2" }),
    failed: () => refusal(500, "Internal server error", "ERR_INTERNAL"),
    unauthorised: () => ({ status: 401, body: { success: false, error: "Invalid token: access token is invalid" } }),
    forbidden: () => refusal(403, "Scope and URL mismatch", "ERR_FORBIDDEN"),
    headers: () => ({ "x-ratelimit-limit": "80" }),
  };
}

function replyTo(lists: Lists, asked: Asked, trouble: PageTrouble): Reply {
  const { path, query } = asked;
  if (path === "/api/v1/users/me") {
    const data = { id: 1, name: "Ann Hale", email: "ann.hale@hale-partners.example", company_name: "Hale & Partners" };
    return { status: 200, body: { success: true, data } };
  }
  const name = path.replace(/^\/api\/v2\//, "");
  const fields = fieldLists[name];
  if (fields) return { status: 200, body: { success: true, data: fields, additional_data: { next_cursor: null } } };
  const custom = (query.get("custom_fields") ?? "").split(",").filter(Boolean);
  if (custom.length > 15) return invalid("custom_fields must have at most 15 items");
  if (name === "persons") return list(lists.persons, asked, trouble, (known) => personOf(known, custom));
  if (name === "organizations") return list(lists.organizations, asked, trouble, organisationOf);
  return refusal(404, "Unknown endpoint.", "ERR_NOT_FOUND");
}

const parameters = new Set(["limit", "cursor", "sort_by", "sort_direction", "updated_since", "custom_fields"]);
const MOST_PER_PAGE = 500;

interface ListCursor {
  sort: string;
  since: string;
  behind: Place;
  again: number;
}

/** What was asked wrongly; null: nothing. */
function wrongIn(query: URLSearchParams): string | null {
  const unknown = [...query.keys()].find((name) => !parameters.has(name));
  if (unknown) return `${unknown} is not allowed`;
  const limit = limitIn(query);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) return "limit must be between 1 and 500";
  const since = query.get("updated_since");
  if (since !== null && !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(since)) return "updated_since must be in RFC3339 format";
  return ["id", "update_time"].includes(query.get("sort_by") ?? "id") ? null : "sort_by is not supported";
}

/** Deleted ones are left out, and nobody says so. */
function list<Item>(
  world: World<Item>,
  { query }: Asked,
  trouble: PageTrouble,
  show: (known: Known<Item>) => object,
): Reply {
  const wrong = wrongIn(query);
  if (wrong) return invalid(wrong);
  const cursor = cursorIn(query, trouble);
  if (!cursor) return invalid("cursor is invalid");
  const { keys, isMore } = keysBehind(world, cursor, limitIn(query));
  const last = keys.at(-1);
  const data = keys.flatMap((key) => world.get(key) ?? []).map(show);
  const next = last === undefined || !isMore ? null : nextOf(cursor, world, { last, trouble });
  return { status: 200, body: { success: true, data, additional_data: { next_cursor: next } } };
}

function limitIn(query: URLSearchParams): number {
  return Number(query.get("limit") ?? 100);
}

/** Null: it is none, or one of another list. */
function cursorIn(query: URLSearchParams, trouble: PageTrouble): ListCursor | null {
  const [sort, since] = [query.get("sort_by") ?? "id", sinceIn(query)];
  const text = query.get("cursor");
  if (text === null) return { sort, since, behind: { changedAt: 0, key: 0 }, again: 0 };
  const found = trouble.takes("expired-cursor") ? null : readCursor<ListCursor>(text);
  return found?.sort === sort && found.since === since ? found : null;
}

function sinceIn(query: URLSearchParams): string {
  return query.get("updated_since") ?? "";
}

function nextOf<Item>(
  cursor: ListCursor,
  world: World<Item>,
  { last, trouble }: { last: number; trouble: PageTrouble },
): string {
  if (trouble.takes("repeated-page")) return cursorOf({ ...cursor, again: 0 });
  if (trouble.takes("duplicate-page")) return cursorOf({ ...cursor, again: cursor.again + 1 });
  return cursorOf({ ...cursor, behind: { changedAt: world.changedAt(last), key: last }, again: 0 });
}

/** `updated_since` is inclusive, in whole seconds as the times that are shown. */
function keysBehind<Item>(world: World<Item>, { sort, since, behind }: ListCursor, limit: number) {
  const from = since === "" ? 0 : Math.floor(Date.parse(since) / 1000) * 1000;
  const all = sort === "id" ? world.keys(behind.key) : world.keysByChange(behind);
  const keys: number[] = [];
  for (const key of all) {
    if (world.changedAt(key) < from) continue;
    if (keys.length === limit) return { keys, isMore: true };
    keys.push(key);
  }
  return { keys, isMore: false };
}
