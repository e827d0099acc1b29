/** What records of the raw zone call themselves, by where the mapping sent their cells: ids tell people nothing. */
import { type Providers } from "~/features/connectors/connector";
import "~/features/connectors/tables";
import { sourceCells } from "~/features/connectors/zones/source-cells.server";
import { fileCells } from "~/features/pipeline/zones/file-cells.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

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
    const provider = providers.get(run?.provider ?? "");
    if (!run) return [id, ""];
    if (stream === null) return [id, nameIn(fileCells(run.settings, payload))];
    return [id, provider ? nameIn(sourceCells({ settings: run.settings, payload, stream, provider })) : ""];
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

/** Fields of the subject that name somebody or something, the best first; those of one line belong together. */
const naming = [
  ...[["name"], ["wholeName"], ["listName"], ["givenName", "familyName"], ["company"], ["email"]],
  ...[["number"], ["orderNumber"], ["transactionId"]],
];

function nameIn(cells: readonly { field: string; text: string }[]): string {
  for (const fields of naming) {
    const name = fields
      .map((field) => cells.find((cell) => cell.field === field && cell.text.trim() !== "")?.text.trim())
      .filter(Boolean)
      .join(" ");
    if (name !== "") return name;
  }
  return "";
}
