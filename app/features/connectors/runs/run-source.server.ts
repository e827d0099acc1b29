import { isDeepStrictEqual } from "node:util";
import { type AccessUsed, findAgreedAt, isReachedBy } from "~/features/connectors/access/access-used.server";
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
import { type Selection, selection } from "~/features/connectors/connector-settings";
import { type Doors } from "~/features/connectors/runs/doors";
import { endingOf, type Way } from "~/features/connectors/runs/run-end.server";
import { askForSync } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { RunStopped } from "~/features/pipeline/run/continue-run.server";
import {
  type Payload,
  ReadingEnded,
  type RecordSource,
  type SourceJson,
  type SourcePage,
  type StreamReading,
} from "~/features/pipeline/sourced/source";
import { type SourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { type Scope } from "~/platform/scope.server";

/** A connector as the pipeline reads from it. */

export interface Opening {
  /** `selection`: as the database has it. */
  connector: { id: string; selection: string };
  provider: Provider;
  /** What a run goes by since it was started, or a trial since it was asked for. */
  settings: SourcedSettings;
  doors: Doors;
}

interface Reading {
  connectorId: string;
  provider: Provider;
  /** By stream: the fields that are read. */
  selection: Selection;
  doors: Doors;
  /** What it was started to read from; absent: whatever it is. */
  from?: SourcedSettings["from"];
}

export function sourceOf(scope: Scope, { connector, provider, settings, doors }: Opening): RecordSource {
  const { from, takesAway } = settings;
  const { id: connectorId } = connector;
  const chosen: Selection = selection.parse(fromJson(connector.selection));
  const reading: Reading = { connectorId, provider, selection: chosen, doors, from };
  const way: Way = { used: null };
  return {
    ...wordsOf(provider),
    pages: (wanted) => pages(scope, { ...reading, way }, wanted),
    // What is taken away goes also when the connector is deleted by now.
    mayGoOn: (scope) => (takesAway ? Promise.resolve() : checkIsThere(scope, reading)),
    streamDone: (scope, { streamId, changesFrom }) => keepCursor(scope, connectorId, { streamId, changesFrom }),
    comeBack: (scope, { runId, at }) => askForSync(scope, { connectorId, runId, at }),
    ...endingOf(connectorId, way),
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
  const isChosen = new Set(fields);
  return { ...page, records: page.records.map((record) => ("gone" in record ? record : only(record, isChosen))) };
}

function only(record: Extract<SourceRecord, { payload: unknown }>, isChosen: ReadonlySet<string>) {
  const names = Object.keys(record.payload);
  if (names.every((name) => isChosen.has(name))) return record;
  const left = Object.entries(record.payload).filter(([name]) => isChosen.has(name));
  return { ...record, payload: Object.fromEntries(left) satisfies Payload };
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
