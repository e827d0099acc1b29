/**
 * Reads the contacts of a mailbox folder by folder, each by its delta links: everything the first time, then what has
 * changed. A contact that has left one folder may lie in another, so it is looked for before it is called gone.
 */
import {
  type Connection,
  CursorExpired,
  type Json,
  type JsonObject,
  type Page,
  type Reading,
  Trouble,
} from "~/features/connectors/connector";
import { isObject } from "~/features/connectors/reading/answers";
import { type TurningPages, turningPages } from "~/features/connectors/reading/turning-pages";
import { contactFields } from "~/features/connectors/providers/microsoft/contact-fields";
import { recordsOf } from "~/features/connectors/providers/microsoft/contact-records";
import { contactFolders, deltaPath } from "~/features/connectors/providers/microsoft/folders";
import { askGraph, linkOf, NotThere, valuesOf, WrongRequest } from "~/features/connectors/providers/microsoft/graph";

/** Delta links by folder. */
type Links = Readonly<Record<string, string>>;

/** How far a reading has come. */
interface Progress {
  /** Where each folder is taken up; a folder without one is read whole. */
  from: Links;
  /** Folders that were read to their end, and where they are taken up next time. */
  done: Links;
  /** In the middle of a folder. */
  at: { folder: string; link: string } | null;
  /** The folders of a whole reading are gone through twice, the second time for what has moved between them meanwhile. */
  isSecondRound: boolean;
}

interface ChangesFrom {
  links: Links;
  select: string;
}

/** `parentFolderId` tells the folder, the time when it was changed; both are not kept. */
export function selectOf(fields: readonly string[]): string {
  const known = contactFields.map(({ id }) => id).filter((id) => fields.includes(id));
  return ["id", "parentFolderId", "lastModifiedDateTime", ...known].sort().join(",");
}

export async function* readContacts(connection: Connection, reading: Reading): AsyncGenerator<Page> {
  const select = selectOf(reading.fields);
  const folders = await contactFolders(connection);
  let progress = startOf(reading, select);
  refuseLost(progress, folders);
  const watch = turningPages("Microsoft");
  if (progress.at) watch.toNext(progress.at.link);
  for (;;) {
    const { folder, path, isStored } = nextRequest(progress, folders, select);
    const answer = await answerAt(connection, path, isStored);
    const records = await recordsOf(connection, valuesOf(answer), { fields: reading.fields, select, folders });
    progress = progressed(progress, folder, answer, { folders, isWhole: reading.how.kind === "whole" });
    if (progress.at) turned(watch, progress.at.link, records);
    const isLast = folders.every((each) => progress.done[each] !== undefined);
    if (!isLast) {
      yield { records, after: { ...progress } };
      continue;
    }
    yield { records, after: null, changesFrom: { links: progress.done, select } satisfies ChangesFrom };
    return;
  }
}

/** Only within a folder: that one folder after the other is empty is nothing odd. */
function turned(watch: TurningPages, link: string, records: readonly { id: string }[]): void {
  watch.page(records.map(({ id }) => id));
  watch.toNext(link);
}

function startOf({ how, after }: Reading, select: string): Progress {
  if (isObject(after)) return after as unknown as Progress;
  const from = how.kind === "changes" ? linksSince(how.since, select) : {};
  return { from, done: {}, at: null, isSecondRound: false };
}

function linksSince(since: Json, select: string): Links {
  if (!isObject(since) || !isObject(since.links)) {
    throw new CursorExpired("Where reading Microsoft’s changes began is not known any more.");
  }
  if (since.select !== select) {
    throw new CursorExpired("Other fields are read than before, so Microsoft wants everything to be read once more.");
  }
  return since.links as Links;
}

/** With a folder all its contacts are thrown away, and nobody says which: only reading everything tells. */
function refuseLost({ from, done, at }: Progress, folders: readonly string[]): void {
  const known = [...Object.keys(from), ...Object.keys(done), ...(at ? [at.folder] : [])];
  if (known.some((folder) => !folders.includes(folder))) {
    throw new CursorExpired("A folder of contacts is gone at Microsoft, so everything is read once more.");
  }
}

function nextRequest({ from, done, at }: Progress, folders: readonly string[], select: string) {
  if (at) return { folder: at.folder, path: at.link, isStored: true };
  const folder = folders.find((each) => done[each] === undefined) ?? "";
  const link = from[folder];
  return { folder, path: link ?? deltaPath(folder, select), isStored: link !== undefined };
}

/** A link that was given out is refused only for being too old, or of a folder that has gone meanwhile. */
async function answerAt(connection: Connection, path: string, isStored: boolean): Promise<JsonObject> {
  try {
    return await askGraph(connection, path);
  } catch (error) {
    if (!isStored || !(error instanceof NotThere || error instanceof WrongRequest)) throw error;
    throw new CursorExpired("Microsoft has forgotten what was read before, so everything is read once more.");
  }
}

interface Round {
  folders: readonly string[];
  isWhole: boolean;
}

function progressed(progress: Progress, folder: string, answer: JsonObject, { folders, isWhole }: Round): Progress {
  const [next, delta] = [linkOf(answer, "nextLink"), linkOf(answer, "deltaLink")];
  if (next !== null) return { ...progress, at: { folder, link: next } };
  if (delta === null) throw new Trouble("Microsoft ended its list without saying where to go on next time.");
  const done = { ...progress.done, [folder]: delta };
  const isThrough = folders.every((each) => done[each] !== undefined);
  if (!isThrough || !isWhole || progress.isSecondRound) return { ...progress, done, at: null };
  return { from: done, done: {}, at: null, isSecondRound: true };
}
