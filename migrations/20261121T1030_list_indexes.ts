import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Lists of contacts are narrowed by owner, city and do-not-contact, and a search brings along what it is narrowed by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of indexes) await sql.raw(statement).execute(db);
  if (db.getExecutor().adapter instanceof PostgresAdapter) await widenSearch(db);
}

// In the order of names, as that of the kinds: what is somebody's is read page by page, however much it is. The other
// orders have kind and owner at their end: who is sorted last (an estate, by company) is passed over within the index.
const sorts = ["company_key", "email_key", "created_at", "changed_at"];
const indexes = [
  "create index contacts_by_owner on contacts (account_id, owner_id, name_key, id) where archived_at is null",
  ...sorts.map((column) => `drop index contacts_by_${column}`),
  ...[...sorts, "city_key"].map(
    (column) =>
      `create index contacts_by_${column} on contacts (account_id, ${column}, id, kind, owner_id) where archived_at is null`,
  ),
  ...["no_email_at", "no_phone_at", "no_letter_at"].map(
    (column) =>
      `create index contacts_with_${column} on contacts (account_id, ${column}, id) ` +
      `where ${column} is not null and archived_at is null`,
  ),
  // What is deleted is in no list, not even in this one.
  "drop index contacts_archived",
  "create index contacts_archived on contacts (account_id, name_key, id) where archived_at is not null and deleted_at is null",
];

/** As before (see 20261121T0935_contact_search.ts), with more of each hit, and without what is archived where asked. */
async function widenSearch(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(db);
  const contacts = `${rows[0]?.schema}.contacts`;
  await sql`drop function tallybook_search_contacts(text[], integer)`.execute(db);
  await sql
    .raw(
      `create function tallybook_search_contacts(patterns text[], at_most integer, current_only boolean)
      returns table (id uuid, kind text, owner_id uuid, archived_at timestamptz, deleted_at timestamptz,
        no_email_at timestamptz, no_phone_at timestamptz, no_letter_at timestamptz,
        name_key text, company_key text, email_key text, city_key text, created_at timestamptz, changed_at timestamptz)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 1000 as $search$
    begin
      if coalesce(cardinality(patterns), 0) = 0 then return; end if;
      return query execute
        'select c.id, c.kind, c.owner_id, c.archived_at, c.deleted_at, c.no_email_at, c.no_phone_at, c.no_letter_at,'
        || ' c.name_key, c.company_key, c.email_key, c.city_key, c.created_at, c.changed_at'
        || ' from ${contacts} c where c.account_id = $1 and c.deleted_at is null'
        || case when current_only then ' and c.archived_at is null' else '' end
        || (select string_agg(format(' and c.search like %L', p), '') from unnest(patterns) p)
        || ' limit $2'
        using current_setting('tallybook.account_id')::uuid, at_most;
    end $search$`,
    )
    .execute(db);
}
