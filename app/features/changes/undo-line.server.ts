/** What was done, its undo, the undo of that, and so on: a line of change sets of which the last one can be undone. */
import "~/features/changes/tables";
import { type Scope } from "~/platform/scope.server";

/** A change set and its place in its line. */
export interface InLine {
  id: string;
  root_id: string | null;
  turn: number;
}

/**
 * Notes that a change set is undone by `ownId` (null: it had nothing to put back). Of those before it each second one
 * holds again, and the others do no longer. Three statements, however long the line.
 */
export async function markUndone(scope: Scope, set: InLine, ownId: string | null): Promise<void> {
  const now = scope.clock.now();
  const rootId = set.root_id ?? set.id;
  await update(scope, [set.id], { undone_at: now, undone_by: scope.user?.id ?? null });
  if (ownId) await update(scope, [ownId], { root_id: rootId, turn: set.turn + 1 });
  if (set.turn === 0) return;
  const line = await listLines(scope, [rootId]);
  const before = line.filter(({ turn }) => turn < set.turn);
  const idsOf = (isRevived: boolean) =>
    before.filter(({ turn }) => ((set.turn - turn) % 2 === 1) === isRevived).map(({ id }) => id);
  await update(scope, idsOf(true), { revived_at: now });
  await update(scope, idsOf(false), { revived_at: null });
}

interface Marks {
  undone_at?: string;
  undone_by?: string | null;
  root_id?: string;
  turn?: number;
  revived_at?: string | null;
}

async function update(scope: Scope, ids: readonly string[], marks: Marks): Promise<void> {
  if (ids.length === 0) return;
  await scope.db
    .updateTable("change_sets")
    .set(marks)
    .where("account_id", "=", scope.account.id)
    .where("id", "in", ids)
    .execute();
}

/** All change sets of these lines, each line from its root on. */
export async function listLines(scope: Scope, rootIds: readonly string[]) {
  if (rootIds.length === 0) return [];
  const rows = await scope.db
    .selectFrom("change_sets")
    .leftJoin("users as person", "person.id", "change_sets.created_by")
    .select(["change_sets.id", "change_sets.root_id", "change_sets.turn", "change_sets.action"])
    .select("change_sets.event_id")
    .select(["change_sets.created_at as at", "person.name as by"])
    .where("change_sets.account_id", "=", scope.account.id)
    .where((eb) => eb.or([eb("change_sets.id", "in", rootIds), eb("change_sets.root_id", "in", rootIds)]))
    .orderBy("change_sets.turn")
    .execute();
  return rows.map((row) => ({ ...row, rootId: row.root_id ?? row.id }));
}
