/** Contacts to try things with, in an account that has none yet; and away with them again, when the real ones come. */
import { lockAccount } from "~/platform/db/lock-account.server";
import { createContact } from "~/features/contacts/edit-contact.server";
import { relate } from "~/features/contacts/relationships/relationships.server";
import { markDoNotContact } from "~/features/contacts/consent/do-not-contact.server";
import { sampleContacts, sampleMarks, sampleRelationships } from "~/features/contacts/home/sample-data";
import "~/features/contacts/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export type LoadSampleResult = { ok: true; contacts: number } | { ok: false; reason: "not-empty" };

/** All of it or nothing. Refused as soon as there is a single contact, so that nobody's own are ever mixed with these. */
export function loadSampleData(scope: Scope): Promise<LoadSampleResult> {
  return inTransaction(scope, async (scope) => {
    if (!(await isEmptyAccount(scope))) return { ok: false, reason: "not-empty" };
    const ids = new Map<string, string>();
    for (const { key, values } of sampleContacts) {
      const made = await createContact(scope, values);
      if (!made.ok) throw new Error(`The sample contact ${key} is refused: ${made.reason}`);
      ids.set(key, made.id);
    }
    const idOf = (key: string) => ids.get(key) ?? "";
    for (const { from, to, type, note } of sampleRelationships) {
      const related = await relate(scope, { fromId: idOf(from), toId: idOf(to), type, note });
      if (!related.ok) throw new Error(`The sample contacts ${from} and ${to} cannot be related: ${related.reason}`);
    }
    for (const { contact, channels, reason } of sampleMarks) {
      const marked = await markDoNotContact(scope, idOf(contact), { channels, reason });
      if (!marked.ok) throw new Error(`The sample contact ${contact} cannot be marked: ${marked.reason}`);
    }
    await scope.db
      .insertInto("sample_contacts")
      .values([...ids.values()].map((contact_id) => ({ account_id: scope.account.id, contact_id })))
      .execute();
    return { ok: true, contacts: ids.size };
  });
}

/** Held to the end of the transaction, so that two who press at once load it once. */
async function isEmptyAccount(scope: Scope): Promise<boolean> {
  await lockAccount(scope);
  const any = await scope.db
    .selectFrom("contacts")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return any === undefined;
}

/** The sample contacts that are still there; none in an account that never had any. */
export async function listSampleIds(scope: Scope): Promise<string[]> {
  const rows = await scope.db
    .selectFrom("sample_contacts")
    .innerJoin("contacts", (join) =>
      join
        .onRef("contacts.account_id", "=", "sample_contacts.account_id")
        .onRef("contacts.id", "=", "sample_contacts.contact_id"),
    )
    .select("contacts.id")
    .where("sample_contacts.account_id", "=", scope.account.id)
    .where("contacts.deleted_at", "is", null)
    .orderBy("contacts.id")
    .execute();
  return rows.map(({ id }) => id);
}
