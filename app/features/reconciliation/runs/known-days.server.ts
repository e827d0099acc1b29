/** Of which days the analytics has told everything: of others nothing may be called missing. */
import { type Json, type Providers } from "~/features/connectors/connector";
import { storedStreams, streamsOf } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import { type KnownDays } from "~/features/reconciliation/runs/run-settings";
import "~/features/reconciliation/records/tables";
import { fromJson } from "~/platform/db/json.server";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

export interface Known {
  days: KnownDays;
  /** Of the system, where it says so. */
  timeZone: string | null;
}

/** Files, and systems that do not tell: from the first day of which there is something to the last. */
export async function knownDays(scope: Scope, origin: string, providers: Providers): Promise<Known> {
  const row = isId(origin) ? await connectorRow(scope, origin) : undefined;
  const provider = row && providers.get(row.provider);
  if (!row || !provider?.daysRead) return { days: await daysWithRows(scope, origin), timeZone: null };
  const streams = streamsOf(provider, { streams: storedStreams(row.streams) });
  const stream = streams.find(({ subject }) => subject === "transactions");
  const cursor = stream && fromJson<Record<string, Json>>(row.cursors)[stream.id];
  const read = stream && cursor !== undefined ? provider.daysRead(stream.id, cursor) : null;
  if (!read) return { days: null, timeZone: null };
  const { from, through, incomplete, timeZone } = read;
  return { days: { from, through, doubtful: new Set(Object.keys(incomplete)) }, timeZone };
}

function connectorRow(scope: Scope, connectorId: string) {
  return scope.db
    .selectFrom("connectors")
    .select(["provider", "streams", "cursors"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .executeTakeFirst();
}

async function daysWithRows(scope: Scope, origin: string): Promise<KnownDays> {
  const [from, through] = [await outermostDay(scope, origin, "asc"), await outermostDay(scope, origin, "desc")];
  return from === undefined || through === undefined ? null : { from, through, doubtful: new Set() };
}

/** The end of an index, however many there are. */
async function outermostDay(scope: Scope, origin: string, order: "asc" | "desc"): Promise<string | undefined> {
  const row = await scope.db
    .selectFrom("transactions")
    .select("day")
    .where("account_id", "=", scope.account.id)
    .where("origin", "=", origin)
    .where("gone_at", "is", null)
    .orderBy("day", order)
    .limit(1)
    .executeTakeFirst();
  return row?.day;
}

/** Whether a connector among these was deleted: what it brought stands, but nobody keeps it as it is. */
export async function hasDeleted(scope: Scope, origins: readonly string[]): Promise<boolean> {
  const connectorIds = origins.filter(isId);
  if (connectorIds.length === 0) return false;
  const rows = await scope.db
    .selectFrom("connectors")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("id", "in", connectorIds)
    .where("deleted_at", "is", null)
    .execute();
  return rows.length < new Set(connectorIds).size;
}
