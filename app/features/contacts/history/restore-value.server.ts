/** Says again by hand what a field said before: an ordinary edit, pinned and undoable. */
import { computeContact } from "~/features/contacts/compute-contact";
import { changedFieldsOf } from "~/features/contacts/changed-fields";
import { type ContactField, type ContactValues, keysOf, saidOf } from "~/features/contacts/contact";
import { contactForm, type FormPlace } from "~/features/contacts/form/contact-form";
import { formDefaults } from "~/features/contacts/form/contact-form-defaults";
import { editContact } from "~/features/contacts/edit-contact.server";
import { wholeFormPlace } from "~/features/contacts/form/form-place.server";
import { lockContact, membersOf } from "~/features/contacts/hand-change.server";
import { type State, valuesIn } from "~/features/contacts/history/history";
import { findEntry } from "~/features/contacts/history/history.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface OldValue {
  /** The entry of the history, as `HistoryEntry.key`. */
  entry: string;
  side: "before" | "after";
  field: ContactField;
}

export type RestoreValueResult =
  | { ok: true; changeSetId: string | null }
  | { ok: false; reason: "not-found" | "says-so-already" | "nothing-known" }
  /** `message`: what is wrong with it today. */
  | { ok: false; reason: "not-possible"; message: string };

export function restoreValue(scope: Scope, contactId: string, old: OldValue): Promise<RestoreValueResult> {
  return inTransaction(scope, async (scope) => {
    const contact = await lockContact(scope, contactId);
    const entry = contact && (await findEntry(scope, contactId, old.entry));
    const said = entry?.kind === "contact" ? saidThen(entry[old.side], entry.before === null, old.field) : null;
    if (!contact || !said) return { ok: false, reason: "not-found" };
    const { members, pins } = await membersOf(scope, contactId);
    const now = computeContact(members, pins).values;
    const values = { ...now, ...said };
    if (changedFieldsOf(now, values).length === 0) return { ok: false, reason: "says-so-already" };
    const message = newProblem(await wholeFormPlace(scope), now, values);
    if (message) return { ok: false, reason: "not-possible", message };
    const edited = await editContact(scope, contactId, { version: contact.version, values });
    if (edited.ok) return { ok: true, changeSetId: edited.changeSetId };
    return { ok: false, reason: edited.reason === "nothing-known" ? "nothing-known" : "not-found" };
  });
}

/** What the field said; where the contact was just made, what of it is not told of was empty. Null: it is not told of. */
function saidThen(state: State, isMaking: boolean, field: ContactField): Partial<ContactValues> | null {
  const values = valuesIn(state);
  const told = keysOf(field).filter((key) => key in values);
  if (told.length === 0) return null;
  return saidOf(isMaking ? keysOf(field) : told, values);
}

/** What the form would find wrong with the contact that it does not find wrong with it now. */
function newProblem(place: FormPlace, now: ContactValues, values: ContactValues): string | null {
  const already = problemsOf(place, now);
  return problemsOf(place, values).find((problem) => !already.includes(problem)) ?? null;
}

function problemsOf(place: FormPlace, values: ContactValues): string[] {
  const read = contactForm(place).safeParse(formDefaults(values, place));
  return read.success ? [] : read.error.issues.map((issue) => issue.message);
}
