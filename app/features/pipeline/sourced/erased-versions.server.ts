import { openStream, type OpenStream } from "~/features/pipeline/sourced/open-sourced-run.server";
import { unchecked } from "~/features/pipeline/sourced/prepare-record.server";
import { type Payload, type RecordSource } from "~/features/pipeline/sourced/source";
import { readSourcedSettings } from "~/features/pipeline/sourced/sourced-settings.server";
import { type Subjects } from "~/features/pipeline/subject";
import { type ErasedVersion } from "~/features/pipeline/subject-sourced";
import "~/features/pipeline/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/** A version of which something was erased. */
export interface Trimmed {
  rawRecordId: string;
  sourceRecordId: string;
  before: Payload;
  after: Payload;
}

interface Of {
  subjects: Subjects;
  stream: OpenStream;
  source: Pick<RecordSource, "cellsOf">;
}

/**
 * What was made of versions, and what is left of it: by how each run took them in, for a field may have gone elsewhere then
 * than it goes today. What was refused has made nothing.
 */
export async function erasedVersions(
  scope: Scope,
  { subjects, stream, source }: Of,
  versions: readonly Trimmed[],
): Promise<ErasedVersion<unknown>[]> {
  const byRaw = new Map(versions.map((version) => [version.rawRecordId, version]));
  const taken = await stream.sourced.takenIn(scope, [...byRaw.keys()]);
  const runIds = [...new Set(taken.map(({ runId }) => runId))];
  const streams = await streamsThen(scope, { subjects, streamId: stream.id }, runIds);
  return taken.flatMap(({ rawRecordId, runId }) => {
    const version = byRaw.get(rawRecordId);
    if (!version) return [];
    const preparing = { stream: streams.get(runId) ?? stream, source };
    const { canonical: before } = unchecked(preparing, version.before);
    const { canonical: after, hash } = unchecked(preparing, version.after);
    return [{ rawRecordId, runId, before, after, hash }];
  });
}

/** By run: the stream as it was then. */
async function streamsThen(
  scope: Scope,
  { subjects, streamId }: { subjects: Subjects; streamId: string },
  runIds: readonly string[],
): Promise<ReadonlyMap<string, OpenStream>> {
  const streams = new Map<string, OpenStream>();
  for (const ids of valueChunks(runIds)) {
    const rows = await scope.db
      .selectFrom("runs")
      .select(["id", "settings", "started_at", "created_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
    for (const { id, started_at, created_at, ...row } of rows) {
      const settings = readSourcedSettings(row.settings);
      const then = settings.streams.find((one) => one.id === streamId);
      const startedAt = started_at ?? created_at;
      if (then) streams.set(id, await openStream(scope, subjects, { settings, stream: then, startedAt }));
    }
  }
  return streams;
}
