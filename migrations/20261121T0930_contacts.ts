import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Contacts, what they are computed from, and what links them. See docs/decisions/007-a-contact-is-computed.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const [id, instant, date, key, strict] = postgres
    ? ["uuid", "timestamptz(3)", "date", `text collate "C"`, ""]
    : ["text", "text", "text", "text", "strict"];
  // SQLite's search index knows a row by an integer that VACUUM must not renumber, so the key takes a column of its own.
  const searchId = postgres ? "" : "search_id integer primary key autoincrement,";
  const primaryKey = postgres ? "primary key (account_id, id)" : "unique (account_id, id)";

  await run(db, [
    `create table contacts (
      ${searchId}
      account_id ${id} not null references accounts (account_id),
      id ${id} not null,
      kind text not null check (kind in ('individual', 'business', 'estate')),
      name text not null,
      typed_name text,
      given_name text,
      family_name text,
      company text,
      job_title text,
      notes text,
      email text,
      phone text,
      tags text not null default '[]',
      name_key ${key} not null,
      company_key ${key} not null,
      email_key ${key} not null,
      search text not null,
      version integer not null default 1,
      created_at ${instant} not null,
      changed_at ${instant} not null,
      archived_at ${instant},
      archived_by ${id} references users (id),
      ${primaryKey}
    ) ${strict}`,
    // Imports look names up whether archived or not. Lists show what is not archived: these cover their count, too.
    `create index contacts_by_name on contacts (account_id, name_key, id)`,
    ...["company_key", "email_key", "created_at", "changed_at"].map(
      (column) =>
        `create index contacts_by_${column} on contacts (account_id, ${column}, id) where archived_at is null`,
    ),
    `create index contacts_by_kind on contacts (account_id, kind, name_key, id) where archived_at is null`,
    `create index contacts_archived on contacts (account_id, name_key, id) where archived_at is not null`,

    `create table contact_points (
      account_id ${id} not null,
      contact_id ${id} not null,
      channel text not null check (channel in ('email', 'phone', 'address')),
      position integer not null,
      label text,
      value text,
      value_key ${key} not null,
      street text,
      city text,
      region text,
      postal_code text,
      country text,
      primary key (account_id, contact_id, channel, position),
      foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
    ) ${strict}`,
    `create index contact_points_by_value on contact_points (account_id, channel, value_key, contact_id)`,

    `create table tags (
      account_id ${id} not null references accounts (account_id),
      id ${id} not null,
      name text not null,
      name_key ${key} not null,
      primary key (account_id, id)
    ) ${strict}`,
    `create unique index tags_by_name on tags (account_id, name_key)`,
    `create table contact_tags (
      account_id ${id} not null,
      tag_id ${id} not null,
      contact_id ${id} not null,
      primary key (account_id, tag_id, contact_id),
      foreign key (account_id, tag_id) references tags (account_id, id) on delete cascade,
      foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
    ) ${strict}`,
    `create index contact_tags_by_contact on contact_tags (account_id, contact_id)`,

    `create table contact_records (
      account_id ${id} not null,
      id ${id} not null,
      contact_id ${id} not null,
      source text not null check (source in ('by-hand', 'file')),
      run_id ${id},
      raw_record_id ${id},
      data text not null,
      hash text not null,
      observed_at ${instant} not null,
      created_by ${id} references users (id),
      primary key (account_id, id),
      foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
    ) ${strict}`,
    `create index contact_records_by_contact on contact_records (account_id, contact_id)`,
    `create index contact_records_by_hash on contact_records (account_id, hash)`,
    `create index contact_records_by_run on contact_records (account_id, run_id) where run_id is not null`,
    `create unique index contact_records_one_by_hand on contact_records (account_id, contact_id) where source = 'by-hand'`,
    `create table contact_pins (
      account_id ${id} not null,
      contact_id ${id} not null,
      field text not null,
      pinned_at ${instant} not null,
      pinned_by ${id} references users (id),
      primary key (account_id, contact_id, field),
      foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
    ) ${strict}`,

    `create table relationships (
      account_id ${id} not null,
      id ${id} not null,
      from_contact_id ${id} not null,
      to_contact_id ${id} not null,
      type text not null,
      since ${date},
      until ${date},
      note text,
      created_at ${instant} not null,
      created_by ${id} references users (id),
      primary key (account_id, id),
      foreign key (account_id, from_contact_id) references contacts (account_id, id) on delete cascade,
      foreign key (account_id, to_contact_id) references contacts (account_id, id) on delete cascade,
      check (from_contact_id <> to_contact_id)
    ) ${strict}`,
    `create unique index relationships_once on relationships (account_id, from_contact_id, to_contact_id, type)`,
    `create index relationships_by_target on relationships (account_id, to_contact_id)`,
  ]);
}

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
