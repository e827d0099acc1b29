/** Where an account's data comes from, and how fresh it is. */
import { expressionBuilder, sql } from "kysely";
import { type Stream } from "~/features/connectors/connector";
import { type ShownState, shownState } from "~/features/connectors/connector-state";
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
  state: ShownState;
  whose: string | null;
  /** As they were found of it; null: its provider's are those of all. */
  streams: readonly Stream[] | null;
  /** When it was last read to the end. */
  readAt: string | null;
  /** What that reading found gone, and followed by itself. */
  gone: number;
  /** When something came in last that was not known as it is: a run that stored a version of a record. */
  arrivedAt: string | null;
}

/** A run that has read all it was to read, whatever of it needs somebody to look. */
const ended: readonly RunState[] = ["done", "attention"];
/** Others ask the source nothing. */
const reading: readonly RunMode[] = ["whole", "changes"];

/** All connectors, by name. One statement, whose cost does not grow with the records. */
export async function listSources(scope: Scope): Promise<Source[]> {
  const rows = await connectorRows(scope);
  return rows.map(({ read_at, arrived_at, gone_count, streams, state, disconnectedAt, ...row }) => ({
    ...{ ...row, state: shownState({ state, disconnectedAt }) },
    streams: storedStreams(streams),
    ...{ readAt: read_at, gone: Number(gone_count ?? 0), arrivedAt: arrived_at },
  }));
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
      join
        .on("last.account_id", "=", accountId)
        .on("last.id", "=", () =>
          parts
            .selectFrom("runs")
            .select("runs.id")
            .where("runs.account_id", "=", accountId)
            .where("runs.connector_id", "=", sourceId)
            .where("runs.state", "in", ended)
            .where("runs.mode", "in", reading)
            .orderBy("runs.created_at", "desc")
            .orderBy("runs.id", "desc")
            .limit(1),
        ),
    )
    .select(["source.id", "source.name", "source.provider", "source.state", "source.whose"])
    .select(["source.streams", "source.disconnected_at as disconnectedAt"])
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
