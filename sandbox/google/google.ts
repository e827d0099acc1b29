/** A stand-in for Google's People API v1, as far as contacts are read from it. */
import { type people_v1 } from "@googleapis/people";
import { cursorOf, readCursor } from "../frame/cursor";
import { samplePerson, type SamplePerson, sampleTags } from "../frame/people";
import {
  type Asked,
  type PageTrouble,
  type Reply,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from "../frame/stand-in";
import { type Known, type Place, World } from "../frame/world";
import { expiredSyncToken, googleManners, invalid, nowhere } from "./errors";
import { deletedPerson, formerNames, groupName, maskPaths, type Person, toPerson } from "./person";

export interface GoogleStandIn extends StandIn {
  world: World<SamplePerson>;
}

export interface GoogleOptions extends Omit<StandInOptions, "clock"> {
  /** How many contacts there are at first. */
  contacts?: number;
  /** Of the account that it is. */
  email?: string;
}

export async function startGoogle({
  contacts = 40,
  email = "office@hale-partners.example",
  ...options
}: GoogleOptions = {}): Promise<GoogleStandIn> {
  const world = new World(contacts, samplePerson);
  const answer = ({ path, ...asked }: Asked, trouble: PageTrouble): Reply => {
    if (path === "/v1/people/me/connections") return connections(world, { path, ...asked }, trouble);
    if (path === "/v1/people/me") return { status: 200, body: ownerOf(email) };
    if (path === "/v1/contactGroups") return { status: 200, body: groupsOf(world) };
    return nowhere();
  };
  const standIn = await startStandIn(answer, googleManners, { ...options, clock: world.clock });
  return { ...standIn, world };
}

const ownerOf = (email: string): Person => ({
  resourceName: "people/113580000000000000001",
  etag: "%EgMBAgk=",
  emailAddresses: [
    {
      metadata: { primary: true, verified: true, source: { type: "ACCOUNT", id: "113580000000000000001" } },
      value: email,
    },
  ],
});

/** Those that people are in, and two that Google keeps for itself. */
function groupsOf(world: World<SamplePerson>): people_v1.Schema$ListContactGroupsResponse {
  const touched = world.since(0).flatMap(({ key }) => world.get(key)?.item.tags ?? []);
  const tags = new Set([...sampleTags, ...touched]);
  const own = [...tags].map((name) => ({
    resourceName: groupName(name),
    etag: "g1",
    groupType: "USER_CONTACT_GROUP",
    name,
    formattedName: name,
  }));
  const kept = ["myContacts", "starred"].map((name) => ({
    resourceName: `contactGroups/${name}`,
    groupType: "SYSTEM_CONTACT_GROUP",
    name,
    formattedName: name === "starred" ? "Starred" : "My Contacts",
  }));
  return { contactGroups: [...own, ...kept], totalItems: own.length + kept.length };
}

/** What all pages and later readings must ask alike. */
interface Terms {
  fields: string;
  sources: string;
  wantsToken: boolean;
}

interface PageCursor extends Terms {
  behind: Place;
  /** Of the reading: what came later is for the next one. */
  seq: number;
  fullAt: number;
  /** Reading changes: from here on. */
  since: number | null;
  /** The page has been given out so often before. */
  again?: number;
}

interface SyncCursor extends Terms {
  seq: number;
  fullAt: number;
}

const SYNC_TOKEN_LASTS_MS = 7 * 24 * 60 * 60 * 1000;

function connections(world: World<SamplePerson>, { query }: Asked, trouble: PageTrouble): Reply {
  const terms = termsOf(query);
  const wrong = wrongIn(query);
  if (wrong) return invalid(wrong);
  const tokens = { pageToken: query.get("pageToken"), syncToken: query.get("syncToken") };
  const at = startOf(world, terms, tokens);
  if (!at) return invalid(tokens.pageToken ? "Invalid page token." : "Sync token is invalid.");
  if (tokens.syncToken !== null && (trouble.takes("expired-cursor") || isOld(world, at))) return expiredSyncToken();
  if (at.fields !== terms.fields || at.sources !== terms.sources) {
    return invalid("Request parameters must match those of the request that the token was given for.");
  }
  const size = Number(query.get("pageSize") ?? 100);
  return { status: 200, body: page(world, at, { size, trouble, pageToken: tokens.pageToken }) };
}

type Tokens = Record<"pageToken" | "syncToken", string | null>;

function startOf(world: World<SamplePerson>, terms: Terms, { pageToken, syncToken }: Tokens): PageCursor | null {
  if (pageToken) return readCursor<PageCursor>(pageToken);
  return syncToken ? syncStart(world, syncToken) : wholeStart(world, terms);
}

/** Seven days after the reading of everything that it stems from. */
function isOld(world: World<SamplePerson>, { fullAt }: PageCursor): boolean {
  return world.clock().getTime() - fullAt > SYNC_TOKEN_LASTS_MS;
}

const termsOf = (query: URLSearchParams): Terms => ({
  fields: [...new Set((query.get("personFields") ?? "").split(","))].sort().join(","),
  sources: query.getAll("sources").sort().join(","),
  wantsToken: query.get("requestSyncToken") === "true" || query.has("syncToken"),
});

function wrongIn(query: URLSearchParams): string | null {
  const fields = query.get("personFields");
  if (!fields) return "personFields mask is required. Please specify one or more valid paths.";
  const unknown = fields.split(",").find((path) => !maskPaths.has(path));
  if (unknown) return `Invalid personFields mask path: "${unknown}".`;
  const size = Number(query.get("pageSize") ?? 100);
  return Number.isInteger(size) && size >= 1 && size <= 1000 ? null : "Page size must be between 1 and 1000.";
}

const START: Place = { changedAt: 0, key: 0 };

const wholeStart = (world: World<SamplePerson>, terms: Terms): PageCursor => ({
  ...{ ...terms, behind: START, seq: world.seq, fullAt: world.clock().getTime(), since: null },
});

function syncStart(world: World<SamplePerson>, token: string): PageCursor | null {
  const sync = readCursor<SyncCursor>(token);
  return sync && { ...sync, behind: START, since: sync.seq, seq: world.seq };
}

interface Turning {
  size: number;
  trouble: PageTrouble;
  pageToken: string | null;
}

type ListPage = people_v1.Schema$ListConnectionsResponse;

function page(world: World<SamplePerson>, at: PageCursor, { size, trouble, pageToken }: Turning): ListPage {
  const isWhole = at.since === null;
  const mask = new Set(at.fields.split(","));
  const { people, behind } = (isWhole ? wholePage : changedPage)(world, at, size, mask);
  const content: ListPage = {
    ...(people.length > 0 ? { connections: people } : {}),
    ...(isWhole ? { totalPeople: world.size(), totalItems: world.size() } : {}),
  };
  return { ...content, ...nextOf(at, behind, { trouble, pageToken }) };
}

function nextOf(at: PageCursor, behind: Place | null, { trouble, pageToken }: Omit<Turning, "size">): ListPage {
  if (trouble.takes("repeated-page")) return { nextPageToken: pageToken ?? cursorOf(at) };
  if (trouble.takes("duplicate-page")) return { nextPageToken: cursorOf({ ...at, again: (at.again ?? 0) + 1 }) };
  if (behind) return { nextPageToken: cursorOf({ ...at, behind, again: undefined }) };
  const { fields, sources, wantsToken, seq, fullAt } = at;
  return wantsToken
    ? { nextSyncToken: cursorOf({ fields, sources, wantsToken, seq, fullAt } satisfies SyncCursor) }
    : {};
}

interface Found {
  people: Person[];
  /** Null: there is nothing behind these. */
  behind: Place | null;
}

function wholePage(world: World<SamplePerson>, at: PageCursor, size: number, mask: ReadonlySet<string>): Found {
  const people: Person[] = [];
  let last: Known<SamplePerson> | null = null;
  for (const key of world.keysByChange(at.behind)) {
    const known = world.get(key);
    if (!known) continue;
    if (people.length === size && last) return { people, behind: { changedAt: last.changedAt, key: last.key } };
    people.push(toPerson(known, mask));
    last = known;
  }
  return { people, behind: null };
}

/** Each once, as it is now; `behind.key` is a number of the journal. */
function changedPage(world: World<SamplePerson>, at: PageCursor, size: number, mask: ReadonlySet<string>): Found {
  const keys = [...new Set(world.since(at.since ?? 0, at.seq).map(({ key }) => key))];
  const people = keys.slice(at.behind.key, at.behind.key + size).map((key) => changedPerson(world, key, mask));
  const next = at.behind.key + size;
  return { people, behind: next < keys.length ? { changedAt: 0, key: next } : null };
}

/** Merged ones are told as deleted: Google says no more of them. */
function changedPerson(world: World<SamplePerson>, key: number, mask: ReadonlySet<string>): Person {
  const known = world.get(key);
  if (!known) return deletedPerson(key, world.gone(key)?.renames ?? 0, mask);
  const previous = formerNames(key, known.renames);
  const person = toPerson(known, mask);
  if (previous.length === 0 || !person.metadata) return person;
  return { ...person, metadata: { ...person.metadata, previousResourceNames: previous } };
}
