import { type Doors } from "~/features/connectors/runs/doors";
import { wordsOf } from "~/features/connectors/runs/run-source.server";
import "~/features/connectors/tables";
import { continueErasure } from "~/features/pipeline/sourced/erase-fields.server";
import { type Subjects } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/**
 * Erases what was stored of fields of a connector that are read no longer, or goes on with it. Where its provider is not
 * offered any more it waits until it is: only the provider knows what came of the fields, and only while they are stored.
 */
export async function eraseFields(
  scope: Scope,
  erasureId: string,
  { subjects, doors, signal }: { subjects: Subjects; doors: Pick<Doors, "providers">; signal: AbortSignal },
): Promise<void> {
  const row = await scope.db
    .selectFrom("field_erasures as erasure")
    .innerJoin("connectors", (join) =>
      join
        .onRef("connectors.account_id", "=", "erasure.account_id")
        .onRef("connectors.id", "=", "erasure.connector_id"),
    )
    .select("connectors.provider")
    .where("erasure.account_id", "=", scope.account.id)
    .where("erasure.id", "=", erasureId)
    .executeTakeFirst();
  if (!row) return;
  const provider = doors.providers.get(row.provider);
  if (!provider) return scope.log.warn({ event: "erasure.waits" }, "Erasing waits for a provider that is not offered");
  await continueErasure(scope, erasureId, { subjects, source: wordsOf(provider), signal });
}
