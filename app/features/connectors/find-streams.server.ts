/** Asks a system what it has to read, where each has streams of its own, and keeps the answer: runs go by what is kept. */
import { type Connection, type Provider, type Stream } from "~/features/connectors/connector";
import { selection } from "~/features/connectors/connector-settings";
import { storedStreams } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/** @throws Trouble */
export async function findStreams(
  scope: Scope,
  connectorId: string,
  { provider, connection }: { provider: Provider; connection: Connection },
): Promise<readonly Stream[]> {
  if (!provider.findStreams) return provider.streams;
  return keepStreams(scope, connectorId, await provider.findStreams(connection));
}

/** What is read stays known though it is not found any more: else what was stored of it could not be erased. */
function keepStreams(scope: Scope, connectorId: string, found: readonly Stream[]): Promise<readonly Stream[]> {
  return inTransaction(scope, async (scope) => {
    const row = await scope.db
      .selectFrom("connectors")
      .select(["streams", "selection"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!row) return [];
    const chosen = selection.parse(fromJson(row.selection));
    const gone = (storedStreams(row.streams) ?? []).filter(
      ({ id }) => id in chosen && !found.some((stream) => stream.id === id),
    );
    const streams = [...found, ...gone];
    await scope.db
      .updateTable("connectors")
      .set({ streams: toJson(streams as unknown as Json) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    return streams;
  });
}
