/** The rows that an import or a connector's run leaves, ready in memory, and how long it takes to do nothing but write them: the yardstick. */
import { type Kysely } from "kysely";
import { indexContacts } from "~/features/contacts/search/search-index.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

const BATCH = 300;
type Row = Record<string, unknown>;

/** What one run has written, in the order of writing. */
export interface FinalRows {
  /** Rows that there are few of, written at the start. */
  first: [table: string, rows: Row[]][];
  fileChunks: Row[];
  /** One entry a transaction. */
  batches: Batch[];
}

interface Batch {
  contactIds: string[];
  rows: [table: string, rows: Row[]][];
}

/** The bench stands outside the product: it copies rows without knowing their columns. */
function everything(scope: Scope): Kysely<Record<string, Row>> {
  return scope.database.unguarded as unknown as Kysely<Record<string, Row>>;
}

type Where = readonly [column: string, value: unknown];

export async function readFinalRows(scope: Scope, runId: string): Promise<FinalRows> {
  const all = (table: string, order: readonly string[], ...wheres: readonly Where[]) => {
    let query = everything(scope).selectFrom(table).selectAll();
    for (const [column, value] of wheres) query = query.where(column, "=", value);
    for (const column of order) query = query.orderBy(column);
    return query.execute();
  };
  const runs = await all("runs", [], ["id", runId]);
  const [run = {}] = runs;
  const changeSets = await all("change_sets", [], ["id", run.change_set_id]);
  // The audit's one event is not written: it belongs to its firm's chain.
  for (const set of changeSets) set.event_id = null;
  const ofRun: Where = ["run_id", runId];
  const raw = await all("raw_records", ["position"], ofRun);
  const entries = await all("change_entries", ["position"], ["change_set_id", run.change_set_id]);
  const place = placing(raw);
  const changed = new Set(entries.map((entry) => entry.subject_id));
  const ofChanged = async (table: string, key: string) =>
    (await all(table, table === "contacts" ? ["id"] : [])).filter((row) => changed.has(row[key]));
  const contacts = await ofChanged("contacts", "id");
  for (const contact of contacts) {
    delete contact.search_id;
    // Whoever looks after them is a person of the other installation.
    contact.owner_id = null;
  }
  const batches = Array.from({ length: Math.ceil(raw.length / BATCH) }, (): Batch => ({ contactIds: [], rows: [] }));
  const spread = (table: string, rows: readonly Row[], at: (row: Row, index: number) => number) => {
    for (const batch of batches) batch.rows.push([table, []]);
    rows.forEach((row, index) => batches[at(row, index)]?.rows.at(-1)?.[1].push(row));
  };
  for (const contact of contacts) batches[place.ofSubject(contact.id)]?.contactIds.push(String(contact.id));
  spread("contacts", contacts, (row) => place.ofSubject(row.id));
  for (const table of ["contact_points", "contact_tags"]) {
    spread(table, await ofChanged(table, "contact_id"), (row) => place.ofSubject(row.contact_id));
  }
  spread("contact_records", await all("contact_records", ["id"], ofRun), (row) => place.ofRaw(row.raw_record_id));
  spread("raw_records", raw, (_, index) => Math.floor(index / BATCH));
  // None where it reads a file.
  spread("source_records", await all("source_records", ["id"], ["first_run_id", runId]), (row) =>
    place.ofRaw(row.raw_record_id),
  );
  spread("change_entries", entries, (row) => place.ofSubject(row.subject_id));
  spread("refused_rows", await all("refused_rows", ["position"], ofRun), () => 0);
  const files = await all("files", [], ["id", run.file_id]);
  const connectors = await all("connectors", [], ["id", run.connector_id]);
  const tags = await all("tags", []);
  return {
    first: [
      ["files", files],
      ["connectors", connectors],
      ["change_sets", changeSets],
      ["runs", runs],
      ["tags", tags],
    ],
    fileChunks: await all("file_chunks", ["position"], ["file_id", run.file_id]),
    batches,
  };
}

/** In which batch a raw record is, and a contact: in that of the first row about it. */
function placing(raw: readonly Row[]) {
  const bySubject = new Map<unknown, number>();
  const byRaw = new Map<unknown, number>();
  raw.forEach(({ id, subject_id: subject }, index) => {
    const batch = Math.floor(index / BATCH);
    byRaw.set(id, batch);
    if (subject !== null && !bySubject.has(subject)) bySubject.set(subject, batch);
  });
  return {
    ofRaw: (id: unknown) => byRaw.get(id) ?? 0,
    ofSubject: (id: unknown) => bySubject.get(id) ?? 0,
  };
}

/** As plainly as it goes: whole transactions, each row as it is, contacts that are there written over. */
export async function writeFinalRows(scope: Scope, { first, fileChunks, batches }: FinalRows): Promise<void> {
  await inTransaction(scope, async (scope) => {
    for (const [table, rows] of first) await write(scope, table, rows);
    for (const chunk of fileChunks) await write(scope, "file_chunks", [chunk]);
  });
  const there = await idsThere(scope);
  for (const { contactIds, rows } of batches) {
    const rewritten = contactIds.filter((id) => there.has(id));
    await inTransaction(scope, async (scope) => {
      await clearParts(scope, rewritten);
      for (const [table, some] of rows) {
        await write(scope, table, some);
        if (table === "contacts") await indexContacts(scope, contactIds);
      }
    });
  }
}

async function idsThere(scope: Scope): Promise<Set<unknown>> {
  const rows = await everything(scope).selectFrom("contacts").select("id").execute();
  return new Set(rows.map(({ id }) => id));
}

async function clearParts(scope: Scope, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  for (const table of ["contact_points", "contact_tags"] as const) {
    await scope.db
      .deleteFrom(table)
      .where("account_id", "=", scope.account.id)
      .where("contact_id", "in", contactIds)
      .execute();
  }
}

async function write(scope: Scope, table: string, rows: readonly Row[]): Promise<void> {
  const [row] = rows;
  if (!row) return;
  const insert = (scope.db as unknown as Kysely<Record<string, Row>>).insertInto(table).values(rows);
  await (table === "contacts" || table === "tags" ? insert.onConflict(overwriting(row)) : insert).execute();
}

type Conflict = Parameters<ReturnType<Kysely<Record<string, Row>>["insertInto"]>["onConflict"]>[0];

function overwriting(row: Row): Conflict {
  const columns = Object.keys(row).filter((column) => column !== "account_id" && column !== "id");
  return (conflict) =>
    conflict
      .columns(["account_id", "id"])
      .doUpdateSet((eb) => Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)])));
}

/** The rows came from another firm's admin; here they are this one's. */
export function forThisFirm(scope: Scope, { first, fileChunks, batches }: FinalRows): void {
  const people = ["created_by", "started_by", "cancel_requested_by", "archived_by"];
  const tables = [...first, ...batches.flatMap((batch) => batch.rows)].map(([, rows]) => rows);
  for (const row of [...tables, fileChunks].flat()) {
    row.account_id = scope.account.id;
    for (const column of people) if (row[column]) row[column] = scope.user?.id;
  }
}
