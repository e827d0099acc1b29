import { type Provider, type Stream } from "~/features/connectors/connector";
import {
  type Mappings,
  mappings,
  type Selection,
  selection,
  syncRules,
} from "~/features/connectors/connector-settings";
import { type ConnectorState } from "~/features/connectors/connector-state";
import { constantsOf, storedStreams, streamsOf } from "~/features/connectors/streams-of";
import { type Doors } from "~/features/connectors/runs/doors";
import "~/features/connectors/tables";
import { listRules } from "~/features/pipeline/own-rules/own-rules.server";
import { type RunMode } from "~/features/pipeline/run/run";
import { RUN_QUEUE } from "~/features/pipeline/run/start-run.server";
import { type SourceJson } from "~/features/pipeline/sourced/source";
import { type SourcedSettings, type StreamSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import "~/features/pipeline/tables";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

export const SYNC_TASK = "sync_connector";
/** With the queue's back-off half an hour: by then an outage of ours is over, or a person should look. */
export const SYNC_ATTEMPTS = 8;

/** `whole`: all there is; `changes`: what is new since the last time, where that can be asked for; `refused`: those once more. */
export type SyncMode = Exclude<RunMode, "answer">;

export type StartResult =
  | { ok: true; runId: string }
  | { ok: false; reason: "not-found" | "at-work" | "asking" | "needs-reconnecting" | "setting-up" | "nothing-chosen" };

export interface Start {
  mode?: SyncMode;
  doors: Pick<Doors, "providers">;
}

/**
 * Starts a run of a connector: one at a time of each. Without a cursor, and after an undo, it reads everything, whatever
 * is asked for.
 */
export function startSync(scope: Scope, connectorId: string, { mode = "changes", doors }: Start): Promise<StartResult> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    const provider = doors.providers.get(connector?.provider ?? "");
    if (!connector || !provider) return { ok: false, reason: "not-found" };
    const reason = await cannotStart(scope, connector);
    if (reason) return { ok: false, reason };
    const isWhole = mode === "whole" || (mode === "changes" && connector.whole_next !== null);
    const settings = await settingsOf(scope, connector, { provider, isWhole });
    if (settings.streams.length === 0) return { ok: false, reason: "nothing-chosen" };
    return { ok: true, runId: await putRun(scope, connector, { mode: modeOf(mode, settings), settings }) };
  });
}

/** Where changes can be asked for of none of its streams, it is a whole reading. */
function modeOf(mode: SyncMode, { streams }: SourcedSettings): SyncMode {
  return mode !== "refused" && streams.every(({ since }) => since === undefined) ? "whole" : mode;
}

export type LockedConnector = NonNullable<Awaited<ReturnType<typeof lockConnector>>>;

export function lockConnector(scope: Scope, connectorId: string) {
  return scope.db
    .selectFrom("connectors")
    .select(["id", "provider", "name", "state", "stood", "streams", "version", "whose", "settings"])
    .select(["selection", "mapping", "rules", "cursors", "whole_next", "asking"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .where("deleted_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

async function cannotStart(scope: Scope, { id, state }: { id: string; state: ConnectorState }) {
  if (state === "asking" || state === "needs-reconnecting" || state === "setting-up") return state;
  return (await isRunning(scope, id)) ? "at-work" : null;
}

/** An index keeps two from being so at once, whoever asks. */
export async function isRunning(scope: Scope, connectorId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("state", "in", ["queued", "running"])
    .executeTakeFirst();
  return run !== undefined;
}

/** What the run goes by, whatever becomes of the connector's settings while it is at work. */
export async function settingsOf(
  scope: Scope,
  connector: LockedConnector,
  {
    provider,
    isWhole = false,
    ...more
  }: { provider: Provider; isWhole?: boolean; follow?: boolean; takesAway?: boolean },
): Promise<SourcedSettings> {
  const rules = syncRules.parse(fromJson(connector.rules));
  const cursors = fromJson<Record<string, SourceJson>>(connector.cursors);
  const chosen = selection.parse(fromJson(connector.selection));
  const mapped = mappings.parse(fromJson(connector.mapping));
  const streams = streamsOf(provider, { streams: storedStreams(connector.streams) }).flatMap((stream) =>
    streamSettings(stream, { chosen, mapped, since: isWhole ? undefined : cursors[stream.id] }),
  );
  const ownRules: SourcedSettings["ownRules"] = {};
  for (const subject of new Set(streams.map((stream) => stream.subject))) {
    ownRules[subject] = await listRules(scope, subject);
  }
  return {
    ...{ streams, rules: rules.writing, ownRules, phoneCountry: scope.account.phoneCountry },
    brake: { share: rules.askShare, atLeast: rules.askAtLeast },
    from: { whose: connector.whose, settings: connector.settings },
    ...more,
  };
}

function streamSettings(
  stream: Stream,
  { chosen, mapped, since }: { chosen: Selection; mapped: Mappings; since: SourceJson | undefined },
): StreamSettings[] {
  const [read, goes] = [chosen[stream.id], mapped[stream.id]];
  if (!read || !goes) return [];
  return [
    {
      ...{ id: stream.id, noun: stream.noun, subject: stream.subject, constants: constantsOf(stream, read.kind) },
      ...{ columns: goes.columns, mapping: goes.fields, wholeTellsGone: stream.wholeTellsGone, start: read.start },
      ...(stream.changes && since !== undefined ? { since: since as StreamSettings["since"] } : {}),
    },
  ];
}

/** Writes a run down and asks for it. */
export async function putRun(
  scope: Scope,
  { id: connectorId, name }: Pick<LockedConnector, "id" | "name">,
  { mode, settings }: { mode: RunMode; settings: SourcedSettings },
): Promise<string> {
  const runId = newId();
  await scope.db
    .insertInto("runs")
    .values({
      ...{ account_id: scope.account.id, id: runId, subject: settings.streams[0]?.subject ?? "" },
      ...{ source: "connector", connector_id: connectorId, mode, file_id: null, file_name: name },
      ...{ state: "queued", settings: toJson(settings as unknown as Json), continues_run_id: null },
      ...{ created_at: scope.clock.now(), created_by: scope.user?.id ?? null, started_by: scope.user?.id ?? null },
    })
    .execute();
  await askForSync(scope, { connectorId, runId });
  return runId;
}

/**
 * Runs of an account, of files and of connectors, come one after the other: each sees what the one before it has made, so
 * that nobody is made twice. One that waits for its source is not in the way of others.
 */
export async function askForSync(
  scope: Scope,
  { connectorId, runId, at }: { connectorId: string; runId: string; at?: string },
): Promise<void> {
  await enqueue(
    scope,
    SYNC_TASK,
    { accountId: scope.account.id, runId },
    { jobKey: connectorId, queueName: RUN_QUEUE, maxAttempts: SYNC_ATTEMPTS, ...(at ? { runAt: at } : {}) },
  );
}
