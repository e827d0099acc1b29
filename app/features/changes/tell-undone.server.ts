import "~/features/changes/tables";
import { type LockedSet, type Undoing } from "~/features/changes/undo.server";
import { type Scope } from "~/platform/scope.server";

/** Tells whose way back it is that what they did is undone, be it once more after it was redone; in the same transaction. */
export async function tellUndone(
  scope: Scope,
  set: Pick<LockedSet, "id" | "root_id" | "turn" | "action">,
  { ownWays }: Pick<Undoing, "ownWays">,
): Promise<void> {
  const isRedo = set.turn % 2 === 1;
  if (isRedo) return;
  const rootId = set.root_id ?? set.id;
  const action = rootId === set.id ? set.action : await actionOf(scope, rootId);
  await ownWays[action]?.undone?.(scope, rootId);
}

async function actionOf(scope: Scope, changeSetId: string): Promise<string> {
  const root = await scope.db
    .selectFrom("change_sets")
    .select("action")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", changeSetId)
    .executeTakeFirst();
  return root?.action ?? "";
}
