import { type Kysely, sql } from "kysely";

interface Db {
  source_records: { account_id: string; stream: string; number: number; seen_run_id: string };
  runs: { account_id: string; id: string; source: string; state: string; checkpoint: string | null };
  seen_records: { account_id: string; run_id: string; stream: string; block: number; bits: string };
}

/**
 * Which records a run has seen is kept as a bit for each, by a number that a record has in its stream: reading a hundred
 * thousand that are as they were writes a few blocks, and no longer all of their rows.
 */
export async function up(db: Kysely<Db>): Promise<void> {
  await numberRecords(db);
  await db.schema
    .createTable("seen_records")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("stream", "text", (column) => column.notNull())
    .addColumn("block", "integer", (column) => column.notNull())
    .addColumn("bits", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("seen_records_pk", ["account_id", "run_id", "stream", "block"])
    .addForeignKeyConstraint("seen_records_run_fk", ["account_id", "run_id"], "runs", ["account_id", "id"], (foreign) =>
      foreign.onDelete("cascade"),
    )
    .execute();
  await keepWhatIsSeen(db);
  await db.schema.alterTable("source_records").dropColumn("seen_run_id").execute();
}

async function numberRecords(db: Kysely<Db>): Promise<void> {
  await db.schema
    .alterTable("source_records")
    .addColumn("number", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`
    update source_records set number = numbered.place
    from (
      select account_id, id, row_number() over (partition by account_id, connector_id, stream order by id) as place
      from source_records
    ) as numbered
    where source_records.account_id = numbered.account_id and source_records.id = numbered.id
  `.execute(db);
  await sql`
    create unique index source_records_by_number on source_records (account_id, connector_id, stream, number)
  `.execute(db);
}

/** What is half read now is gone on with. */
async function keepWhatIsSeen(db: Kysely<Db>): Promise<void> {
  const runs = await db
    .selectFrom("runs")
    .select(["account_id", "id", "checkpoint"])
    .where("source", "=", "connector")
    .where("state", "in", ["queued", "running"])
    .execute();
  for (const { account_id, id, checkpoint } of runs) {
    const seen = await db
      .selectFrom("source_records")
      .select(["stream", "number"])
      .where("account_id", "=", account_id)
      .where("seen_run_id", "=", id)
      .execute();
    for (const block of blocksOf(seen)) {
      await db
        .insertInto("seen_records")
        .values({ account_id, run_id: id, ...block })
        .execute();
    }
    await db
      .updateTable("runs")
      .set({ checkpoint: fromTheFirst(checkpoint) })
      .where("account_id", "=", account_id)
      .where("id", "=", id)
      .execute();
  }
}

const BITS = 4_096;

function blocksOf(seen: readonly { stream: string; number: number }[]) {
  const blocks = new Map<string, { stream: string; block: number; bytes: Uint8Array }>();
  for (const { stream, number } of seen) {
    const block = Math.floor(number / BITS);
    const key = `${block} ${stream}`;
    const { bytes } = blocks.get(key) ?? { bytes: new Uint8Array(BITS / 8) };
    const at = number % BITS;
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
    blocks.set(key, { stream, block, bytes });
  }
  return [...blocks.values()].map(({ stream, block, bytes }) => ({
    ...{ stream, block, bits: Buffer.from(bytes).toString("base64") },
  }));
}

interface Checkpoint {
  unseen: string | null;
  streams?: Record<string, { now: number }>;
}

/** How far it had looked for what is gone was a name until now; now it is a number, and it looks once more. */
function fromTheFirst(checkpoint: string | null): string | null {
  if (checkpoint === null) return null;
  const { unseen, streams = {}, ...rest } = JSON.parse(checkpoint) as Checkpoint;
  const counted = Object.entries(streams).map(([id, counts]) => [id, { standing: counts.now, ...counts }]);
  return JSON.stringify({ ...rest, streams: Object.fromEntries(counted), unseen: unseen === null ? null : 0 });
}
