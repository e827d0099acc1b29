/** Whether whoever asks may undo a change set, where they see only their own. */
import { readEntries } from "~/features/changes/read-entries.server";
import { hasOwnWay } from "~/features/changes/undo-window";
import { type LockedSet, type NotUndone, type Undoing, type WrittenEntry } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";

/** Of what they did themselves the job takes back what is theirs; an import is of everybody's. */
export function refusedLong(
  scope: Scope,
  set: Pick<LockedSet, "created_by" | "action">,
  { ownWays }: Undoing,
): "not-found" | "not-all-yours" | null {
  if (!scope.ownOnly) return null;
  if (set.created_by !== scope.user?.id) return "not-found";
  return hasOwnWay(ownWays, set.action) ? "not-all-yours" : null;
}

export async function refusedShort(
  scope: Scope,
  set: Pick<LockedSet, "id" | "created_by">,
  undoing: Undoing,
): Promise<NotUndone["reason"] | null> {
  if (scope.ownOnly && set.created_by !== scope.user?.id) return "not-found";
  const { entries } = await readEntries(scope, set.id);
  if (entries.length === 0 && !scope.ownOnly) return "nothing-changed";
  const visible = await visibleOf(scope, entries, undoing);
  if (visible.length === 0 || visible.some(({ subjectKind }) => !undoing.restorers[subjectKind])) return "not-found";
  // Half of it undone would be marked as undone, and the rest stay for ever.
  return scope.ownOnly && !(await isAllTheirs(scope, set.id, { entries, undoing })) ? "not-all-yours" : null;
}

/** Theirs now, and before it was done: to undo it gives nothing away. */
async function isAllTheirs(
  scope: Scope,
  changeSetId: string,
  { entries, undoing }: { entries: readonly WrittenEntry[]; undoing: Undoing },
): Promise<boolean> {
  const subjectIds = [...new Set(entries.map((entry) => entry.subjectId))];
  const theirs = await undoing.ownedBy(scope, scope.user?.id ?? "", { changeSetId, subjectIds });
  return subjectIds.every((id) => theirs.has(id));
}

async function visibleOf(scope: Scope, entries: readonly WrittenEntry[], { seen }: Undoing): Promise<WrittenEntry[]> {
  const visible = await seen(scope, [...new Set(entries.map((entry) => entry.subjectId))]);
  return entries.filter((entry) => visible.has(entry.subjectId));
}
