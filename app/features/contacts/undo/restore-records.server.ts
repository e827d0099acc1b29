/** Withdraws records of imports, or takes them up again: what the contact says is computed from those that stand. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { computeContact } from "~/features/contacts/compute-contact";
import { loadMembers, rewriteContacts } from "~/features/contacts/serve-contact.server";
import "~/features/contacts/tables";
import { differences } from "~/features/contacts/values/differences.server";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/** `at` null: they stand again. */
export async function withdrawRecords(scope: Scope, recordIds: readonly string[], at: string | null): Promise<void> {
  for (const ids of valueChunks(recordIds)) {
    await scope.db
      .updateTable("contact_records")
      .set({ withdrawn_at: at })
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
  }
}

const recordsIn = (state: WrittenEntry["before"]) => (state?.records ?? []) as string[];

/** Contacts that are there and held. */
export async function restoreRecords(scope: Scope, entries: readonly WrittenEntry[]): Promise<Required<PutBack>> {
  const ids = [...new Set(entries.map((entry) => entry.subjectId))];
  const was = await computed(scope, ids);
  const standing = entries.flatMap(({ before }) => recordsIn(before));
  const withdrawn = entries.flatMap(({ before, after }) =>
    recordsIn(after).filter((id) => !recordsIn(before).includes(id)),
  );
  await withdrawRecords(scope, standing, null);
  await withdrawRecords(scope, withdrawn, scope.clock.now());
  const now = await computed(scope, ids);
  await rewriteContacts(
    scope,
    [...now].map(([id, values]) => ({ id, values })),
  );
  const back: Required<PutBack> = { entries: [], leftAlone: [], gone: [] };
  for (const { subjectId, before, after } of entries) {
    const [old, values] = [was.get(subjectId), now.get(subjectId)];
    const difference = old && values ? differences(old, values) : null;
    back.entries.push({
      subjectKind: "contact",
      subjectId,
      before: { values: {}, ...difference?.before, records: recordsIn(after) },
      after: { values: {}, ...difference?.after, records: recordsIn(before) },
    });
  }
  return back;
}

async function computed(scope: Scope, ids: readonly string[]) {
  const loaded = await loadMembers(scope, ids);
  return new Map([...loaded].map(([id, { members, pins }]) => [id, computeContact(members, pins).values]));
}
