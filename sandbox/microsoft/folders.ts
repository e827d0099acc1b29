/** Folders of contacts. The one that everybody has is not in the list of folders, as it is not with Microsoft. */
import { type ContactFolder } from "@microsoft/microsoft-graph-types";

export interface Folder {
  id: string;
  name: string;
  /** Null: in the mailbox itself, beside the default folder. */
  parent: string | null;
}

/** Of contacts that were thrown away. */
export const DELETED_ITEMS = "AQMkADc5M2JjNjYALgAAAw4ZFXDbeletedAAAA=";
export const DEFAULT_FOLDER = "AQMkADc5M2JjNjYALgAAAw4ZFXDbcontactsAAA=";
export const SUPPLIERS = "AAMkADc5M2JjNjZkAAAAAAAOGRVw-suppliers5KAADGtDNvAAA=";
export const OLD_CLIENTS = "AAMkADc5M2JjNjZkAAAAAAAOGRVw-oldclients5KAADGtDNwAAA=";

export const firstFolders: readonly Folder[] = [
  { id: SUPPLIERS, name: "Lieferanten", parent: null },
  { id: OLD_CLIENTS, name: "Old clients", parent: SUPPLIERS },
];

/** Where the contact of this number lies at first. */
export function folderOf(key: number): string {
  if (key % 10 === 3) return SUPPLIERS;
  return key % 25 === 7 ? OLD_CLIENTS : DEFAULT_FOLDER;
}

export function toFolder({ id, name, parent }: Folder): ContactFolder {
  return { id, parentFolderId: parent ?? "AQMkADc5M2JjNjYALgAAAw4ZFXDbmailboxAAAA=", displayName: name };
}
