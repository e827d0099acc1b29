/** What people changed by hand of the fields that an import had set, taken back with the import where that was chosen. */
import "~/features/changes/tables";
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { type ContactField, fieldsIn, keysOf } from "~/features/contacts/contact";
import { nameOfField } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { membersOf } from "~/features/contacts/hand-change.server";
import { type Hand, handBackTo, touchedFields } from "~/features/contacts/undo/hand-undo";
import { type ImportMeeting } from "~/features/contacts/undo/meet-import.server";
import { writeHand } from "~/features/contacts/undo/restore-hand.server";
import { fromJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

interface Edit {
  contactId: string;
  before: Hand;
  after: Hand;
}

/** `entries`: the import's, of contacts that were there before and are held. A few statements for each that was edited. */
export async function restoreEdited(
  scope: Scope,
  entries: readonly WrittenEntry[],
  { met, changeSetId }: { met: ImportMeeting; changeSetId: string },
): Promise<PutBack> {
  const back: PutBack = { entries: [], leftAlone: [] };
  const ids = [...new Set(entries.map((entry) => entry.subjectId))].filter((id) => met.edited.has(id));
  const named = await customFields(scope);
  const edits = await editsSince(scope, changeSetId, ids);
  for (const id of ids) {
    const row = met.rows.get(id);
    const set = fieldsOf(entries.filter((entry) => entry.subjectId === id));
    const own = edits.filter(({ contactId }) => contactId === id);
    const fields = set.filter((field) => own.some((edit) => touchedFields(edit.before, edit.after).includes(field)));
    if (!row || row.deletedAt !== null || fields.length === 0) continue;
    const found = await membersOf(scope, id);
    const hand = own.reduce<Hand>((now, { before, after }) => {
      const touched = touchedFields(before, after).filter((field) => fields.includes(field));
      return handBackTo(before, now, touched);
    }, found.state);
    const entry = await writeHand(scope, id, { found, hand, fields, record: null });
    if (entry) back.entries.push(entry);
    else {
      const why = "nothing would be left to know it by";
      back.leftAlone.push(
        ...fields.map((field) => ({ subjectId: id, name: row.name, what: nameOfField(field, named), why })),
      );
    }
  }
  return back;
}

/** Fields that the import set, the account's own among them. */
function fieldsOf(entries: readonly WrittenEntry[]): ContactField[] {
  const said = entries.map(({ after }) => (after?.values ?? {}) as object);
  return fieldsIn(...said).filter((field) => keysOf(field).some((key) => said.some((values) => key in values)));
}

/** What was changed by hand since and still holds, the last first. A set's id begins with the time it was opened. */
async function editsSince(scope: Scope, changeSetId: string, ids: readonly string[]): Promise<Edit[]> {
  if (ids.length === 0) return [];
  const rows = await scope.db
    .selectFrom("change_entries as entry")
    .innerJoin("change_sets as change", (join) =>
      join.onRef("change.account_id", "=", "entry.account_id").onRef("change.id", "=", "entry.change_set_id"),
    )
    .select(["entry.subject_id", "entry.before", "entry.after"])
    .where("entry.account_id", "=", scope.account.id)
    .where("entry.subject_id", "in", ids)
    .where("entry.subject_kind", "=", "contact")
    .where("entry.change_set_id", ">", changeSetId)
    .where((eb) => eb.or([eb("change.undone_at", "is", null), eb("change.revived_at", "is not", null)]))
    .where("change.action", "!=", "change.undone")
    .orderBy("entry.change_set_id", "desc")
    .orderBy("entry.position", "desc")
    .execute();
  return rows.flatMap((row): Edit[] => {
    const [before, after] = [handOf(row.before), handOf(row.after)];
    return before && after ? [{ contactId: row.subject_id, before, after }] : [];
  });
}

/** Null where the entry is of something else than what was typed. */
function handOf(json: string | null): Hand | null {
  const state = json === null ? {} : fromJson<Partial<Hand>>(json);
  return "byHand" in state ? { byHand: state.byHand ?? null, pinned: state.pinned ?? {} } : null;
}
