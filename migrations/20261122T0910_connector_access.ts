import { type Kysely, sql } from "kysely";

/** How an agreement at a provider is begun, renewed by one at a time, ended, and given by somebody without a sign-in here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await widenGrants(db);
  await makeRequests(db);
  // Which connector a link is for.
  await db.schema.alterTable("tokens").addColumn("connector", "uuid").execute();
  await sql`create index tokens_of_connector on tokens (connector) where connector is not null`.execute(db);
}

async function widenGrants(db: Kysely<unknown>): Promise<void> {
  for (const [name, type] of [
    ["claim", "uuid"],
    ["claimed_until", "timestamptz(3)"],
    ["shared_key", "text"],
    ["ended_from", "text"],
    ["whose_before", "text"],
  ] as const) {
    await db.schema.alterTable("connector_grants").addColumn(name, type).execute();
  }
  await sql`create index connector_grants_shared on connector_grants (shared_key) where shared_key is not null`.execute(
    db,
  );
  // Whether another account of the installation would lose its access by a revocation, the installation alone can see.
  await sql`insert into table_access (table_name, access) values ('connector_grants', 'installation')`.execute(db);
}

async function makeRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("oauth_requests")
    .addColumn("account_id", "uuid", (column) => column.notNull())
    .addColumn("id", "uuid", (column) => column.notNull())
    .addColumn("connector_id", "uuid", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("state_hash", "text", (column) => column.notNull().unique())
    .addColumn("verifier", "text", (column) => column.notNull())
    .addColumn("session_id", "uuid")
    .addColumn("link_hash", "text")
    .addColumn("created_at", "timestamptz(3)", (column) => column.notNull())
    .addColumn("expires_at", "timestamptz(3)", (column) => column.notNull())
    .addPrimaryKeyConstraint("oauth_requests_pk", ["account_id", "id"])
    .addCheckConstraint("oauth_requests_holder", sql`(session_id is null) <> (link_hash is null)`)
    .addForeignKeyConstraint(
      "oauth_requests_connector_fk",
      ["account_id", "connector_id"],
      "connectors",
      ["account_id", "id"],
      (foreign) => foreign.onDelete("cascade"),
    )
    .execute();
  await sql`create index oauth_requests_of_connector on oauth_requests (account_id, connector_id)`.execute(db);
  await sql`create index oauth_requests_by_end on oauth_requests (expires_at)`.execute(db);
  // The callback's address names no account: the installation finds it by the hash of the state.
  await sql`insert into table_access (table_name, access) values ('oauth_requests', 'installation')`.execute(db);
}
