import { recordEvent } from "~/features/audit/audit.server";
import { type Selection, selection } from "~/features/connectors/connector-settings";
import { type Doors } from "~/features/connectors/runs/doors";
import { lockConnector, settingsOf } from "~/features/connectors/runs/start-sync.server";
import "~/features/connectors/tables";
import { RUN_QUEUE } from "~/features/pipeline/run/start-run.server";
import "~/features/pipeline/tables";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope } from "~/platform/scope.server";

export const ERASE_TASK = "erase_fields";

export type SaveSelectionResult = { ok: true; isErasing: boolean } | { ok: false; reason: "not-found" };

/**
 * Chooses what is read of a connector. What was stored of fields that are read no longer is erased, by a job, with what was
 * made of them; so call it before the mapping is changed, by which that is known. With other fields the cursors are no good:
 * the next run reads everything.
 */
export function saveSelection(
  scope: Scope,
  connectorId: string,
  { chosen, doors }: { chosen: Selection; doors: Pick<Doors, "providers"> },
): Promise<SaveSelectionResult> {
  return inTransaction(scope, async (scope) => {
    const connector = await lockConnector(scope, connectorId);
    const provider = doors.providers.get(connector?.provider ?? "");
    if (!connector || !provider) return { ok: false, reason: "not-found" };
    const before = selection.parse(fromJson(connector.selection));
    const settings = await settingsOf(scope, connector, { provider, isWhole: true });
    const now = scope.clock.now();
    await scope.db
      .updateTable("connectors")
      .set((eb) => ({
        ...{ selection: toJson(chosen), whole_next: now, changed_at: now },
        version: eb("version", "+", 1),
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connectorId)
      .execute();
    await recordEvent(scope, { action: "connector.selection-changed", subject: { connectorId } });
    const removed = fieldsRemoved(before, chosen);
    for (const [streamId, fields] of removed) {
      const streams = settings.streams.filter(({ id }) => id === streamId);
      const stored = toJson({ ...settings, streams } as unknown as Json);
      if (streams.length > 0) await askForErasure(scope, connectorId, { streamId, fields, settings: stored });
    }
    return { ok: true, isErasing: removed.size > 0 };
  });
}

/** By stream; a stream that is read no longer is all of its fields. */
export function fieldsRemoved(before: Selection, after: Selection): Map<string, string[]> {
  const removed = new Map<string, string[]>();
  for (const [streamId, { fields }] of Object.entries(before)) {
    const left = new Set(after[streamId]?.fields);
    const gone = fields.filter((field) => !left.has(field));
    if (gone.length > 0) removed.set(streamId, gone);
  }
  return removed;
}

async function askForErasure(
  scope: Scope,
  connectorId: string,
  { streamId, fields, settings }: { streamId: string; fields: string[]; settings: string },
): Promise<void> {
  const id = newId();
  await scope.db
    .insertInto("field_erasures")
    .values({
      ...{ account_id: scope.account.id, id, connector_id: connectorId, stream: streamId, fields: toJson(fields) },
      ...{ settings, after_id: null, asked_at: scope.clock.now(), asked_by: scope.user?.id ?? null },
      finished_at: null,
    })
    .execute();
  await enqueueErasure(scope, id);
}

/** In the queue of runs: none stores anything of these fields while they are erased, and one before it is followed up. */
async function enqueueErasure(scope: Scope, erasureId: string): Promise<void> {
  const payload = { accountId: scope.account.id, erasureId };
  await enqueue(scope, ERASE_TASK, payload, { jobKey: erasureId, queueName: RUN_QUEUE });
}

/** Asks again for what no job will go on with: what is to be erased is erased. Not within a transaction. */
export async function goOnErasing(scope: Scope): Promise<void> {
  const rows = await scope.db
    .selectFrom("field_erasures")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("finished_at", "is", null)
    .execute();
  for (const { id } of rows) if (!(await isAwaited(scope, ERASE_TASK, id))) await enqueueErasure(scope, id);
}
