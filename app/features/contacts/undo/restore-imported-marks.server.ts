/** Takes back do-not-contact marks that an import set, when that import is undone. */
import { type PutBack, type WrittenEntry } from "~/features/changes/undo.server";
import { channelNames } from "~/features/contacts/consent/consent";
import { loadMembers, serveConsent } from "~/features/contacts/serve-contact.server";
import { type MarkToSet } from "~/features/contacts/subject/place-rows.server";
import "~/features/contacts/tables";
import { valueChunks } from "~/platform/db/chunks.server";
import { type Scope } from "~/platform/scope.server";

/**
 * Of contacts whose records of the import are withdrawn by now, all but those `standing`. What another record says, too, stays forbidden; and what
 * somebody lifted since is not there to be taken back.
 */
export async function takeBackMarks(
  scope: Scope,
  entries: readonly WrittenEntry[],
  standing: ReadonlySet<string>,
): Promise<Required<PutBack>> {
  const back: Required<PutBack> = { entries: [], leftAlone: [], gone: [] };
  const set = entries.filter(({ subjectId }) => !standing.has(subjectId)).flatMap(marksIn);
  if (set.length === 0) return back;
  const open = await openAmong(scope, set);
  const ids = [...new Set(set.map(({ contactId }) => contactId))];
  const members = await loadMembers(scope, ids);
  const names = await namesOf(scope, ids);
  const gone: string[] = [];
  for (const { contactId, mark } of set.filter(({ mark }) => open.has(mark.id))) {
    if (members.get(contactId)?.members.some(({ data }) => data.noContact?.includes(mark.channel))) {
      const what = `do not contact: ${channelNames[mark.channel]}`;
      back.leftAlone.push({
        subjectId: contactId,
        name: names.get(contactId) ?? null,
        what,
        why: "another import says so, too",
      });
      continue;
    }
    gone.push(mark.id);
    back.entries.push({ subjectKind: "do-not-contact", subjectId: contactId, before: { ...mark }, after: null });
  }
  await remove(scope, gone);
  await serveConsent(scope, [...new Set(back.entries.map((entry) => entry.subjectId))]);
  return back;
}

interface SetMark {
  contactId: string;
  mark: MarkToSet;
}

function marksIn({ subjectId, after }: WrittenEntry): SetMark[] {
  const marks = (after?.marks ?? []) as MarkToSet[];
  return marks.map(({ id, channel, reason, markedAt, markedBy, liftedAt, liftedBy }) => ({
    contactId: subjectId,
    mark: { id, channel, reason, markedAt, markedBy, liftedAt, liftedBy },
  }));
}

async function openAmong(scope: Scope, set: readonly SetMark[]): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for (const ids of valueChunks(set.map(({ mark }) => mark.id))) {
    const rows = await scope.db
      .selectFrom("do_not_contact_marks")
      .select("id")
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .where("lifted_at", "is", null)
      .execute();
    for (const { id } of rows) open.add(id);
  }
  return open;
}

async function remove(scope: Scope, markIds: readonly string[]): Promise<void> {
  for (const ids of valueChunks(markIds)) {
    await scope.db
      .deleteFrom("do_not_contact_marks")
      .where("account_id", "=", scope.account.id)
      .where("id", "in", ids)
      .execute();
  }
}

async function namesOf(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const some of valueChunks(ids)) {
    const rows = await scope.db
      .selectFrom("contacts")
      .select(["id", "name"])
      .where("account_id", "=", scope.account.id)
      .where("id", "in", some)
      .execute();
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}
