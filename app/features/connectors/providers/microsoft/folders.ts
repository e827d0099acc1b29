/** Folders of contacts, however deep they lie. */
import { type Connection, Trouble } from "~/features/connectors/connector";
import { turningPages } from "~/features/connectors/reading/turning-pages";
import { askGraph, linkOf, valuesOf } from "~/features/connectors/providers/microsoft/graph";

/** The default one, which Graph leaves out of its list of folders; all others are called by their ids. */
export const DEFAULT_FOLDER = "";

const MOST_FOLDERS = 2_000;

/** The default one first, the others always in the same order. */
export async function contactFolders(connection: Connection): Promise<string[]> {
  const found = new Set<string>();
  const toLookInto = ["/me/contactFolders"];
  for (let path = toLookInto.pop(); path !== undefined; path = toLookInto.pop()) {
    for (const id of await foldersIn(connection, path)) {
      if (found.has(id)) continue;
      found.add(id);
      toLookInto.push(`/me/contactFolders/${encodeURIComponent(id)}/childFolders`);
      if (found.size > MOST_FOLDERS) {
        throw new Trouble(
          `There are more than ${MOST_FOLDERS.toLocaleString("en-GB")} folders of contacts: too many to read.`,
        );
      }
    }
  }
  return [DEFAULT_FOLDER, ...[...found].sort()];
}

async function foldersIn(connection: Connection, path: string): Promise<string[]> {
  const ids: string[] = [];
  const watch = turningPages("Microsoft");
  let next: string | null = `${path}?$top=100&$select=id`;
  while (next !== null) {
    const answer = await askGraph(connection, next);
    ids.push(...valuesOf(answer).flatMap(({ id }) => (typeof id === "string" ? id : [])));
    next = linkOf(answer, "nextLink");
    if (next !== null) watch.toNext(next);
  }
  return ids;
}

/** Where changes of a folder begin, the first time. */
export function deltaPath(folder: string, select: string): string {
  const contacts =
    folder === DEFAULT_FOLDER ? "/me/contacts" : `/me/contactFolders/${encodeURIComponent(folder)}/contacts`;
  return `${contacts}/delta?$select=${select}`;
}
