/** What must be true of a Postgres database before Tallybook serves from it; each failure is a sentence. */
import type pg from "pg";
import { type Kysely, sql } from "kysely";
import { type Tables } from "~/platform/db/tables";

const MIN_VERSION = 150_000;

/** @throws Error if the server is too old or does not speak UTF-8. Needs no table yet. */
export async function checkServer(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding
  `.execute(db);
  const server = rows[0];
  if (server === undefined) throw new Error("The Postgres server did not say what it is.");
  if (server.version < MIN_VERSION) throw new Error("Tallybook needs Postgres 15 or newer.");
  if (server.encoding !== "UTF8") {
    throw new Error(
      `The database's encoding is ${server.encoding}. Create it with: encoding 'UTF8' template template0`,
    );
  }
}

interface RoleFacts {
  name: string;
  /** Superuser or BYPASSRLS. */
  unbound: boolean;
  owned: number;
}

/** A table or a function. */
interface Unprotected {
  name: string;
}

const roleFacts = `
  select r.rolname as name, r.rolsuper or r.rolbypassrls as unbound,
    (select count(*)::int from pg_class c
      where c.relnamespace = current_schema()::regnamespace and pg_has_role(r.oid, c.relowner, 'member')) as owned
  from pg_roles r where r.rolname = current_user`;

const unprotectedTables = `
  select c.relname as name from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    and exists (select 1 from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped)
    and not (c.relrowsecurity and not c.relforcerowsecurity
      and exists (select 1 from pg_policy p where p.polrelid = c.oid))
  order by c.relname`;

const openFunctions = `
  select p.oid::regprocedure::text as name from pg_proc p
  where p.pronamespace = current_schema()::regnamespace and p.prosecdef and has_function_privilege('public', p.oid, 'execute')
  order by 1`;

/** The role's own connections can not even be opened without it, so this asks over the login role's. */
async function checkRoleExists(db: Kysely<Tables>, appRole: string): Promise<void> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${appRole}`.execute(db);
  if (rows.length === 0) throw new Error(`There is no role ${appRole}: run the migrations (npm run migrate).`);
}

/** Asked over the application's own connections. @throws Error if account isolation does not stand. */
export async function checkIsolation(db: Kysely<Tables>, pool: pg.Pool, appRole: string): Promise<void> {
  await checkRoleExists(db, appRole);
  const [role] = (await pool.query<RoleFacts>(roleFacts)).rows;
  if (role?.name !== appRole) throw new Error(`The application runs as ${role?.name}, not as the role ${appRole}.`);
  if (role.unbound) throw new Error(`The role ${appRole} must be neither superuser nor BYPASSRLS.`);
  if (role.owned > 0) throw new Error(`The role ${appRole} must not own tables or belong to their owner.`);
  const tables = (await pool.query<Unprotected>(unprotectedTables)).rows.map((table) => table.name);
  if (tables.length > 0) {
    throw new Error(`Row-level security must be enabled, not forced, and have a policy, on: ${tables.join(", ")}`);
  }
  const functions = (await pool.query<Unprotected>(openFunctions)).rows.map((found) => found.name);
  if (functions.length > 0) throw new Error(`Everybody may call what runs as the owner: ${functions.join(", ")}`);
}
