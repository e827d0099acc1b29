import { type Doors } from "~/features/connectors/runs/doors";
import { wordsOf } from "~/features/connectors/runs/run-source.server";
import "~/features/connectors/tables";
import { continueErasure } from "~/features/pipeline/sourced/erase-fields.server";
import { type Subjects } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Erases what was stored of fields of a connector that are read no longer, or goes on with it. */
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
  if (!provider) throw new Error(`No provider is called ${row.provider}`);
  await continueErasure(scope, erasureId, { subjects, source: wordsOf(provider), signal });
}
