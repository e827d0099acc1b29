/** How a connector is connected, for its page: everything but tokens and secrets. */
import "~/features/connectors/tables";
import { findConnector, type FoundConnector } from "~/features/connectors/find-connector.server";
import { type Scope } from "~/platform/scope.server";

export interface ConnectionFacts {
  connector: FoundConnector;
  /** Null: nobody has ever agreed. */
  grant: GrantFacts | null;
  /** The last time that it was tried. */
  test: { at: string; problem: string | null } | null;
}

export interface GrantFacts {
  grantedAt: string;
  /** Null: somebody with a link. */
  grantedBy: string | null;
  scopes: readonly string[];
  endedAt: string | null;
  endedWhy: string | null;
  /** The account at the provider before, where that was another one. */
  whoseBefore: string | null;
}

/** Null: there is no such connector (any more). */
export async function findConnection(scope: Scope, connectorId: string): Promise<ConnectionFacts | null> {
  const connector = await findConnector(scope, connectorId);
  if (!connector) return null;
  const [grant, test] = await Promise.all([findGrant(scope, connectorId), findLastTest(scope, connectorId)]);
  return { connector, grant, test };
}

async function findGrant(scope: Scope, connectorId: string): Promise<GrantFacts | null> {
  const row = await scope.db
    .selectFrom("connector_grants")
    .leftJoin("users", "users.id", "connector_grants.granted_by")
    .select(["connector_grants.granted_at as grantedAt", "users.name as grantedBy", "connector_grants.scopes"])
    .select(["connector_grants.ended_at as endedAt", "connector_grants.ended_why as endedWhy"])
    .select("connector_grants.whose_before as whoseBefore")
    .where("connector_grants.account_id", "=", scope.account.id)
    .where("connector_grants.connector_id", "=", connectorId)
    .executeTakeFirst();
  return row ? { ...row, scopes: row.scopes.split(" ").filter(Boolean) } : null;
}

async function findLastTest(scope: Scope, connectorId: string) {
  const row = await scope.db
    .selectFrom("connector_tests")
    .select(["at", "problem"])
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
