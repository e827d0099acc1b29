import { setImmediate as nextTurn } from "node:timers/promises";
import { recordEvent } from "~/features/audit/audit.server";
import { forgetNamed } from "~/features/pipeline/corrections/named-in-refusals.server";
import { forgetSubjects } from "~/features/pipeline/sourced/forget-subjects.server";
import { dropSaid } from "~/features/pipeline/sourced/links.server";
import { openStream, type OpenStream } from "~/features/pipeline/sourced/open-sourced-run.server";
import { erasedVersions, type Trimmed } from "~/features/pipeline/sourced/erased-versions.server";
import { rehashed } from "~/features/pipeline/sourced/prepare-record.server";
import { type Payload, type RecordSource } from "~/features/pipeline/sourced/source";
import { readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { type Subjects } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { fromJson, toJson } from "~/platform/db/json.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Erases what was stored of fields that are read no longer: of every version in the raw zone, and of all that was made of
 * them. Some records at a time, each batch with the place it has come to: called again after a kill it goes on from there.
 */

const RECORDS_AT_ONCE = 100;

interface Erasing {
  subjects: Subjects;
  source: Pick<RecordSource, "cellsOf" | "linksOf" | "hasLinks">;
  signal: AbortSignal;
}

export async function continueErasure(scope: Scope, erasureId: string, erasing: Erasing): Promise<void> {
  for (;;) {
    await nextTurn();
    erasing.signal.throwIfAborted();
    if (await inTransaction(scope, (scope) => eraseSome(scope, erasureId, erasing))) return;
  }
}

/** Whether that was all. */
async function eraseSome(scope: Scope, erasureId: string, { subjects, source }: Erasing): Promise<boolean> {
  const erasure = await lockErasure(scope, erasureId);
  if (!erasure) return true;
  const settings = readSourcedSettings(erasure.settings);
  const ids = await nextRecords(scope, erasure);
  const last = ids.at(-1);
  if (last === undefined) return end(scope, erasure);
  const [known] = settings.streams;
  if (!known) throw new Error("An erasure is of a stream");
  const stream = await openStream(scope, subjects, { settings, stream: known, startedAt: erasure.asked_at });
  const fields = new Set(fromJson<string[]>(erasure.fields));
  const versions = await findTrimmed(scope, ids, fields);
  const erased = await erasedVersions(scope, { subjects, stream, source }, versions);
  // Where refusals name them too often for one transaction, nothing is erased yet, and the same records come again.
  if (!(await forgetNamed(scope, await stream.sourced.holdNamed(scope, erased)))) return false;
  await trim(scope, versions);
  const gone = await stream.sourced.erase(scope, erased);
  await forgetRefused(scope, { stream, source }, versions);
  await rehash(scope, versions);
  if (source.hasLinks) await dropSaid(scope, { stream, source }, versions);
  await forgetSubjects(scope, gone);
  await scope.db
    .updateTable("field_erasures")
    .set((eb) => ({ after_id: last, records_done: eb("records_done", "+", ids.length) }))
    .where("account_id", "=", scope.account.id)
    .where("id", "=", erasureId)
    .execute();
  return false;
}

type Erasure = NonNullable<Awaited<ReturnType<typeof lockErasure>>>;

/** Null when it is over. */
function lockErasure(scope: Scope, erasureId: string) {
  return scope.db
    .selectFrom("field_erasures")
    .select(["id", "connector_id", "stream", "fields", "settings", "after_id", "asked_at", "records_done"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", erasureId)
    .where("finished_at", "is", null)
    .$call(lockRows(scope))
    .executeTakeFirst();
}

async function end(scope: Scope, { id, connector_id, records_done }: Erasure): Promise<true> {
  await scope.db
    .updateTable("field_erasures")
    .set({ finished_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", id)
    .execute();
  const subject = { connectorId: connector_id, erasureId: id };
  await recordEvent(scope, { action: "connector.fields-erased", subject, counts: { records: records_done } });
  return true;
}

async function nextRecords(scope: Scope, { connector_id, stream, after_id }: Erasure): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("source_records")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connector_id)
    .where("stream", "=", stream)
    .$if(after_id !== null, (query) => query.where("id", ">", after_id ?? ""))
    .orderBy("id")
    .limit(RECORDS_AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}

/** Versions of which something goes. */
async function findTrimmed(scope: Scope, sourceRecordIds: readonly string[], fields: ReadonlySet<string>) {
  const rows = await scope.db
    .selectFrom("raw_records")
    .select(["id", "run_id", "position", "payload", "outcome", "subject_id", "source_record_id"])
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "in", sourceRecordIds)
    .execute();
  return rows.flatMap((row) => {
    const before = fromJson<Payload>(row.payload);
    const left = Object.entries(before).filter(([field]) => !fields.has(field));
    if (left.length === Object.keys(before).length) return [];
    const { id: rawRecordId, source_record_id: sourceRecordId } = row;
    return [
      { row, rawRecordId, sourceRecordId: sourceRecordId ?? "", before, after: Object.fromEntries(left) as Payload },
    ];
  });
}

async function trim(scope: Scope, versions: Awaited<ReturnType<typeof findTrimmed>>): Promise<void> {
  const rows = versions.map(({ row, after }) => ({ account_id: scope.account.id, ...row, payload: toJson(after) }));
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto("raw_records")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["account_id", "id"]).doUpdateSet((eb) => ({ payload: eb.ref("excluded.payload") })),
      )
      .execute();
  }
}

interface Of {
  stream: OpenStream;
  source: Erasing["source"];
}

/** What a refusal quotes of a column that is gone. */
async function forgetRefused(scope: Scope, { stream, source }: Of, versions: readonly Trimmed[]): Promise<void> {
  const labels = new Set<string>();
  for (const { before, after } of versions) {
    const left = source.cellsOf(stream.id, after);
    for (const id of source.cellsOf(stream.id, before).keys()) {
      const column = left.has(id) ? undefined : stream.columns.find((one) => one.id === id);
      if (column) labels.add(column.label);
    }
  }
  if (labels.size === 0) return;
  await scope.db
    .updateTable("refused_rows")
    .set({ value: null })
    .where("account_id", "=", scope.account.id)
    .where("source_record_id", "in", [...new Set(versions.map(({ sourceRecordId }) => sourceRecordId))])
    .where("column_name", "in", [...labels])
    .execute();
}

/** What is left of a record is what the next reading brings: it is known to be as it is. */
async function rehash(scope: Scope, versions: readonly Trimmed[]): Promise<void> {
  const byRaw = new Map(versions.map((version) => [version.rawRecordId, version]));
  if (byRaw.size === 0) return;
  const rows = await scope.db
    .selectFrom("source_records")
    .select(["id", "remote_id", "hash", "raw_record_id"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [...new Set(versions.map(({ sourceRecordId }) => sourceRecordId))])
    .execute();
  for (const { id, remote_id, hash, raw_record_id } of rows) {
    const version = byRaw.get(raw_record_id ?? "");
    if (!version) continue;
    await scope.db
      .updateTable("source_records")
      .set({ hash: rehashed(hash, { id: remote_id, payload: version.after }) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", id)
      .execute();
  }
}
