import { type UndoEnd } from "~/features/changes/undo.server";
import { notify } from "~/features/notices/notify.server";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** Tells whoever asked for a long undo how it ended; whoever stopped it has seen that. */
export async function tellUndoEnd(scope: Scope, end: UndoEnd): Promise<void> {
  if (!end.askedBy) return;
  const run = await scope.db
    .selectFrom("runs")
    .select(["file_name", "source", "subject"])
    .where("account_id", "=", scope.account.id)
    .where("change_set_id", "=", end.rootId)
    .executeTakeFirst();
  const of = {
    fileName: run?.file_name ?? null,
    ...(run?.source === "connector" ? { isRun: true } : {}),
    ...(run ? { subject: run.subject } : {}),
  };
  const { changeSetId, isRedo: redo, undone, left } = end;
  const state = end.state === "failed" && end.wasStopped ? "stopped" : end.state;
  await notify(scope, {
    ...{ userIds: [end.askedBy], kind: "undo-ended", eventKey: `undo:${end.eventId}` },
    subject: { changeSetId, ...of, redo, state, undone, left },
  });
}
