/** A connector with all that people chose of it: for its page. */
import { type KeptFacts, readFacts } from "~/features/connectors/access/system-facts.server";
import { type ConnectorState } from "~/features/connectors/connector-state";
import {
  type Mappings,
  mappings,
  type Question,
  type Selection,
  selection,
  syncRules,
} from "~/features/connectors/connector-settings";
import { type Settings, type Stream } from "~/features/connectors/connector";
import { storedStreams } from "~/features/connectors/streams-of";
import { type RunSchedule, runSchedule } from "~/features/connectors/schedule/run-schedule";
import "~/features/connectors/tables";
import "~/features/pipeline/tables";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

export interface WholeConnector {
  id: string;
  provider: string;
  name: string;
  state: ConnectorState;
  /** Since when somebody here wants it so that it cannot be read; null: nobody does. */
  disconnectedAt: string | null;
  disconnectedWhy: string | null;
  whose: string | null;
  /** What its system said of itself last; null: nothing. */
  facts: KeptFacts | null;
  settings: Settings;
  /** As they were found of it; null: its provider's are those of all. */
  streams: readonly Stream[] | null;
  selection: Selection;
  mapping: Mappings;
  rules: ReturnType<typeof syncRules.parse>;
  /** Somebody has saved rules, or when it runs, be it as they were proposed. */
  hasRules: boolean;
  hasSchedule: boolean;
  schedule: RunSchedule;
  nextRunAt: string | null;
  /** The next run reads everything, whatever is asked for. */
  isWholeNext: boolean;
  asking: Question | null;
  version: number;
  grant: { endedAt: string | null; endedWhy: string | null } | null;
  test: { at: string; problem: string | null } | null;
  /** Records of which the newest version was not taken. */
  refused: number;
  createdAt: string;
}

/** Null: there is none (any more). */
export async function findWholeConnector(scope: Scope, connectorId: string): Promise<WholeConnector | null> {
  const row = await rowOf(scope, connectorId);
  if (!row) return null;
  return {
    ...{ id: row.id, provider: row.provider, name: row.name, state: row.state, whose: row.whose },
    ...{ disconnectedAt: row.disconnected_at, disconnectedWhy: row.disconnected_why },
    settings: fromJson<Settings>(row.settings),
    streams: storedStreams(row.streams),
    facts: readFacts(row.facts),
    selection: selection.parse(fromJson(row.selection)),
    mapping: mappings.parse(fromJson(row.mapping)),
    rules: syncRules.parse(fromJson(row.rules)),
    ...{ hasRules: row.rules !== "{}", hasSchedule: row.schedule !== "{}" },
    schedule: runSchedule.parse(fromJson(row.schedule)),
    ...{ nextRunAt: row.next_run_at, isWholeNext: row.whole_next !== null },
    asking: row.asking === null ? null : (JSON.parse(row.asking) as Question),
    version: row.version,
    refused: Number(row.refused ?? 0),
    grant: row.granted_at === null ? null : { endedAt: row.ended_at, endedWhy: row.ended_why },
    test: row.tested_at === null ? null : { at: row.tested_at, problem: row.test_problem },
    createdAt: row.created_at,
  };
}

function rowOf(scope: Scope, connectorId: string) {
  return scope.db
    .selectFrom("connectors")
    .leftJoin("connector_grants as grant", (join) =>
      join.onRef("grant.account_id", "=", "connectors.account_id").onRef("grant.connector_id", "=", "connectors.id"),
    )
    .leftJoin("connector_tests as test", (join) =>
      join
        .onRef("test.account_id", "=", "connectors.account_id")
        .on("test.id", "=", (eb) =>
          eb
            .selectFrom("connector_tests as last")
            .select("last.id")
            .where("last.account_id", "=", scope.account.id)
            .where("last.connector_id", "=", connectorId)
            .orderBy("last.at", "desc")
            .orderBy("last.id", "desc")
            .limit(1),
        ),
    )
    .select(["test.at as tested_at", "test.problem as test_problem"])
    .select(["connectors.id", "connectors.provider", "connectors.name", "connectors.state", "connectors.whose"])
    .select(["connectors.settings", "connectors.selection", "connectors.mapping", "connectors.rules"])
    .select(["connectors.schedule", "connectors.next_run_at", "connectors.whole_next", "connectors.asking"])
    .select([
      "connectors.streams",
      "connectors.facts",
      "connectors.version",
      "connectors.created_at",
      "connectors.disconnected_at",
      "connectors.disconnected_why",
    ])
    .select(["grant.granted_at", "grant.ended_at", "grant.ended_why"])
    .select((eb) =>
      eb
        .selectFrom("source_records as source")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("source.account_id", "=", scope.account.id)
        .where("source.connector_id", "=", connectorId)
        .where("source.state", "=", "refused")
        .as("refused"),
    )
    .where("connectors.account_id", "=", scope.account.id)
    .where("connectors.id", "=", connectorId)
    .where("connectors.deleted_at", "is", null)
    .executeTakeFirst();
}
