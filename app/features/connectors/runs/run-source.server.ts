import { isDeepStrictEqual } from "node:util";
import { type AccessUsed, findAgreedAt, isReachedBy } from "~/features/connectors/access/access-used.server";
import { endAccess } from "~/features/connectors/access/end-access.server";
import {
  CursorExpired,
  GrantEnded,
  OutOfOrder,
  type Page,
  type Provider,
  type SourceRecord,
  Throttled,
  Trouble,
} from "~/features/connectors/connector";
import { type Question, type Selection } from "~/features/connectors/connector-settings";
import { type Doors } from "~/features/connectors/runs/doors";
import { askForSync } from "~/features/connectors/runs/start-sync.server";
import { tellRunEnd } from "~/features/connectors/alerts/tell-run-end.server";
import { planNext } from "~/features/connectors/schedule/plan-next.server";
import "~/features/connectors/tables";
import { whereItStood } from "~/features/connectors/where-it-stood";
import { RunStopped } from "~/features/pipeline/run/continue-run.server";
import { questionSentence } from "~/features/pipeline/sourced/end-sourced-run.server";
import {
  type Payload,
  ReadingEnded,
  type RecordSource,
  type SourceEnd,
  type SourceJson,
  type SourcePage,
  type StreamReading,
} from "~/features/pipeline/sourced/source";
import { type SourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/** A connector as the pipeline reads from it. */

export interface Reading {
  connectorId: string;
  provider: Provider;
  /** By stream: the fields that are read. */
  selection: Selection;
  doors: Doors;
  /** What the run was started to read from; absent: whatever it is. */
  from?: SourcedSettings["from"];
  /** It takes away what the connector brought, also when that is deleted by now. */
  takesAway?: boolean;
}

export function sourceOf(scope: Scope, reading: Reading): RecordSource {
  const { connectorId, provider, takesAway } = reading;
  const way: Way = { used: null };
  return {
    ...wordsOf(provider),
    pages: (wanted) => pages(scope, { ...reading, way }, wanted),
    mayGoOn: (scope) => (takesAway ? Promise.resolve() : checkIsThere(scope, reading)),
    streamDone: (scope, { streamId, changesFrom }) => keepCursor(scope, connectorId, { streamId, changesFrom }),
    comeBack: (scope, { runId, at }) => askForSync(scope, { connectorId, runId, at }),
    ...endingOf(connectorId, way),
  };
}

/** By what it was read last. */
interface Way {
  used: AccessUsed | null;
}

/** What there is to do when a run ends, whether or not its provider is known. */
export function endingOf(connectorId: string, way: Way = { used: null }): Pick<RecordSource, "ended"> {
  return {
    ended: async (scope, end) => {
      const { grantEnded: why } = end;
      const of = way.used ?? undefined;
      if (why !== null) await endAccess(scope, { connectorId, why, action: "connector.grant-ended", of });
      await noteEnd(scope, connectorId, end);
      await tellRunEnd(scope, connectorId, end);
    },
  };
}

/** What the records of a provider say. */
export function wordsOf(provider: Provider): Pick<RecordSource, "hasLinks" | "cellsOf" | "linksOf"> {
  return {
    hasLinks: provider.linksOf !== undefined,
    cellsOf: (streamId, payload) => provider.cellsOf(streamId, payload),
    linksOf: (streamId, payload) => provider.linksOf?.(streamId, payload) ?? [],
  };
}

async function* pages(
  scope: Scope,
  { connectorId, provider, selection, doors, way }: Reading & { way: Way },
  { streamId, how, after, known, signal }: StreamReading,
): AsyncGenerator<SourcePage> {
  const fields = selection[streamId]?.fields ?? [];
  const used: AccessUsed = (way.used = { agreedAt: await findAgreedAt(scope, connectorId) });
  try {
    const connection = await doors.connect(scope, connectorId, signal);
    used.secrets = connection.secrets;
    for await (const page of provider.read(connection, { streamId, fields, how, after, known })) {
      signal.throwIfAborted();
      yield chosen(page, fields);
    }
  } catch (error) {
    if (error instanceof GrantEnded && !(await isReachedBy(scope, connectorId, used))) {
      throw new ReadingEnded(`${provider.name} was connected anew while it was read.`, "later", 0);
    }
    throw endedBy(error);
  }
}

/** What nobody chose is not stored, also where the source sends it unasked. */
function chosen(page: Page, fields: readonly string[]): SourcePage {
  return { ...page, records: page.records.map((record) => ("gone" in record ? record : only(record, fields))) };
}

function only(record: Extract<SourceRecord, { payload: unknown }>, fields: readonly string[]) {
  const payload: Record<string, SourceJson> = {};
  for (const [field, value] of Object.entries(record.payload)) if (fields.includes(field)) payload[field] = value;
  return { ...record, payload: payload satisfies Payload };
}

function endedBy(error: unknown): unknown {
  if (error instanceof Throttled) return new ReadingEnded(error.message, "later", error.waitMs);
  if (error instanceof OutOfOrder) return new ReadingEnded(error.message, "later");
  if (error instanceof CursorExpired) return new ReadingEnded(error.message, "expired");
  if (error instanceof GrantEnded) return new ReadingEnded(error.message, "grant");
  return error instanceof Trouble ? new ReadingEnded(error.message, "failed") : error;
}

/** @throws RunStopped */
async function checkIsThere(scope: Scope, { connectorId, from }: Reading): Promise<void> {
  const connector = await scope.db
    .selectFrom("connectors")
    .select(["deleted_at", "whose", "settings"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .executeTakeFirst();
  if (!connector || connector.deleted_at !== null) throw new RunStopped("The connector was deleted.");
  if (from && isElsewhere(from, connector)) throw new RunStopped(READS_ELSEWHERE);
}

const READS_ELSEWHERE = "What this connector reads from was changed while the run was at work. Run it again.";

type From = NonNullable<Reading["from"]>;

/** Where one of the two does not say whose it is, that tells nothing. */
function isElsewhere(from: From, now: From): boolean {
  const isAnother = from.whose !== null && now.whose !== null && from.whose !== now.whose;
  return isAnother || !isDeepStrictEqual(fromJson<Json>(from.settings), fromJson<Json>(now.settings));
}

/** Where a stream's next reading of changes begins; without a cursor it is read whole. */
async function keepCursor(
  scope: Scope,
  connectorId: string,
  { streamId, changesFrom }: { streamId: string; changesFrom: SourceJson | undefined },
): Promise<void> {
  const row = await scope.db
    .selectFrom("connectors")
    .select("cursors")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .$call(lockRows(scope))
    .executeTakeFirstOrThrow();
  const { [streamId]: before, ...others } = fromJson<Record<string, SourceJson>>(row.cursors);
  const cursor = changesFrom ?? before;
  const cursors = cursor === undefined ? others : { ...others, [streamId]: cursor };
  await scope.db
    .updateTable("connectors")
    .set({ cursors: toJson(cursors) })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId)
    .execute();
}

/** What a run that ended leaves to do about its connector. */
async function noteEnd(scope: Scope, connectorId: string, end: SourceEnd): Promise<void> {
  const { state, question } = end;
  const mine = scope.db
    .updateTable("connectors")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", connectorId);
  if (question) {
    const asking = toJson({ ...asked(scope, end, question) });
    const changed_at = scope.clock.now();
    await mine.set((eb) => ({ state: "asking", stood: whereItStood(eb), asking, changed_at })).execute();
    await planNext(scope, connectorId);
  }
  if (state !== "done" && !question) return;
  const isWhole = await wasWhole(scope, end.runId);
  // What was asked for since then is still to come.
  if (isWhole) await mine.set({ whole_next: null }).where("whole_next", "<=", end.startedAt).execute();
}

function asked(scope: Scope, { runId }: SourceEnd, question: NonNullable<SourceEnd["question"]>): Question {
  const { kind, gone, blanked, known } = question;
  const words = questionSentence(question, scope.account.locale);
  return { runId, at: scope.clock.now(), kind, gone, blanked, known, words };
}

async function wasWhole(scope: Scope, runId: string): Promise<boolean> {
  const run = await scope.db
    .selectFrom("runs")
    .select("mode")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirst();
  return run?.mode === "whole";
}
