/** A list of contacts under a name: how it is narrowed and sorted, and its columns. */
interface SavedViewsTable {
  account_id: string;
  id: string;
  name: string;
  name_key: string;
  /** As the list's address has it, with its question mark. */
  query: string;
  owner_id: string;
  created_at: string;
  changed_at: string;
  /** Since when everybody here sees it; null: its owner alone. */
  shared_at: string | null;
  deleted_at: string | null;
}

declare module "~/platform/db/tables" {
  interface Tables {
    saved_views: SavedViewsTable;
  }
}

export {};
