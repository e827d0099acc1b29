import { type Kysely, sql } from "kysely";

/**
 * Of corrected rows that were refused again: their position in the import that refused them first, which until now only
 * their key among the cells told. So the database can say which were corrected since.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("refused_rows").addColumn("first_position", "integer").execute();
  const { rows: corrections } = await sql<Correction>`
    select account_id, id, continues_run_id, settings from runs where continues_run_id is not null and refused_count > 0
  `.execute(db);
  for (const correction of corrections) await tellPositions(db, correction);
}

interface Correction {
  account_id: string;
  id: string;
  continues_run_id: string;
  settings: string;
}

async function tellPositions(db: Kysely<unknown>, { account_id, id, continues_run_id, settings }: Correction) {
  const keyAt = (JSON.parse(settings) as { correction?: { keyAt: number } }).correction?.keyAt ?? -1;
  const { rows } = await sql<{ position: number; payload: string }>`
    select position, payload from raw_records
    where account_id = ${account_id} and run_id = ${id} and outcome = 'refused'
  `.execute(db);
  for (const { position, payload } of rows) {
    const first = positionIn((JSON.parse(payload) as string[])[keyAt] ?? "", continues_run_id);
    if (first === null) continue;
    await sql`
      update refused_rows set first_position = ${first}
      where account_id = ${account_id} and run_id = ${id} and position = ${position}
    `.execute(db);
  }
}

/** As the keys were written: `row-`, the run's id without its dashes, the position, a signature. */
function positionIn(key: string, runId: string): number | null {
  const [, run, position] = /^'?row-([0-9a-f]{32})-(\d{1,9})-[0-9a-f]{32}$/.exec(key.trim().toLowerCase()) ?? [];
  return position !== undefined && run === runId.replaceAll("-", "") ? Number(position) : null;
}
