/** A stand-in for Microsoft Graph v1.0, as far as contacts are read from it. */
import { cursorOf, readCursor } from "../frame/cursor";
import { samplePerson } from "../frame/people";
import {
  type Asked,
  type PageTrouble,
  type Reply,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from "../frame/stand-in";
import { type Known, World } from "../frame/world";
import { asksImmutable, contactId, keyOf, type MicrosoftPerson, toContact } from "./contact";
import { delta, liesIn } from "./delta";
import { badLink, microsoftManners, noMailbox, notFound, nowhere, refusal } from "./errors";
import { DEFAULT_FOLDER, DELETED_ITEMS, firstFolders, type Folder, folderOf, toFolder } from "./folders";
import { selected } from "./select";

export interface MicrosoftStandIn extends StandIn {
  world: World<MicrosoftPerson>;
  /** Without the default one. Removing one throws its contacts away. */
  folders: Folder[];
  /** Thrown away contacts are gone for good, instead of lying among the deleted items. */
  purges: boolean;
  /** An account of a licence without mail has no contacts to ask for. */
  hasMailbox: boolean;
}

export interface MicrosoftOptions extends Omit<StandInOptions, "clock"> {
  contacts?: number;
  /** Of the account that it is. */
  email?: string;
}

interface Mailbox extends Pick<MicrosoftStandIn, "world" | "folders" | "purges" | "hasMailbox"> {
  email: string;
}

export async function startMicrosoft({
  contacts = 40,
  email = "office@hale-partners.example",
  ...options
}: MicrosoftOptions = {}): Promise<MicrosoftStandIn> {
  const world = new World<MicrosoftPerson>(contacts, (key) => ({ ...samplePerson(key), folder: folderOf(key) }));
  const mailbox: Mailbox = { world, folders: [...firstFolders], purges: false, hasMailbox: true, email };
  const answer = (asked: Asked, trouble: PageTrouble) => replyTo(mailbox, asked, trouble);
  const standIn = await startStandIn(answer, microsoftManners(), { ...options, clock: world.clock });
  return Object.assign(mailbox, standIn);
}

type Serving = (mailbox: Mailbox, parts: readonly string[], asked: Asked, trouble: PageTrouble) => Reply;

const routes: readonly [path: RegExp, serve: Serving][] = [
  [
    /^\/v1\.0\/me$/,
    ({ email }, _parts, { query }) => ({ status: 200, body: selected(owner(email), query.get("$select")) }),
  ],
  [/^\/v1\.0\/me\/contacts$/, (mailbox, _parts, asked) => contacts(mailbox, DEFAULT_FOLDER, asked)],
  [
    /^\/v1\.0\/me\/contacts\/delta(?:\(\))?$/,
    ({ world }, _parts, asked, trouble) => delta(world, DEFAULT_FOLDER, asked, trouble),
  ],
  [/^\/v1\.0\/me\/contacts\/([^/]+)$/, (mailbox, [id = ""], asked) => contact(mailbox, id, asked)],
  [/^\/v1\.0\/me\/contactFolders$/, (mailbox, _parts, asked) => folders(mailbox, null, asked)],
  [
    /^\/v1\.0\/me\/contactFolders\/([^/]+)\/childFolders$/,
    inFolder((mailbox, [id = ""], asked) => folders(mailbox, id, asked)),
  ],
  [
    /^\/v1\.0\/me\/contactFolders\/([^/]+)\/contacts$/,
    inFolder((mailbox, [id = ""], asked) => contacts(mailbox, id, asked)),
  ],
  [
    /^\/v1\.0\/me\/contactFolders\/([^/]+)\/contacts\/delta(?:\(\))?$/,
    inFolder(({ world }, [id = ""], asked, trouble) => delta(world, id, asked, trouble)),
  ],
];

function replyTo(mailbox: Mailbox, asked: Asked, trouble: PageTrouble): Reply {
  if (!mailbox.hasMailbox && asked.path !== "/v1.0/me") return noMailbox();
  for (const [path, serve] of routes) {
    const found = path.exec(asked.path);
    if (found) return serve(mailbox, found.slice(1).map(decodeURIComponent), asked, trouble);
  }
  return nowhere(asked);
}

function inFolder(serve: Serving): Serving {
  return (mailbox, parts, asked, trouble) => {
    const isThere = parts[0] === DEFAULT_FOLDER || mailbox.folders.some(({ id }) => id === parts[0]);
    return isThere ? serve(mailbox, parts, asked, trouble) : notFound();
  };
}

const owner = (email: string) => ({
  id: "48d31887-5fad-4d73-a9f5-3c356e68a038",
  displayName: "Kanzlei Hale & Partners",
  mail: email,
  userPrincipalName: email,
});

const prefer = ({ headers }: Asked) => [headers.prefer ?? []].flat().join(", ");

function contact({ world, purges }: Mailbox, id: string, asked: Asked): Reply {
  const named = keyOf(id);
  const known = named && (world.get(named.key) ?? (purges ? null : thrownAway(world, named.key)));
  if (!known || (named.folder !== null && named.folder !== known.item.folder)) return notFound();
  return { status: 200, body: selected(toContact(known, asksImmutable(prefer(asked))), asked.query.get("$select")) };
}

/** As it lies among the deleted items. */
function thrownAway(world: World<MicrosoftPerson>, key: number): Known<MicrosoftPerson> | null {
  const gone = world.gone(key);
  const before = world.since(0).findLast((entry) => entry.key === key)?.before;
  if (!gone || !before) return null;
  const item = { ...before, folder: DELETED_ITEMS };
  return { key, item, createdAt: gone.at, changedAt: gone.at, renames: 0, absorbed: [] };
}

interface Skip {
  behind: number;
}

/** The list of a folder, page by page. */
function contacts({ world }: Mailbox, folder: string, asked: Asked): Reply {
  const top = Number(asked.query.get("$top") ?? 10);
  if (!Number.isInteger(top) || top < 1 || top > 1_000) {
    return refusal(
      400,
      "ErrorInvalidUrlQuery",
      `Invalid value '${asked.query.get("$top")}' for $top query option found.`,
    );
  }
  const at = skipOf(asked);
  if (!at) return badLink();
  const keys = keysIn(world, folder, { behind: at.behind, most: top + 1 });
  const value = keys.slice(0, top).flatMap((key) => {
    const known = world.get(key);
    const isImmutable = asksImmutable(prefer(asked));
    return known ? selected(toContact(known, isImmutable), asked.query.get("$select")) : [];
  });
  return listed(asked, value, keys.length > top ? { behind: keys[top - 1] ?? 0 } : null);
}

function keysIn(world: World<MicrosoftPerson>, folder: string, { behind, most }: Skip & { most: number }): number[] {
  const keys: number[] = [];
  for (const key of world.keys(behind)) {
    if (keys.length === most) break;
    if (liesIn(world, key, folder)) keys.push(key);
  }
  return keys;
}

function skipOf({ query }: Asked): Skip | null {
  const token = query.get("$skiptoken");
  return token === null ? { behind: 0 } : readCursor<Skip>(token);
}

function listed({ origin, path, query }: Asked, value: object[], next: Skip | null): Reply {
  const search = new URLSearchParams(query);
  if (next) search.set("$skiptoken", cursorOf(next));
  const link = next ? { "@odata.nextLink": `${origin}${path}?${search.toString()}` } : {};
  return {
    status: 200,
    body: { "@odata.context": `${origin}/v1.0/$metadata#${path.split("/").at(-1)}`, ...link, value },
  };
}

/** Also page by page; only those right in the folder, or in the mailbox. */
function folders({ folders }: Mailbox, parent: string | null, asked: Asked): Reply {
  const top = Number(asked.query.get("$top") ?? 10);
  const at = skipOf(asked);
  if (!at) return badLink();
  const inIt = folders.filter((folder) => folder.parent === parent);
  const value = inIt.slice(at.behind, at.behind + top).map(toFolder);
  return listed(asked, value, at.behind + top < inIt.length ? { behind: at.behind + top } : null);
}

/** The id of a contact as a client sees it that asks for ids that never change. */
export const immutableId = (key: number): string => contactId({ key, folder: "" }, true);
