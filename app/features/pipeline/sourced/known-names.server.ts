import { type OfStream } from "~/features/pipeline/sourced/source-records.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Enough for few questions to the source, few enough for one of them. */
const NAMES_AT_ONCE = 2_000;

/** Names of a stream's records that are not gone, in their order: for sources where nothing tells what was deleted. */
export async function knownNames(
  scope: Scope,
  { run, streamId }: OfStream,
  behind: string | null,
): Promise<readonly string[]> {
  const rows = await scope.db
    .selectFrom("source_records")
    .select("remote_id")
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", run.connectorId)
    .where("stream", "=", streamId)
    .where("gone_at", "is", null)
    .where("state", "!=", "going")
    .$if(behind !== null, (query) => query.where("remote_id", ">", behind ?? ""))
    .orderBy("remote_id")
    .limit(NAMES_AT_ONCE)
    .execute();
  return rows.map(({ remote_id }) => remote_id);
}
