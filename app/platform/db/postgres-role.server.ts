/**
 * The second line of account isolation: on Postgres every table with an `account_id` has row-level security, and the
 * application runs as a role that is bound by it. Enabled, not forced: forced, the owner's own backfill would silently
 * touch nothing and pg_dump would fail.
 */
import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { INSTALLATION_ACCOUNT } from "~/platform/db/postgres-driver.server";
import { type Tables } from "~/platform/db/tables";

const MAX_NAME_BYTES = 63;

/** Roles belong to the cluster, not to a database, so the name carries the database's. */
export function appRoleName(databaseName: string): string {
  const name = `tallybook_app_${databaseName.toLowerCase().replace(/[^a-z0-9_]/g, "_")}`;
  if (name.length <= MAX_NAME_BYTES && databaseName === name.slice("tallybook_app_".length)) return name;
  // Another spelling or too long: a digest keeps two databases apart.
  return `${name.slice(0, 50)}_${createHash("sha256").update(databaseName).digest("hex").slice(0, 12)}`;
}

/** Unset or empty, the cast throws: a connection that nobody told its account must be loud, not merely find nothing. */
const currentAccount = "(select current_setting('tallybook.account_id')::uuid)";

function secureText(role: string): string {
  return `do $secure$
declare
  t record;
  f record;
begin
  if not exists (select 1 from pg_roles where rolname = '${role}') then
    begin
      create role "${role}" nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  -- From Postgres 16 on, who made a role may administer it but not take it.
  if not pg_has_role(current_user, '${role}',
      case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
    grant "${role}" to current_user;
  end if;
  execute format('grant usage on schema %I to "${role}"', current_schema());
  for t in
    select c.oid, c.relname as name, c.relrowsecurity as protected,
      exists (select 1 from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped) as owned,
      coalesce(x.access = 'installation', false) as opened,
      case x.access when 'append-only' then array['select', 'insert']
        when 'never-deleted' then array['select', 'insert', 'update']
        else array['select', 'insert', 'update', 'delete'] end as wanted
    from pg_class c left join table_access x on x.table_name = c.relname
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') 
      and c.relname <> 'table_access' and c.relname not like 'kysely%'
  loop
    if exists (select 1 from unnest(array['select', 'insert', 'update', 'delete']) p
      where has_table_privilege('${role}', t.oid, p) <> (p = any (t.wanted))) then
      execute format('revoke all on %I from "${role}"', t.name);
      execute format('grant %s on %I to "${role}"', array_to_string(t.wanted, ', '), t.name);
    end if;
    continue when not t.owned;
    if not t.protected then
      execute format('alter table %I enable row level security', t.name);
    end if;
    if not exists (select 1 from pg_policy p where p.polrelid = t.oid and p.polname = 'own_account') then
      execute format($policy$create policy own_account on %I using (account_id = ${currentAccount})$policy$, t.name);
    end if;
    if t.opened and not exists (select 1 from pg_policy p where p.polrelid = t.oid and p.polname = 'installation') then
      execute format(
        $policy$create policy installation on %I using (${currentAccount} = '${INSTALLATION_ACCOUNT}')$policy$, t.name);
    end if;
  end loop;
  -- What runs as the owner sees every account: of all the cluster's roles only the application's may call it.
  for f in
    select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prosecdef
      and (has_function_privilege('public', p.oid, 'execute') or not has_function_privilege('${role}', p.oid, 'execute'))
  loop
    execute format('revoke execute on function %s from public', f.name);
    execute format('grant execute on function %s to "${role}"', f.name);
  end loop;
end
$secure$`;
}

/**
 * Makes the role, gives it what it needs and protects every table that has an `account_id`. Changes nothing where all
 * is as it should be, and runs at the end of every migration in the same transaction: no migration can forget it.
 */
export async function secureTables(db: Kysely<Tables>, appRole: string): Promise<void> {
  await sql.raw(secureText(appRole)).execute(db);
}
