/** Which contacts a change set touched, with what it changed of each. */
import "~/features/changes/tables";
import { fieldChanges, type FieldChange, type State } from "~/features/contacts/history/history";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { otherChanges } from "~/features/contacts/history/history-words";
import { seenBy } from "~/features/contacts/seen-by.server";
import "~/features/contacts/tables";
import { homeOf } from "~/features/contacts/values/address-text";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

export interface TouchedContact {
  position: number;
  contactId: string;
  name: string;
  /** Deleted: it has no page. */
  isThere: boolean;
  isNew: boolean;
  changes: FieldChange[];
}

/** In the order of the change; one line for each entry. One statement. */
export async function listTouched(scope: Scope, changeSetId: string, limit: number): Promise<TouchedContact[]> {
  const rows = await scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "entry.account_id").onRef("contacts.id", "=", "entry.subject_id"),
    )
    .select(["entry.position", "entry.subject_kind", "entry.before", "entry.after"])
    .select(["contacts.id", "contacts.name", "contacts.deleted_at"])
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.change_set_id", "=", changeSetId)
    .where(seenBy(scope))
    .orderBy("entry.position")
    .limit(limit)
    .execute();
  const home = homeOf({ ...scope.account, ...scope.place }, await customFields(scope));
  return rows.map((row) => {
    const [before, after] = [stateOf(row.before), stateOf(row.after)];
    const isContact = row.subject_kind === "contact";
    return {
      position: row.position,
      contactId: row.id,
      name: row.name,
      isThere: row.deleted_at === null,
      isNew: isContact && before === null,
      changes: [
        ...(isContact ? fieldChanges(before, after, home) : []),
        ...otherChanges(row.subject_kind, { before, after }, scope.place),
      ],
    };
  });
}

function stateOf(json: string | null): State {
  return json === null ? null : fromJson<Record<string, unknown>>(json);
}

/** Contacts that there are, deleted ones too: their names. */
export async function namesOfContacts(
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { name: string; isThere: boolean }>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("contacts")
    .select(["id", "name", "deleted_at"])
    .where("account_id", "=", scope.account.id)
    .where("id", "in", [...new Set(ids)])
    .where(seenBy(scope))
    .execute();
  return new Map(rows.map((row) => [row.id, { name: row.name, isThere: row.deleted_at === null }]));
}

/** Of change sets that begin with a contact: its name. A command's entries are counted from 0, an import's by line. */
export async function namesOfSingles(
  scope: Scope,
  changeSetIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (changeSetIds.length === 0) return new Map();
  const rows = await scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("contacts", (join) =>
      join.onRef("contacts.account_id", "=", "entry.account_id").onRef("contacts.id", "=", "entry.subject_id"),
    )
    .select(["entry.change_set_id", "contacts.name"])
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.change_set_id", "in", changeSetIds)
    .where("entry.position", "=", 0)
    .where(seenBy(scope))
    .execute();
  return new Map(rows.map((row) => [row.change_set_id, row.name]));
}
