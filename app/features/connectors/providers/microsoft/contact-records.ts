/** What a page of a folder says, as records: contacts, and those that are gone. */
import { type Connection, type JsonObject, type SourceRecord, Trouble } from "~/features/connectors/connector";
import { askGraph, NotThere, valuesOf } from "~/features/connectors/providers/microsoft/graph";

interface Asking {
  fields: readonly string[];
  select: string;
  /** Ids of all folders of contacts but the default one. */
  folders: readonly string[];
}

/** An Exchange mailbox takes four requests of a client at a time. */
const AT_A_TIME = 4;

/** Each once: a page may say the same contact twice, the last time counts. */
export async function recordsOf(
  connection: Connection,
  values: readonly JsonObject[],
  asking: Asking,
): Promise<SourceRecord[]> {
  const there = new Map<string, SourceRecord>();
  const left = new Set<string>();
  for (const value of values) {
    const id = idOf(value);
    there.delete(id);
    left.delete(id);
    if ("@removed" in value) left.add(id);
    else there.set(id, toRecord(id, value, asking.fields));
  }
  return [...there.values(), ...(await whatBecameOf(connection, [...left], asking))];
}

function idOf({ id }: JsonObject): string {
  if (typeof id !== "string" || id === "")
    throw new Trouble("Microsoft sent a contact without an id. Nothing was read from it.");
  return id;
}

function toRecord(id: string, value: JsonObject, fields: readonly string[]): SourceRecord {
  const chosen = [...fields].sort().flatMap((field) => (isEmpty(value[field]) ? [] : [[field, value[field]] as const]));
  const time = Date.parse(typeof value.lastModifiedDateTime === "string" ? value.lastModifiedDateTime : "");
  const changedAt = Number.isNaN(time) ? null : new Date(time).toISOString();
  return { id, payload: Object.fromEntries(chosen) as JsonObject, changedAt };
}

/** Nothing, "", [] and {} all say that there is none. */
function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}

/**
 * Those that left a folder: moved to another, or thrown away, which is a move, too, to the deleted items. With ids that
 * never change each can be asked where it lies now.
 */
async function whatBecameOf(connection: Connection, ids: readonly string[], asking: Asking): Promise<SourceRecord[]> {
  if (ids.length === 0) return [];
  const folders = new Set([...asking.folders, await defaultFolder(connection)]);
  const found: SourceRecord[] = [];
  for (let at = 0; at < ids.length; at += AT_A_TIME) {
    const some = ids.slice(at, at + AT_A_TIME).map(async (id): Promise<SourceRecord> => {
      const contact = await lookUp(connection, id, asking.select);
      const isThere = contact !== null && folders.has(String(contact.parentFolderId));
      return isThere ? toRecord(id, contact, asking.fields) : { id, gone: "deleted" };
    });
    found.push(...(await Promise.all(some)));
  }
  return found;
}

async function lookUp(connection: Connection, id: string, select: string): Promise<JsonObject | null> {
  try {
    return await askGraph(connection, `/me/contacts/${encodeURIComponent(id)}?$select=${select}`);
  } catch (error) {
    if (error instanceof NotThere) return null;
    throw error;
  }
}

/** As any contact in it says. Where none is in it, no contact can have moved there. */
async function defaultFolder(connection: Connection): Promise<string | null> {
  const [contact] = valuesOf(await askGraph(connection, "/me/contacts?$top=1&$select=parentFolderId"));
  return typeof contact?.parentFolderId === "string" ? contact.parentFolderId : null;
}
