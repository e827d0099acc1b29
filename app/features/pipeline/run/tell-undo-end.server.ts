import { type UndoEnd } from "~/features/changes/undo.server";
import { notify } from "~/features/notices/notify.server";
import { filesOfChanges } from "~/features/pipeline/run/undo-run.server";
import { type Scope } from "~/platform/scope.server";

/** Tells whoever asked for a long undo how it ended; whoever stopped it has seen that. */
export async function tellUndoEnd(scope: Scope, end: UndoEnd): Promise<void> {
  if (!end.askedBy) return;
  const files = await filesOfChanges(scope, [end.rootId]);
  const { changeSetId, isRedo: redo, undone, left } = end;
  const state = end.state === "failed" && end.wasStopped ? "stopped" : end.state;
  await notify(scope, {
    ...{ userIds: [end.askedBy], kind: "undo-ended", eventKey: `undo:${end.eventId}` },
    subject: { changeSetId, fileName: files.get(end.rootId) ?? null, redo, state, undone, left },
  });
}
