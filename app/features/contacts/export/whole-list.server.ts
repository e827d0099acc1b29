import { columnsOn, type ExportedRow, unpacked, type Walked } from "~/features/contacts/export/exported-row.server";
import { type ContactListView, COUNT_LIMIT } from "~/features/contacts/list/contact-list";
import { beyond, type Narrowed, narrowedRows, rowOf, walkOf } from "~/features/contacts/list/kept-contacts.server";
import { countLeads } from "~/features/contacts/list/list-choices.server";
import { conditionsOf, inList, type Lead, walksAlong } from "~/features/contacts/list/list-conditions.server";
import { listIds, settled } from "~/features/contacts/list/list-contacts.server";
import { sortKeyOf } from "~/features/contacts/list/list-sort.server";
import { parseSearch } from "~/features/contacts/search/search-terms.server";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/**
 * All that a list shows, on all its pages and in its order, some hundred rows at a time. Few are found, sorted and read
 * by their ids; of many the index of the sort is walked, so that memory stays the same however long the list is. What
 * somebody changes meanwhile stands where the walk finds it.
 */

const PAGE = 500;

export interface WholeList {
  /** Null: too many to know them beforehand. */
  ids: readonly string[] | null;
  pages: AsyncGenerator<ExportedRow[], void>;
}

export interface HowMuch {
  /** Emails, phones and addresses, too. */
  withPoints?: boolean;
  /** As many are sorted here. */
  few?: number;
}

export async function wholeList(
  scope: Scope,
  asked: ContactListView,
  { withPoints = false, few = COUNT_LIMIT }: HowMuch = {},
): Promise<WholeList> {
  const plain = { ...asked, cursor: null };
  const view = settled(plain, await countLeads(scope, plain));
  const found = await listIds(scope, view, few + 1);
  const columns = columnsOn(scope, withPoints);
  if (found.length > few) return { ids: null, pages: walk(scope, view, columns) };
  const ids = await inOrder(scope, view, found);
  return { ids, pages: read(scope, view, { ids, columns }) };
}

async function inOrder(scope: Scope, view: ContactListView, ids: readonly string[]): Promise<string[]> {
  const sorted = sortKeyOf(scope, view.sort);
  const rows: { id: string; key: Buffer }[] = [];
  for (const some of valueChunks(ids)) {
    const found = await scope.db
      .selectFrom("contacts")
      .select(["contacts.id", sorted.key.as("key")])
      .where("contacts.account_id", "=", scope.account.id)
      .where("contacts.id", "in", some)
      .execute();
    // As both databases compare them: byte by byte.
    for (const { id, key } of found) rows.push({ id, key: Buffer.from(key) });
  }
  rows.sort((a, b) => Buffer.compare(a.key, b.key) || (a.id < b.id ? -1 : 1));
  if (!walkOf(view).forwards) rows.reverse();
  return rows.map(({ id }) => id);
}

interface Listed {
  ids: readonly string[];
  columns: Columns;
}
type Columns = ReturnType<typeof columnsOn>;

async function* read(
  scope: Scope,
  view: ContactListView,
  { ids, columns }: Listed,
): AsyncGenerator<ExportedRow[], void> {
  for (let start = 0; start < ids.length; start += PAGE) {
    const some = ids.slice(start, start + PAGE);
    const rows = new Map((await readRows(scope, view, { ids: some, columns })).map((row) => [row.id, row]));
    yield some.flatMap((id) => rows.get(id) ?? []);
  }
}

async function readRows(scope: Scope, view: ContactListView, { ids, columns }: Listed) {
  const rows = await scope.db
    .selectFrom("contacts")
    .select(columns)
    .where("contacts.account_id", "=", scope.account.id)
    .where("contacts.id", "in", ids)
    .where((eb) => inList(eb, scope, view))
    .where(seenBy(scope))
    .execute();
  return unpacked(rows);
}

async function* walk(scope: Scope, view: ContactListView, columns: Columns): AsyncGenerator<ExportedRow[], void> {
  const narrowed: Narrowed = { view, conditions: conditionsOf(scope, view), terms: parseSearch(view.query) };
  const pageAfter = (after: Place | null) => walkOn(scope, narrowed, { columns, after });
  let next: Promise<Walked[]> | null = pageAfter(null);
  while (next) {
    const rows: Walked[] = await next;
    const last = rows.length === PAGE ? rows.at(-1) : undefined;
    // Postgres looks for the next page while this one is written.
    next = last ? pageAfter({ key: last.sort_key ?? "", id: last.id }) : null;
    // What goes wrong with it is met above; but nobody comes for it when the export ends before.
    next?.catch(() => undefined);
    if (rows.length > 0) yield rows;
  }
}

interface Place {
  key: string;
  id: string;
}

async function walkOn(scope: Scope, narrowed: Narrowed, { columns, after }: { columns: Columns; after: Place | null }) {
  const { view } = narrowed;
  const sorted = sortKeyOf(scope, view.sort);
  const { forwards, direction } = walkOf(view);
  const along = (lead: Lead) => walksAlong(view, lead, sorted.column);
  const rows = await narrowedRows(scope, narrowed, along, scope.db)
    .select(columns)
    .select([sorted.key.as("sort_key")])
    .$if(after !== null, (query) => query.where(beyond(sorted, forwards, rowOf(after ?? { key: "", id: "" }))))
    .orderBy(sorted.key, direction)
    .orderBy("contacts.id", direction)
    .limit(PAGE)
    .execute();
  return unpacked(rows);
}
