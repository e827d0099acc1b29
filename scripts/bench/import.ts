/** How much longer an import takes than writing the rows it ends in, ready in memory. */
import { type Kysely } from "kysely";
import { type Bench, type BenchOptions, figure, timed } from "./measure";
import { openBenchWorld, openFirm } from "./site";
import { systemScope } from "~/features/accounts/account-scope.server";
import { indexContacts } from "~/features/contacts/search/search-index.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { subjects } from "~/composition.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";
import { sampleContacts } from "~/testing/sample/sample-contacts";
import { sampleCsv } from "~/testing/sample/sample-csv";

const BATCH = 300;
type Row = Record<string, unknown>;

export const importCsv: Bench = async (options) => {
  const count = options.quick ? 9_000 : 100_000;
  const csv = Buffer.from(sampleCsv(sampleContacts(count, 7).contacts));
  options.say(`Importing ${count.toLocaleString("en-GB")} rows on ${options.database} …`);
  const imported = await timedImport(options, csv);
  const written = await timedWriting(options, imported.tables);
  const rate = (ms: number) => `${Math.round(count / (ms / 1_000)).toLocaleString("en-GB")} rows/s`;
  options.say(`import ${rate(imported.ms)}, writing the same rows ${rate(written)}; ${imported.counts}`);
  return { "import.csv": figure(imported.ms / written, "× writing the same final rows", 2.5) };
};

interface Imported {
  ms: number;
  counts: string;
  tables: FinalTables;
}

async function timedImport(options: BenchOptions, csv: Buffer): Promise<Imported> {
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    const ms = await timed(async () => {
      const upload = { name: "clients-2026.csv", mediaType: "text/csv", bytes: chunks(csv) };
      const draft = await uploadFile(scope, contactSubject, upload);
      if (!draft.ok) throw new Error(draft.reason);
      await startRun(scope, draft.runId);
      const system = await systemScope(installation, scope.account.id);
      await continueRun(system, subjects, draft.runId, { signal: new AbortController().signal });
    });
    const run = await scope.db
      .selectFrom("runs")
      .select(["read_count", "created_count", "changed_count", "same_count", "refused_count"])
      .where("account_id", "=", scope.account.id)
      .executeTakeFirstOrThrow();
    return { ms, counts: JSON.stringify(run), tables: await readFinalTables(scope) };
  } finally {
    await close();
  }
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 64 * 1_024;
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size));
}

/** Every row that an import leaves, in the order of writing, apart from the few that there is one of. */
interface FinalTables {
  files: Row[];
  fileChunks: Row[];
  runs: Row[];
  changeSets: Row[];
  tags: Row[];
  /** One entry a transaction: table → rows. */
  batches: { contactIds: string[]; rows: [table: string, rows: Row[]][] }[];
}

/** The bench stands outside the product: it copies rows without knowing their columns. */
function everything(scope: Scope): Kysely<Record<string, Row>> {
  return scope.database.unguarded as unknown as Kysely<Record<string, Row>>;
}

async function readFinalTables(scope: Scope): Promise<FinalTables> {
  const db = everything(scope);
  const all = (table: string, ...order: string[]) => {
    let query = db.selectFrom(table).selectAll();
    for (const column of order) query = query.orderBy(column);
    return query.execute();
  };
  const raw = await all("raw_records", "position");
  const batchOf = new Map<unknown, number>();
  const batchOfRaw = new Map(raw.map((row, place) => [row.id, Math.floor(place / BATCH)]));
  raw.forEach((row, place) => {
    if (row.subject_id !== null && !batchOf.has(row.subject_id)) batchOf.set(row.subject_id, Math.floor(place / BATCH));
  });
  const batches: FinalTables["batches"] = Array.from({ length: Math.ceil(raw.length / BATCH) }, () => ({
    contactIds: [],
    rows: [],
  }));
  const spread = (table: string, rows: Row[], place: (row: Row, index: number) => number) => {
    for (const batch of batches) batch.rows.push([table, []]);
    rows.forEach((row, index) => batches[place(row, index)]?.rows.at(-1)?.[1].push(row));
  };
  const contacts = await all("contacts", "id");
  for (const contact of contacts) {
    delete contact.search_id;
    // Whoever looks after them is a person of the other installation.
    contact.owner_id = null;
  }
  spread("contacts", contacts, (row) => batchOf.get(row.id) ?? 0);
  for (const contact of contacts) batches[batchOf.get(contact.id) ?? 0]?.contactIds.push(String(contact.id));
  spread("contact_points", await all("contact_points"), (row) => batchOf.get(row.contact_id) ?? 0);
  spread("contact_tags", await all("contact_tags"), (row) => batchOf.get(row.contact_id) ?? 0);
  spread("contact_records", await all("contact_records", "id"), (row) => batchOfRaw.get(row.raw_record_id) ?? 0);
  spread("raw_records", raw, (_, index) => Math.floor(index / BATCH));
  spread("change_entries", await all("change_entries", "position"), (row) => batchOf.get(row.subject_id) ?? 0);
  spread("refused_rows", await all("refused_rows", "position"), () => 0);
  const changeSets = await all("change_sets");
  // The audit's one event is not written: it belongs to its firm's chain.
  for (const set of changeSets) set.event_id = null;
  return {
    files: await all("files"),
    fileChunks: await all("file_chunks", "position"),
    runs: await all("runs"),
    changeSets,
    tags: await all("tags"),
    batches,
  };
}

async function timedWriting(options: BenchOptions, tables: FinalTables): Promise<number> {
  const { installation, close } = await openBenchWorld(options);
  try {
    const scope = await openFirm(installation);
    forThisFirm(scope, tables);
    return await timed(async () => {
      await inTransaction(scope, async (scope) => {
        await write(scope, "files", tables.files);
        for (const chunk of tables.fileChunks) await write(scope, "file_chunks", [chunk]);
        await write(scope, "change_sets", tables.changeSets);
        await write(scope, "runs", tables.runs);
        await write(scope, "tags", tables.tags);
      });
      for (const { contactIds, rows } of tables.batches) {
        await inTransaction(scope, async (scope) => {
          for (const [table, some] of rows) {
            await write(scope, table, some);
            if (table === "contacts") await indexContacts(scope, contactIds);
          }
        });
      }
    });
  } finally {
    await close();
  }
}

async function write(scope: Scope, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  await (scope.db as unknown as Kysely<Record<string, Row>>).insertInto(table).values(rows).execute();
}

/** The rows came from another firm's admin; here they are this one's. */
function forThisFirm(scope: Scope, tables: FinalTables): void {
  const people = ["created_by", "started_by", "cancel_requested_by", "archived_by"];
  const lists = [tables.files, tables.fileChunks, tables.runs, tables.changeSets, tables.tags];
  for (const rows of [...lists, ...tables.batches.flatMap((batch) => batch.rows.map(([, some]) => some))]) {
    for (const row of rows) {
      row.account_id = scope.account.id;
      for (const column of people) if (row[column]) row[column] = scope.user?.id;
    }
  }
}
