/** Undoes what is too much for a page to wait for, in the name of whoever asked, or goes on with it from where it stood. */
import { undoing } from "~/composition.server";
import { systemScope } from "~/features/accounts/account-scope.server";
import { findActor } from "~/features/accounts/members.server";
import { continueUndo } from "~/features/changes/continue-undo.server";
import { giveUpUndo } from "~/features/changes/end-undo.server";
import { findUndoAsker } from "~/features/changes/list-changes.server";
import { type JobContext, type TaskPayloads } from "~/platform/queue/tasks";

export default async function undoChange({ accountId, undoId }: TaskPayloads["undo_change"], context: JobContext) {
  const system = await systemScope(context, accountId);
  const askedBy = await findUndoAsker(system, undoId);
  // What was begun is finished, even when whoever asked has left: half of it undone would be worse.
  const user = askedBy ? ((await findActor(system, askedBy))?.user ?? null) : null;
  const scope = { ...system, user };
  try {
    await continueUndo(scope, undoId, { undoing, signal: context.signal });
  } catch (error) {
    if (context.attempt >= context.maxAttempts && !context.signal.aborted) await giveUpUndo(scope, undoId, undoing);
    throw error;
  }
}
