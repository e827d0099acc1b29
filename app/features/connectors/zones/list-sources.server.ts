/** Where an account's data comes from, how fresh it is, and what there is to see to. */
import { expressionBuilder, sql } from "kysely";
import { type Stream } from "~/features/connectors/connector";
import { type ConnectorState } from "~/features/connectors/connector-state";
import { storedStreams } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import { type RunMode, type RunState } from "~/features/pipeline/run/run";
import "~/features/pipeline/tables";
import { type Tables } from "~/platform/db/tables";
import { type Scope } from "~/platform/scope.server";

export interface Source {
  id: string;
  name: string;
  provider: string;
  state: ConnectorState;
  whose: string | null;
  /** As they were found of it; null: its provider's are those of all. */
  streams: readonly Stream[] | null;
  /** When it was last read to the end. */
  readAt: string | null;
  /** What was last no longer there, and was followed. */
  gone: number;
  /** When something came in last that was not known as it is: a run that stored a version of a record. */
  arrivedAt: string | null;
  /** What waits: refused, held for an answer, or gone and not followed. */
  open: OpenRecords;
}

export interface OpenRecords {
  refused: number;
  held: number;
  going: number;
}

const nothingOpen: OpenRecords = { refused: 0, held: 0, going: 0 };

/** A run that has read all it was to read, whatever of it needs somebody to look. */
const ended: readonly RunState[] = ["done", "attention"];
const reading: readonly RunMode[] = ["whole", "changes"];

/** All connectors, by name. Two statements, whose cost does not grow with the records. */
export async function listSources(scope: Scope): Promise<{ sources: Source[]; openCapped: boolean }> {
  const [rows, open] = await Promise.all([connectorRows(scope), openRows(scope)]);
  const byConnector = new Map<string, OpenRecords>();
  for (const { connector_id: id, state, count } of open) {
    const known = byConnector.get(id) ?? nothingOpen;
    byConnector.set(id, { ...known, [state]: Number(count) });
  }
  return {
    sources: rows.map(({ read_at, arrived_at, gone_count, streams, ...row }) => ({
      ...row,
      streams: storedStreams(streams),
      ...{ readAt: read_at, gone: Number(gone_count ?? 0), arrivedAt: arrived_at },
      open: byConnector.get(row.id) ?? nothingOpen,
    })),
    openCapped: open.reduce((sum, { count }) => sum + Number(count), 0) > MOST_OPEN,
  };
}

/** For parts of a statement, which the guard reads with the whole. */
const parts = expressionBuilder<Tables, never>();
const sourceId = sql.ref<string>("source.id");
const bringingId = sql.ref<string>("bringing.id");

function connectorRows(scope: Scope) {
  const accountId = scope.account.id;
  return scope.db
    .selectFrom("connectors as source")
    .leftJoin("runs as last", (join) =>
      join.on("last.account_id", "=", accountId).on("last.id", "=", () =>
        parts
          .selectFrom("runs")
          .select("runs.id")
          .where("runs.account_id", "=", accountId)
          .where("runs.connector_id", "=", sourceId)
          .where("runs.state", "in", ended)
          // An answer, taking away what it brought, and "only the refused" ask the source nothing.
          .where("runs.mode", "in", reading)
          .orderBy("runs.created_at", "desc")
          .orderBy("runs.id", "desc")
          .limit(1),
      ),
    )
    .select(["source.id", "source.name", "source.provider", "source.state", "source.whose"])
    .select("source.streams")
    .select(["last.finished_at as read_at", "last.gone_count"])
    .select(() => [
      parts
        .selectFrom("runs as bringing")
        .select("bringing.finished_at")
        .where("bringing.account_id", "=", accountId)
        .where("bringing.connector_id", "=", sourceId)
        .where("bringing.finished_at", "is not", null)
        .where(({ exists }) =>
          exists(
            parts
              .selectFrom("raw_records as received")
              .select("received.id")
              .where("received.account_id", "=", accountId)
              .where("received.run_id", "=", bringingId),
          ),
        )
        .orderBy("bringing.created_at", "desc")
        .limit(1)
        .as("arrived_at"),
    ])
    .where("source.account_id", "=", accountId)
    .where("source.deleted_at", "is", null)
    .orderBy("source.name")
    .orderBy("source.id")
    .execute();
}

/** What is open is little, beside much that stands; where it is not, counting stops. */
const MOST_OPEN = 10_000;

function openRows(scope: Scope) {
  return scope.db
    .selectFrom(
      parts
        .selectFrom("source_records")
        .select(["connector_id", "state"])
        .where("account_id", "=", scope.account.id)
        // What a partial index is made of is written out (decision 002).
        .where(sql<boolean>`state in ('refused', 'held', 'going')`)
        .limit(MOST_OPEN + 1)
        .as("open"),
    )
    .select(["open.connector_id", "open.state"])
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .groupBy(["open.connector_id", "open.state"])
    .execute();
}
