/** What records of the raw zone call themselves, by where the mapping sent their cells: ids tell people nothing. */
import { type Providers } from "~/features/connectors/connector";
import { storedStreams, streamsOf } from "~/features/connectors/streams-of";
import "~/features/connectors/tables";
import { sourceCells } from "~/features/connectors/zones/source-cells.server";
import { fileCells } from "~/features/pipeline/zones/file-cells.server";
import { nameInCells } from "~/features/pipeline/zones/name-in-cells";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

interface Received {
  /** Of the run that brought it, as JSON. */
  settings: string;
  /** A provider's id. */
  provider: string | null;
  /** Null: it is a row of a file. */
  stream: string | null;
  payload: string;
}

/** "" where it says no name, or where it is from a system unknown here. */
export function nameOfRaw({ settings, provider: providerId, stream, payload }: Received, providers: Providers): string {
  if (stream === null) return nameInCells(fileCells(settings, payload));
  const provider = providers.get(providerId ?? "");
  return provider ? nameInCells(sourceCells({ settings, payload, stream, provider })) : "";
}

/** What it is, in the word that the filter has for many; its stream's id where that is of a system unknown here. */
export function kindOfRaw({ provider: providerId, stream, streams }: OfKind, providers: Providers): string | null {
  const provider = providers.get(providerId ?? "");
  const known = provider ? streamsOf(provider, { streams: storedStreams(streams) }) : [];
  return known.find(({ id }) => id === stream)?.noun.one ?? stream;
}

interface OfKind extends Pick<Received, "provider" | "stream"> {
  /** As its connector has them. */
  streams: string | null;
}

/** By the raw record's id; those that say no name are left out. Two statements. */
export async function namesOfRaw(
  scope: Scope,
  rawIds: readonly string[],
  providers: Providers,
): Promise<ReadonlyMap<string, string>> {
  if (rawIds.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("raw_records as raw")
    .leftJoin("source_records as source", (join) =>
      join.onRef("source.account_id", "=", "raw.account_id").onRef("source.id", "=", "raw.source_record_id"),
    )
    .select(["raw.id", "raw.payload", "raw.run_id as runId", "source.stream"])
    .where("raw.account_id", "=", scope.account.id)
    .where("raw.id", "in", rawIds)
    .execute();
  const runs = await runsOf(scope, [...new Set(rows.map(({ runId }) => runId))]);
  const named = rows.map(({ id, payload, runId, stream }): [string, string] => {
    const run = runs.get(runId);
    return [id, run ? nameOfRaw({ ...run, stream, payload }, providers) : ""];
  });
  return new Map(named.filter(([, name]) => name !== ""));
}

/** What each went by: long, so each is read once. */
async function runsOf(scope: Scope, runIds: readonly string[]) {
  if (runIds.length === 0) return new Map<string, { settings: string; provider: string | null }>();
  const rows = await scope.db
    .selectFrom("runs")
    .leftJoin("connectors", (join) =>
      join.onRef("connectors.account_id", "=", "runs.account_id").onRef("connectors.id", "=", "runs.connector_id"),
    )
    .select(["runs.id", "runs.settings", "connectors.provider"])
    .where("runs.account_id", "=", scope.account.id)
    .where("runs.id", "in", runIds)
    .execute();
  return new Map(rows.map(({ id, ...run }) => [id, run]));
}
