/**
 * Links to connect with: for whoever holds the account at the provider and has none here. An administrator makes one and
 * hands it over; it is good for one agreement, for seven days, and for as long as no newer one was made.
 */
import "~/features/connectors/tables";
import { recordEvent } from "~/features/audit/audit.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { enterAccount } from "~/platform/db/enter-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newToken, sha256 } from "~/platform/encryption.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

export const CONNECT_LINK_MS = 7 * DAY_MS;

export function linkHash(token: string): string {
  return sha256(token).toString("base64url");
}

/**
 * Returns the link's secret, which is nowhere else; null where there is no such connector. An older link for it is void.
 *
 * @param within the account, as who asks sees it
 */
export function makeConnectLink(scope: InstallationScope, within: Scope, connectorId: string): Promise<string | null> {
  const token = newToken();
  const now = scope.clock.now();
  return inTransaction(scope, async (scope) => {
    if (!(await enterAccount(scope, within, (scope) => findConnector(scope, connectorId)))) return null;
    await voidConnectLinks(scope, within.account.id, connectorId);
    await scope.db
      .insertInto("tokens")
      .values({
        ...{ hash: linkHash(token), purpose: "connect", account: within.account.id, connector: connectorId },
        ...{ created_at: now, expires_at: later(now, CONNECT_LINK_MS), used_at: null },
      })
      .execute();
    await enterAccount(scope, within, async (scope) => {
      await recordEvent(scope, { action: "connector.link-made", subject: { connectorId } });
    });
    return token;
  });
}

/** In the caller's transaction: of a connector that is connected, or gone, no link is good any more. */
export async function voidConnectLinks(
  scope: InstallationScope,
  accountId: string,
  connectorId: string,
): Promise<void> {
  await scope.db
    .updateTable("tokens")
    .set({ used_at: scope.clock.now() })
    .where("account", "=", accountId)
    .where("connector", "=", connectorId)
    .where("purpose", "=", "connect")
    .where("used_at", "is", null)
    .execute();
}

export interface ConnectLink {
  state: "open" | "spent" | "expired";
  accountId: string;
  connectorId: string;
}

/** Null for a link that was never one. */
export async function findConnectLink(scope: InstallationScope, token: string): Promise<ConnectLink | null> {
  const row = await scope.db
    .selectFrom("tokens")
    .select(["account", "connector", "used_at", "expires_at"])
    .where("hash", "=", linkHash(token))
    .where("purpose", "=", "connect")
    .executeTakeFirst();
  if (!row?.account || !row.connector) return null;
  const state = row.used_at ? "spent" : row.expires_at <= scope.clock.now() ? "expired" : "open";
  return { state, accountId: row.account, connectorId: row.connector };
}

/** In the caller's transaction. False: it was spent meanwhile, or its time is over. */
export async function spendConnectLink(scope: InstallationScope, token: string): Promise<boolean> {
  const now = scope.clock.now();
  const spent = await scope.db
    .updateTable("tokens")
    .set({ used_at: now })
    .where("hash", "=", linkHash(token))
    .where("purpose", "=", "connect")
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return spent.numUpdatedRows === 1n;
}
