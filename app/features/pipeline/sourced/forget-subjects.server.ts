import "~/features/pipeline/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Source records are of these no more: nobody has deleted them here, so what comes of the records comes as something new,
 * and what stands in relation to it does so anew.
 */
export async function forgetSubjects(scope: Scope, subjectIds: readonly string[]): Promise<void> {
  for (const ids of valueChunks(subjectIds)) {
    const records = await scope.db
      .updateTable("source_records")
      .set({ subject_id: null })
      .where("account_id", "=", scope.account.id)
      .where("subject_id", "in", ids)
      .returning(["id", "connector_id", "stream", "remote_id"])
      .execute();
    for (const { id, connector_id, stream, remote_id } of records) {
      await scope.db
        .updateTable("source_links")
        .set({ relation_id: null, made_run_id: null })
        .where("account_id", "=", scope.account.id)
        .where("connector_id", "=", connector_id)
        .where((eb) =>
          eb.or([
            eb("source_record_id", "=", id),
            eb.and([eb("to_stream", "=", stream), eb("to_remote_id", "=", remote_id)]),
          ]),
        )
        .execute();
    }
  }
}
