/**
 * What somebody reaches a system with, and whether that is still what the connector has: while a run was at work, or a
 * provider thought about its answer, somebody may have connected anew, and what ends then is not what stands there.
 */
import { isDeepStrictEqual } from "node:util";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import { type Settings } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { type Scope } from "~/platform/scope.server";

export interface AccessUsed {
  /** Since when the agreement holds; null: there is none, as with systems that are reached by a key. */
  agreedAt: string | null;
  /** As they were sent; absent: none were. */
  secrets?: Settings;
}

/** Null: nobody has agreed, or it holds no more. */
export async function findAgreedAt(scope: Scope, connectorId: string): Promise<string | null> {
  const grant = await scope.db
    .selectFrom("connector_grants")
    .select("granted_at")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return grant?.granted_at ?? null;
}

/** Whether what was used still stands, or was an agreement that has ended: so that nothing has taken its place. */
export async function isReachedBy(scope: Scope, connectorId: string, used: AccessUsed): Promise<boolean> {
  const agreedAt = await findAgreedAt(scope, connectorId);
  if (agreedAt !== null) return agreedAt === used.agreedAt;
  if (used.agreedAt !== null || !used.secrets) return true;
  const row = await scope.db
    .selectFrom("connectors")
    .select("secrets")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .executeTakeFirst();
  return isDeepStrictEqual(openSecrets(scope, { id: connectorId, sealedSecrets: row?.secrets ?? null }), used.secrets);
}
