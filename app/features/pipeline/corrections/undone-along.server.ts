/** Corrections of an import's refused rows are undone and redone with it in one go, by choice: which those are. */
import { type Change, findUndo } from "~/features/changes/list-changes.server";
import { listGroup } from "~/features/changes/undo-group.server";
import { listLines } from "~/features/changes/undo-line.server";
import { correctionsOfChange } from "~/features/pipeline/corrections/corrections.server";
import { runsOfChanges } from "~/features/pipeline/run/undo-run.server";
import { type Scope } from "~/platform/scope.server";

export interface Along {
  /** The change set to undo. */
  id: string;
  fileName: string;
  /** Of rows, where `at` says when they came in; else of records that were undone or redone. */
  count: number;
  at: string | null;
}

/** What can be undone in one go with a change that was done, undone or redone: in the order in which it was done. */
export function alongWith(scope: Scope, change: Pick<Change, "id" | "turn">): Promise<Along[]> {
  return change.turn === 0 ? correctionsAlong(scope, change.id) : undoneAlong(scope, change.id);
}

/** Each with what is undone of it: where it was undone and redone itself, the redo. */
async function correctionsAlong(scope: Scope, changeSetId: string): Promise<Along[]> {
  const corrections = await correctionsOfChange(scope, changeSetId);
  const roots = corrections.filter(({ wasRedone }) => wasRedone).map((correction) => correction.changeSetId);
  const lasts = new Map((await listLines(scope, roots)).map(({ id, rootId }) => [rootId, id]));
  return corrections.map(({ changeSetId: rootId, fileName, at, took }) => {
    return { id: lasts.get(rootId) ?? rootId, fileName, count: took, at };
  });
}

async function undoneAlong(scope: Scope, ownChangeSetId: string): Promise<Along[]> {
  const undo = await findUndo(scope, ownChangeSetId);
  if (!undo?.groupId) return [];
  const group = await listGroup(scope, undo.groupId);
  const others = group.filter(({ id, undone, isUndone }) => id !== undo.id && undone > 0 && !isUndone);
  const roots = others.map(({ rootId }) => rootId);
  const runs = await runsOfChanges(scope, roots);
  return others.map(({ ownId, rootId, undone }) => {
    return { id: ownId, fileName: runs.get(rootId)?.name ?? "", count: undone, at: null };
  });
}
