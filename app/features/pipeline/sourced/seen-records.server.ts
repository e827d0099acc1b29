import { changedBlocks, nothingSeen, type Seen, withSeen } from "~/features/pipeline/sourced/seen";
import { isNumbered } from "~/features/pipeline/sourced/source-records.server";
import "~/features/pipeline/tables";
import { rowChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/** What a run has seen of a stream, and the number of the last record that there is of it. */
export interface StreamSeen {
  seen: Seen;
  last: number;
}

/** By stream. */
export type SeenRecords = ReadonlyMap<string, StreamSeen>;

interface Opening {
  runId: string;
  connectorId: string;
  streams: readonly { id: string }[];
}

/** As a run that is taken up finds them. */
export async function openSeen(scope: Scope, { runId, connectorId, streams }: Opening): Promise<SeenRecords> {
  const stored = await storedSeen(scope, runId);
  const all = new Map<string, StreamSeen>();
  for (const { id } of streams) {
    const last = await lastNumber(scope, { connectorId, streamId: id });
    all.set(id, { seen: stored.get(id) ?? nothingSeen, last });
  }
  return all;
}

/** What is written down of it, by stream. */
export async function storedSeen(scope: Scope, runId: string): Promise<ReadonlyMap<string, Seen>> {
  const rows = await scope.db
    .selectFrom("seen_records")
    .select(["stream", "block", "bits"])
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .execute();
  const all = new Map<string, Map<number, Uint8Array>>();
  for (const { stream, block, bits } of rows) {
    const blocks = all.get(stream) ?? new Map<number, Uint8Array>();
    all.set(stream, blocks.set(block, Buffer.from(bits, "base64")));
  }
  return all;
}

async function lastNumber(
  scope: Scope,
  { connectorId, streamId }: { connectorId: string; streamId: string },
): Promise<number> {
  const { last } = await scope.db
    .selectFrom("source_records")
    .select((eb) => eb.fn.max("number").as("last"))
    .where("account_id", "=", scope.account.id)
    .where("connector_id", "=", connectorId)
    .where("stream", "=", streamId)
    .where(isNumbered)
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

/** Writes down that records were seen, in the transaction of whatever becomes of them. */
export async function keepSeen(
  scope: Scope,
  run: { id: string; seen: SeenRecords },
  { streamId, numbers }: { streamId: string; numbers: readonly number[] },
): Promise<SeenRecords> {
  const before = run.seen.get(streamId) ?? { seen: nothingSeen, last: 0 };
  const seen = withSeen(before.seen, numbers);
  const rows = changedBlocks(before.seen, seen).map(([block, bits]) => ({
    ...{ account_id: scope.account.id, run_id: run.id, stream: streamId, block },
    bits: Buffer.from(bits).toString("base64"),
  }));
  for (const some of rowChunks(rows)) {
    await scope.db
      .insertInto("seen_records")
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(["account_id", "run_id", "stream", "block"])
          .doUpdateSet((eb) => ({ bits: eb.ref("excluded.bits") })),
      )
      .execute();
  }
  const last = numbers.reduce((most, number) => Math.max(most, number), before.last);
  return new Map(run.seen).set(streamId, { seen, last });
}

/** A run that has ended sees nothing any more. */
export async function forgetSeen(scope: Scope, runId: string): Promise<void> {
  await scope.db
    .deleteFrom("seen_records")
    .where("account_id", "=", scope.account.id)
    .where("run_id", "=", runId)
    .execute();
}
