import { type Kysely, PostgresAdapter, sql } from "kysely";

/** How contacts are found by words. See docs/decisions/002-two-databases.md and app/features/contacts/search/search-terms.server.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = db.getExecutor().adapter instanceof PostgresAdapter ? await onPostgres(db) : onSqlite;
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/**
 * The index holds no text, only which row has which three characters: candidates, which the query then checks. Rows are
 * written by the application; a contact that goes takes its row along.
 */
const onSqlite = [
  `create virtual table contact_search using fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
  )`,
  `create trigger contacts_leave_search after delete on contacts
    begin delete from contact_search where rowid = old.search_id; end`,
];

/**
 * Under row-level security LIKE may not use an index, since it is not leakproof. So the search runs as the owner, inside
 * a function that reads the account from the connection's setting and returns nothing but keys of that account's rows.
 */
async function onPostgres(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(db);
  const contacts = `${rows[0]?.schema}.contacts`;
  return [
    `create index contacts_by_search on contacts using gin (account_id, search gin_trgm_ops)`,
    `create function tallybook_search_contacts(patterns text[], at_most integer)
      returns table (id uuid, kind text, archived_at timestamptz, name_key text, company_key text, email_key text,
        created_at timestamptz, changed_at timestamptz)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 1000 as $search$
    begin
      if coalesce(cardinality(patterns), 0) = 0 then return; end if;
      return query execute
        'select c.id, c.kind, c.archived_at, c.name_key, c.company_key, c.email_key, c.created_at, c.changed_at'
        || ' from ${contacts} c where c.account_id = $1'
        || (select string_agg(format(' and c.search like %L', p), '') from unnest(patterns) p)
        || ' limit $2'
        using current_setting('tallybook.account_id')::uuid, at_most;
    end $search$`,
  ];
}
