/** What orders and tracked purchases can come from: connectors that bring such records, and files that were imported. */
import { readFacts } from "~/features/connectors/access/system-facts.server";
import { type Providers } from "~/features/connectors/connector";
import { storedStreams, streamsOf } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import { AUDIT_ORIGINS, isAuditOrigin } from "~/features/reconciliation/records/audit-origin";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import { tableOf } from "~/features/reconciliation/records/stored-records.server";
import "~/features/reconciliation/records/tables";
import { type Scope } from "~/platform/scope.server";

export interface System {
  /** The connector's id. */
  origin: string;
  name: string;
  /** "Shopify" */
  system: string;
  isDeleted: boolean;
  bringsOrders: boolean;
  bringsTransactions: boolean;
  /** As far as the system has said. */
  timeZone: string | null;
  currency: string | null;
}

/** All connectors of the account, those that were deleted too: reconciliations may still name them. One statement. */
export async function listSystems(scope: Scope, providers: Providers): Promise<System[]> {
  const rows = await scope.db
    .selectFrom("connectors")
    .select(["id", "provider", "name", "streams", "facts", "deleted_at"])
    .where("account_id", "=", scope.account.id)
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows.map(({ id, provider: providerId, name, streams, facts, deleted_at }) => {
    const provider = providers.get(providerId);
    const read = provider ? streamsOf(provider, { streams: storedStreams(streams) }) : [];
    const brings = (subject: string) => read.some((stream) => stream.subject === subject);
    const { timeZone = null, currency = null } = readFacts(facts) ?? {};
    return {
      ...{ origin: id, name, system: provider?.name ?? providerId, isDeleted: deleted_at !== null },
      ...{ bringsOrders: brings("orders"), bringsTransactions: brings("transactions"), timeZone, currency },
    };
  });
}

/** Of more shops nobody would want to choose in a list. */
const MOST_FILES = 100;

/** Origins of what imported files have brought in, those without a shop's name first; those of audits are their own. It leaps from one to the next along an index. */
export async function fileOrigins(scope: Scope, kind: RecordKind): Promise<string[]> {
  const table = tableOf(kind);
  const rows = await scope.db
    .withRecursive("found(origin)", (db) =>
      db
        .selectFrom(table)
        .select((eb) => eb.fn.min<string | null>("origin").as("origin"))
        .where("account_id", "=", scope.account.id)
        .where("source_record_id", "is", null)
        .where("origin", "<", AUDIT_ORIGINS)
        .unionAll(
          db
            .selectFrom("found")
            .select((eb) =>
              eb
                .selectFrom(`${table} as next`)
                .select((eb) => eb.fn.min<string | null>("next.origin").as("origin"))
                .where("next.account_id", "=", scope.account.id)
                .where("next.source_record_id", "is", null)
                .whereRef("next.origin", ">", "found.origin")
                .where("next.origin", "<", AUDIT_ORIGINS)
                .as("origin"),
            )
            .where("found.origin", "is not", null),
        ),
    )
    .selectFrom("found")
    .select("found.origin")
    .where("found.origin", "is not", null)
    .limit(MOST_FILES)
    .execute();
  return rows.map(({ origin }) => origin ?? "");
}

const FILE = "file";

/** What a source is called on pages; null: nobody knows it. */
export function sourceName(origin: string, systems: readonly System[]): string | null {
  if (isAuditOrigin(origin)) return "Its own files";
  if (origin === FILE) return "Imported files";
  if (origin.startsWith(`${FILE}:`)) return `Imported files of ${origin.slice(FILE.length + 1)}`;
  return systems.find((system) => system.origin === origin)?.name ?? null;
}
