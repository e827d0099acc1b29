import { type Kysely, PostgresAdapter, sql } from "kysely";

/**
 * Refused rows by whom their reasons name: so that erasing somebody reaches them. What trials tell by name is of no use
 * once their import has been started, and goes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTable(db);
  await tellNamed(db);
  await forgetWhoIsGone(db);
  await thinTrials(db);
}

async function makeTable(db: Kysely<unknown>): Promise<void> {
  const row = ["account_id", "run_id", "position", "ordinal"];
  await db.schema
    .createTable("refused_fits")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("run_id", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("subject_id", "uuid", (column) => column.notNull())
    .addPrimaryKeyConstraint("refused_fits_pk", [...row, "subject_id"] as never)
    .addForeignKeyConstraint("refused_fits_row_fk", row as never, "refused_rows", row, (key) => key.onDelete("cascade"))
    .execute();
  await db.schema
    .createIndex("refused_fits_by_subject")
    .on("refused_fits")
    .columns(["account_id", "subject_id"])
    .execute();
}

async function tellNamed(db: Kysely<unknown>): Promise<void> {
  const [id, each] =
    db.getExecutor().adapter instanceof PostgresAdapter
      ? [sql`(one.value ->> 'id')::uuid`, sql`json_array_elements(refused_rows.fits::json) as one(value)`]
      : [sql`one.value ->> 'id'`, sql`json_each(refused_rows.fits) as one`];
  await sql`
    insert into refused_fits (account_id, run_id, position, ordinal, subject_id)
    select distinct account_id, run_id, position, ordinal, ${id} from refused_rows, ${each} where fits is not null
  `.execute(db);
}

/** Of whom an older reason names, and whether they are still here, nothing is known. */
async function forgetWhoIsGone(db: Kysely<unknown>): Promise<void> {
  await sql`
    update refused_rows set fits = null,
      reason = 'Several that are here fitted it alike. Which ones is no longer told. Bring it in again.'
    where rule = 'several-matches' and (
      fits is null or (account_id, run_id, position, ordinal) in (
        select account_id, run_id, position, ordinal from refused_fits
        where not exists (
          select 1 from contacts where contacts.account_id = refused_fits.account_id and contacts.id = refused_fits.subject_id
        )
      )
    )
  `.execute(db);
  await sql`
    delete from refused_fits where exists (
      select 1 from refused_rows as line
      where line.account_id = refused_fits.account_id and line.run_id = refused_fits.run_id
        and line.position = refused_fits.position and line.ordinal = refused_fits.ordinal and line.fits is null
    )
  `.execute(db);
}

interface Told {
  changes: unknown[];
  refusals: unknown[];
  rules: { reason: string }[];
}

async function thinTrials(db: Kysely<unknown>): Promise<void> {
  const { rows: started } = await sql<{ account_id: string; run_id: string }>`
    select trials.account_id, trials.run_id from trials
    join runs on runs.account_id = trials.account_id and runs.id = trials.run_id
    where runs.state <> 'draft' and trials.result is not null
  `.execute(db);
  for (const { account_id, run_id } of started) {
    const which = sql`account_id = ${account_id} and run_id = ${run_id}`;
    const { rows } = await sql<{ result: string }>`select result from trials where ${which}`.execute(db);
    const told = JSON.parse(rows[0]?.result ?? "") as Told;
    const thin = { ...told, changes: [], refusals: [], rules: told.rules.map((rule) => ({ ...rule, reason: "" })) };
    await sql`update trials set result = ${JSON.stringify(thin)} where ${which}`.execute(db);
  }
}
