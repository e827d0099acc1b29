/** What has become of the contacts of a folder, link by link: learn.microsoft.com/graph/delta-query-overview */
import { cursorOf, readCursor } from "../frame/cursor";
import { type Asked, type PageTrouble, type Reply } from "../frame/stand-in";
import { type World } from "../frame/world";
import { asksImmutable, contactId, type MicrosoftPerson, toContact } from "./contact";
import { badLink, syncStateNotFound } from "./errors";
import { folderOf } from "./folders";
import { selected } from "./select";

interface DeltaCursor {
  folder: string;
  select: string | null;
  /** The first time: behind this number. Of changes: so many of them are told. */
  behind: number;
  /** Of the journal: until here this reading goes. */
  seq: number;
  /** Of changes: from here on. */
  since: number | null;
  /** The first link of changes leads to an empty page, as it was recorded to. */
  isBegun: boolean;
  again: number;
}

/** How many pages a mailbox gives unless it is asked for more. */
const USUAL_PAGE = 10;
const LARGEST_PAGE = 1_000;

const prefer = ({ headers }: Asked) => [headers.prefer ?? []].flat().join(", ");

function pageSize(asked: Asked): number {
  const [, size = String(USUAL_PAGE)] = /odata\.maxpagesize=(\d+)/i.exec(prefer(asked)) ?? [];
  return Math.min(Math.max(Number(size), 1), LARGEST_PAGE);
}

export function delta(world: World<MicrosoftPerson>, folder: string, asked: Asked, trouble: PageTrouble): Reply {
  const token = asked.query.get("$deltatoken") ?? asked.query.get("$skiptoken");
  if (token !== null && trouble.takes("expired-cursor")) return syncStateNotFound(605);
  const at = token === null ? beginning(world, folder, asked) : readCursor<DeltaCursor>(token);
  if (!at || at.folder !== folder) return badLink();
  const { value, ...links } = pageOf(world, begun(world, at, asked), asked);
  const link = linkOf(asked, at, links, trouble);
  const context = `${asked.origin}/v1.0/$metadata#Collection(contact)`;
  return { status: 200, body: { "@odata.context": context, ...link, value } };
}

function beginning(world: World<MicrosoftPerson>, folder: string, { query }: Asked): DeltaCursor {
  const select = query.get("$select");
  return { folder, select, behind: 0, seq: world.seq, since: null, isBegun: true, again: 0 };
}

/** A delta link goes as far as things are when it is followed. */
function begun(world: World<MicrosoftPerson>, at: DeltaCursor, { query }: Asked): DeltaCursor {
  return query.has("$deltatoken") ? { ...at, seq: world.seq } : at;
}

interface Found {
  value: object[];
  /** Null: the next link is for changes. */
  next: DeltaCursor | null;
  last: DeltaCursor;
}

function pageOf(world: World<MicrosoftPerson>, at: DeltaCursor, asked: Asked): Found {
  const since = { ...at, since: at.seq, behind: 0, isBegun: false, again: 0 };
  if (at.since === null) return wholePage(world, at, asked, since);
  const keys = [...new Set(world.since(at.since, at.seq).map(({ key }) => key))];
  if (!at.isBegun && keys.length > 0) return { value: [], next: { ...at, isBegun: true }, last: since };
  const size = pageSize(asked);
  const value = keys.slice(at.behind, at.behind + size).flatMap((key) => changed(world, at, key, asked) ?? []);
  const next = at.behind + size < keys.length ? { ...at, behind: at.behind + size, again: 0 } : null;
  return { value, next, last: since };
}

function wholePage(world: World<MicrosoftPerson>, at: DeltaCursor, asked: Asked, last: DeltaCursor): Found {
  const value: object[] = [];
  const size = pageSize(asked);
  let behind = at.behind;
  for (const key of world.keys(at.behind)) {
    if (!liesIn(world, key, at.folder)) continue;
    if (value.length === size) return { value, next: { ...at, behind, again: 0 }, last };
    const known = world.get(key);
    if (known) value.push(selected(toContact(known, asksImmutable(prefer(asked))), at.select));
    behind = key;
  }
  return { value, next: null, last };
}

/** Without making up who was never touched. */
export function liesIn(world: World<MicrosoftPerson>, key: number, folder: string): boolean {
  return (world.isTouched(key) ? world.get(key)?.item.folder : folderOf(key)) === folder;
}

/** As it is now, or that it is in this folder no more; null: it never was. */
function changed(world: World<MicrosoftPerson>, at: DeltaCursor, key: number, asked: Asked): object | null {
  const known = world.get(key);
  const isImmutable = asksImmutable(prefer(asked));
  if (known?.item.folder === at.folder) return selected(toContact(known, isImmutable), at.select);
  const entries = world.since(at.since ?? 0, at.seq).filter((entry) => entry.key === key);
  if (!entries.some(({ before }) => before?.folder === at.folder)) return null;
  return { id: contactId({ key, folder: at.folder }, isImmutable), "@removed": { reason: "deleted" } };
}

function linkOf(
  asked: Asked,
  at: DeltaCursor,
  { next, last }: { next: DeltaCursor | null; last: DeltaCursor },
  trouble: PageTrouble,
) {
  const link = (name: string, cursor: object) => `${asked.origin}${asked.path}?${name}=${cursorOf(cursor)}`;
  if (trouble.takes("repeated-page")) return { "@odata.nextLink": link("$skiptoken", at) };
  if (trouble.takes("duplicate-page")) return { "@odata.nextLink": link("$skiptoken", { ...at, again: at.again + 1 }) };
  if (next) return { "@odata.nextLink": link("$skiptoken", next) };
  return { "@odata.deltaLink": link("$deltatoken", last) };
}
