import { type Kysely, PostgresAdapter, sql } from "kysely";

/** Change sets (the ground of undo, erasable) and the audit chain (append-only). See docs/decisions/008-history.md. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const [id, instant, strict] = postgres ? ["uuid", "timestamptz(3)", ""] : ["text", "text", "strict"];

  await run(db, [
    `create table change_sets (
      account_id ${id} not null references accounts (account_id),
      id ${id} not null,
      action text not null,
      event_id ${id},
      run_id ${id},
      created_at ${instant} not null,
      created_by ${id} references users (id),
      primary key (account_id, id)
    ) ${strict}`,
    `create index change_sets_by_time on change_sets (account_id, created_at, id)`,
    `create table change_entries (
      account_id ${id} not null,
      change_set_id ${id} not null,
      position integer not null,
      subject_kind text not null,
      subject_id ${id} not null,
      before text,
      after text,
      primary key (account_id, change_set_id, position),
      foreign key (account_id, change_set_id) references change_sets (account_id, id)
    ) ${strict}`,
    `create index change_entries_by_subject on change_entries (account_id, subject_id, change_set_id)`,
    `create table audit_events (
      account_id ${id} not null references accounts (account_id),
      position integer not null,
      id ${id} not null,
      at ${instant} not null,
      action text not null,
      actor_user_id ${id},
      body text not null,
      hash text not null,
      primary key (account_id, position)
    ) ${strict}`,
    `create unique index audit_events_by_id on audit_events (account_id, id)`,
    `create table audit_heads (
      account_id ${id} not null primary key references accounts (account_id),
      position integer not null,
      hash text not null
    ) ${strict}`,
  ]);
  await run(db, postgres ? appendOnlyOnPostgres : appendOnlyOnSqlite);
}

const appendOnlyOnPostgres = [
  `create function tallybook_refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'audit_events is append-only'; end $$`,
  `create trigger audit_events_no_change before update or delete on audit_events
    for each row execute function tallybook_refuse_change()`,
  // TRUNCATE fires no row trigger, and a session in the replica role fires none that is not ENABLE ALWAYS.
  `create trigger audit_events_no_truncate before truncate on audit_events
    for each statement execute function tallybook_refuse_change()`,
  `alter table audit_events enable always trigger audit_events_no_change`,
  `alter table audit_events enable always trigger audit_events_no_truncate`,
];

const appendOnlyOnSqlite = [
  `create trigger audit_events_no_update before update on audit_events
    begin select raise(abort, 'audit_events is append-only'); end`,
  // INSERT OR REPLACE reaches this one because connections set recursive_triggers.
  `create trigger audit_events_no_delete before delete on audit_events
    begin select raise(abort, 'audit_events is append-only'); end`,
];

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
