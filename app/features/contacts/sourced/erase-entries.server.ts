/** Takes erased values out of what is told of changes: what is gone is not to be read in a history. */
import { isDeepStrictEqual } from "node:util";
import "~/features/changes/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { fromJson, type Json, toJson } from "~/platform/db/json.server";
import { type Scope } from "~/platform/scope.server";

/** What a record of a contact said under a key, and says now. */
export interface Erased {
  contactId: string;
  key: string;
  before: unknown;
  after: unknown;
}

export async function eraseEntries(scope: Scope, erased: readonly Erased[]): Promise<void> {
  const byContact = new Map<string, Erased[]>();
  for (const one of erased) byContact.set(one.contactId, [...(byContact.get(one.contactId) ?? []), one]);
  for (const ids of valueChunks([...byContact.keys()])) {
    for (const entry of await listEntries(scope, ids, "contact")) {
      const gone = byContact.get(entry.subject_id) ?? [];
      const [before, after] = [withoutValues(entry.before, gone), withoutValues(entry.after, gone)];
      if (before !== entry.before || after !== entry.after) await rewrite(scope, entry, { before, after });
    }
  }
  await eraseNames(scope, erased);
}

const named = new Set(["typedName", "givenName", "familyName", "company"]);

/** Relationships are told with the names of the day, in the entries of both. */
async function eraseNames(scope: Scope, erased: readonly Erased[]): Promise<void> {
  const ids = new Set(erased.filter(({ key }) => named.has(key)).map(({ contactId }) => contactId));
  const own = await relationshipEntriesOf(scope, [...ids]);
  const others = own.flatMap(({ told }) => [told.fromContactId, told.toContactId]).filter((id) => !ids.has(id));
  for (const { entry } of [...own, ...(await relationshipEntriesOf(scope, [...new Set(others)]))]) {
    const [before, after] = [withoutNames(entry.before, ids), withoutNames(entry.after, ids)];
    if (before !== entry.before || after !== entry.after) await rewrite(scope, entry, { before, after });
  }
}

interface Told {
  fromContactId: string;
  toContactId: string;
}

async function relationshipEntriesOf(scope: Scope, contactIds: readonly string[]) {
  const found: { entry: EntryRow; told: Told }[] = [];
  for (const ids of valueChunks(contactIds)) {
    for (const entry of await listEntries(scope, ids, "relationship")) {
      const told = entry.after ?? entry.before;
      if (told !== null) found.push({ entry, told: fromJson<Told>(told) });
    }
  }
  return found;
}

function withoutNames(text: string | null, ids: ReadonlySet<string>): string | null {
  if (text === null) return null;
  const state = fromJson<Told & Record<string, Json>>(text);
  const gone = {
    ...(ids.has(state.fromContactId) ? { fromName: null } : {}),
    ...(ids.has(state.toContactId) ? { toName: null } : {}),
  };
  return Object.keys(gone).length > 0 ? toJson({ ...state, ...gone }) : text;
}

interface EntryRow {
  change_set_id: string;
  position: number;
  subject_id: string;
  before: string | null;
  after: string | null;
}

function listEntries(scope: Scope, contactIds: readonly string[], kind: string): Promise<EntryRow[]> {
  return scope.db
    .selectFrom("change_entries")
    .select(["change_set_id", "position", "subject_id", "before", "after"])
    .where("account_id", "=", scope.account.id)
    .where("subject_id", "in", contactIds)
    .where("subject_kind", "=", kind)
    .execute();
}

async function rewrite(scope: Scope, entry: EntryRow, states: Pick<EntryRow, "before" | "after">): Promise<void> {
  await scope.db
    .updateTable("change_entries")
    .set(states)
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", entry.change_set_id)
    .where("position", "=", entry.position)
    .execute();
}

/** The same text where there is nothing of it in it. */
function withoutValues(text: string | null, gone: readonly Erased[]): string | null {
  const state = text === null ? null : fromJson<{ values?: Record<string, unknown> }>(text);
  if (!state?.values) return text;
  const values = gone.reduce(withoutOne, state.values);
  return values === state.values ? text : toJson({ ...state, values } as unknown as Json);
}

/** The same values where there is nothing of it among them. */
function withoutOne(values: Record<string, unknown>, { key, before, after }: Erased): Record<string, unknown> {
  const { [key]: said = null, ...others } = values;
  if (Array.isArray(said)) {
    const left = said.filter((item) => !isGone(item, before, after));
    return left.length < said.length ? { ...values, [key]: left } : values;
  }
  return said !== null && isDeepStrictEqual(said, before) ? others : values;
}

/** Of a list: it was in what the record said, and is not in what it says now. */
function isGone(item: unknown, before: unknown, after: unknown): boolean {
  const isIn = (list: unknown) => Array.isArray(list) && list.some((other) => isAlike(other, item));
  return isIn(before) && !isIn(after);
}

/** The same email or number, whatever its label. */
function isAlike(one: unknown, other: unknown): boolean {
  const valueOf = (item: unknown) => (item as { value?: unknown } | null)?.value;
  return isDeepStrictEqual(one, other) || (valueOf(one) !== undefined && valueOf(one) === valueOf(other));
}
