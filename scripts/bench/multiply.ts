/** Many more contacts from those that are there: in the database, since a million take minutes by the program's own way. */
import { sql } from "kysely";
import { accountToken } from "~/features/contacts/search/search-index.server";
import { type Scope } from "~/platform/scope.server";

/** Copies all contacts of the account with what belongs to them, so often that there are `times` as many. */
export async function multiplyContacts(scope: Scope, times: number): Promise<void> {
  const sqlite = scope.database.dialect === "sqlite";
  const db = scope.database.unguarded;
  if (sqlite)
    for (const setting of ["synchronous = off", "cache_size = -500000"]) await sql.raw(`pragma ${setting}`).execute(db);
  const tables = [
    ["contacts", "id"],
    ["contact_points", "contact_id"],
    ["contact_tags", "contact_id"],
    ["contact_records", "contact_id"],
  ] as const;
  for (let copy = 1; copy < times; copy++) {
    for (const [table, key] of tables) await copyRows(scope, { table, key, copy });
  }
  if (sqlite) {
    await sql`insert into contact_search (rowid, text)
      select search_id, ${accountToken(scope.account.id)} || search from contacts
      where account_id = ${scope.account.id} and id < '01900000'`.execute(db);
    for (const setting of ["synchronous = full", "cache_size = -32000", "wal_checkpoint(truncate)"])
      await sql.raw(`pragma ${setting}`).execute(db);
  }
  // What autovacuum would do within a minute.
  if (!sqlite) await sql.raw("vacuum analyze").execute(db);
}

interface Copied {
  table: string;
  key: string;
  copy: number;
}

/** An id's first eight digits are a time: those of a copy say which copy it is. */
async function copyRows(scope: Scope, { table, key, copy }: Copied): Promise<void> {
  const columns = await columnsOf(scope, table);
  const prefix = `0180${String(copy).padStart(4, "0")}`;
  const copied = columns.map((column) => {
    // Nobody is at home with their copies.
    if (column === "value_key") return sql`value_key || ${` ${copy}`}`;
    if (column === "created_at" || column === "changed_at") return hoursBefore(scope, column, copy);
    if (column !== key && !(column === "id" && table === "contact_records")) return sql.ref(column);
    return scope.database.dialect === "sqlite"
      ? sql`${prefix} || substr(${sql.ref(column)}, 9)`
      : sql`(${prefix} || substr(${sql.ref(column)}::text, 9))::uuid`;
  });
  const text = scope.database.dialect === "sqlite" ? sql.ref(key) : sql`${sql.ref(key)}::text`;
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(copied)} from ${sql.table(table)}
    where account_id = ${scope.account.id} and ${text} >= '01900000'`.execute(scope.database.unguarded);
}

async function columnsOf(scope: Scope, table: string): Promise<string[]> {
  const tables = await scope.database.unguarded.introspection.getTables();
  const columns = tables.find((each) => each.name === table)?.columns ?? [];
  return columns.map((column) => column.name).filter((column) => column !== "search_id");
}

/** Each copy is somewhat older. */
function hoursBefore(scope: Scope, column: string, hours: number) {
  if (scope.database.dialect === "postgres") return sql`${sql.ref(column)} - ${sql.lit(hours)} * interval '1 hour'`;
  return sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${sql.ref(column)}, ${`-${hours} hours`})`;
}

/** What a firm's contacts have beside what a file says: three in ten are one person's, some are not to be contacted. */
export async function spreadContacts(scope: Scope): Promise<void> {
  const sqlite = scope.database.dialect === "sqlite";
  const id = sqlite ? sql`id` : sql`id::text`;
  // The end of an id is by chance: two numbers of four digits.
  const [one, other] = [sql`substr(${id}, 33)`, sql`substr(${id}, 29, 4)`];
  const share = (digits: typeof one, part: number) => {
    const end = Math.round(part * 65_536)
      .toString(16)
      .padStart(4, "0");
    return sql`${digits} < ${end}`;
  };
  const owner = sqlite ? sql`${scope.user?.id}` : sql`${scope.user?.id}::uuid`;
  // Of three years.
  const at = sqlite
    ? sql`strftime('%Y-%m-%dT%H:%M:%fZ', changed_at, '-' || (search_id % 1000) || ' days')`
    : sql`changed_at - (('x' || substr(${id}, 31))::bit(24)::integer % 1000) * interval '1 day'`;
  await sql`update contacts set
      owner_id = case when ${share(one, 0.3)} then ${owner} end,
      no_email_at = case when ${share(other, 0.005)} then changed_at end,
      no_letter_at = case when ${share(other, 0.001)} then changed_at end,
      city = case when ${share(other, 0.0002)} then 'Ullapool' else city end,
      city_key = case when ${share(other, 0.0002)} then 'ullapool' else city_key end,
      archived_at = case when ${one} >= 'fb00' then changed_at end,
      created_at = ${at}, changed_at = ${at}
    where account_id = ${scope.account.id}`.execute(scope.database.unguarded);
}
