import { writeNewContacts } from "~/features/contacts/serve-contact.server";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { sampleContacts } from "~/testing/sample/sample-contacts";

const BATCH = 300;

/** Fills an account with sample contacts, each with one member record, and returns their ids. */
export async function fillContacts(scope: Scope, count: number): Promise<string[]> {
  const ids: string[] = [];
  const { contacts } = sampleContacts(count, 1);
  for (let start = 0; start < count; start += BATCH) {
    const batch = contacts.slice(start, start + BATCH).map((values) => ({ id: newId(), values }));
    await inTransaction(scope, async (scope) => {
      await writeNewContacts(scope, batch);
      await scope.db
        .insertInto("contact_records")
        .values(
          batch.map(({ id, values }) => ({
            account_id: scope.account.id,
            id: newId(),
            contact_id: id,
            source: "by-hand" as const,
            run_id: null,
            raw_record_id: null,
            data: toJson({ ...values }),
            hash: id,
            observed_at: scope.clock.now(),
            created_by: scope.user?.id ?? null,
          })),
        )
        .execute();
    });
    ids.push(...batch.map((contact) => contact.id));
  }
  if (scope.database.dialect === "postgres") await analyse(scope);
  return ids;
}

/** What autovacuum would do within a minute. */
export async function analyse(scope: Scope): Promise<void> {
  const { sql } = await import("kysely");
  await sql`vacuum analyze`.execute(scope.database.unguarded);
}
