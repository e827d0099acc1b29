/** Imports and their undo as pages and jobs do them, for tests. */
import { stringify } from "csv-stringify/sync";
import undoChange from "../../jobs/undo-change";
import { subjects, undoing } from "~/composition.server";
import { undoChangeSet } from "~/features/changes/undo.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { type Scope } from "~/platform/scope.server";
import { given } from "~/testing/given";
import { upload } from "~/testing/walk/examples";

/** Brings rows in. The import's change set. */
export async function importedRows(scope: Scope, rows: readonly Record<string, string>[]): Promise<string> {
  const runId = await upload(scope, stringify([...rows], { header: true }));
  await startRun(scope, runId);
  await continueRun(scope, subjects, runId, { signal: new AbortController().signal });
  const run = scope.db.selectFrom("runs").select("change_set_id").where("account_id", "=", scope.account.id);
  return (await run.where("id", "=", runId).executeTakeFirstOrThrow()).change_set_id ?? "";
}

export interface UndoneByTest {
  /** The undo's own change set; null when nothing was put back. */
  changeSetId: string | null;
  undone: number;
  left: { subjectId: string; what: string; why: string | null }[];
}

/** Undoes a change set, at once or by the job, whichever it takes. */
export async function undoneWholly(scope: Scope, changeSetId: string, editedToo = false): Promise<UndoneByTest> {
  const asked = await undoChangeSet(scope, changeSetId, undoing, { editedToo });
  if (!asked.ok) throw new Error(asked.reason);
  if ("undoId" in asked) {
    await runUndoJob(scope, asked.undoId);
    return howItEnded(scope, asked.undoId);
  }
  const left = asked.leftAlone.map(({ subjectId, what, why = null }) => ({ subjectId, what, why }));
  return { changeSetId: asked.changeSetId, undone: asked.undone, left };
}

export async function runUndoJob(scope: Scope, undoId: string): Promise<void> {
  const { database, clock, account } = scope;
  const job = given.job(await given.installation(database.dialect, { database, clock }));
  await undoChange({ accountId: account.id, undoId }, job);
}

export async function howItEnded(scope: Scope, undoId: string): Promise<UndoneByTest & { state: string }> {
  const undo = await scope.db
    .selectFrom("undos")
    .select(["state", "own_change_set_id", "undone_count", "left_count"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", undoId)
    .executeTakeFirstOrThrow();
  const left = await scope.db
    .selectFrom("undo_left")
    .select(["subject_id as subjectId", "what", "why"])
    .where("account_id", "=", scope.account.id)
    .where("undo_id", "=", undoId)
    .orderBy("ordinal")
    .execute();
  if (left.length !== undo.left_count) throw new Error("What was left alone is counted wrongly");
  return { state: undo.state, changeSetId: undo.own_change_set_id, undone: undo.undone_count, left };
}
