/** The commands by which a list is kept under a name, changed, and given up again. */
import { recordEvent } from "~/features/audit/audit.server";
import { UNDO_MS } from "~/features/changes/undo-window";
import { findView, listViews, MOST_VIEWS, type SavedView } from "~/features/contacts/views/list-views.server";
import { type ListedView } from "~/features/contacts/views/saved-view";
import "~/features/contacts/views/tables";
import { lockAccount } from "~/platform/db/lock-account.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { fold } from "~/platform/fold.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

export interface ViewToSave {
  name: string;
  isShared: boolean;
}

export type CannotSave = "name-taken" | "too-many" | "not-yours-to-share";
export type SaveResult = { ok: true; id: string } | { ok: false; reason: CannotSave };
export type ChangeResult = { ok: true } | { ok: false; reason: "not-found" | CannotSave };

/** A private view is its owner's; a shared one is that of whoever made it, and of administrators. */
export function mayChange(scope: Scope, view: ListedView): boolean {
  return view.isMine || (view.isShared && scope.role === "admin");
}

/** Keeps a list under a name. `mayShare`: whoever saves may edit what everybody sees. */
export function saveView(
  scope: Scope,
  { name, isShared, query }: ViewToSave & { query: string },
  { mayShare }: { mayShare: boolean },
): Promise<SaveResult> {
  return inTransaction(scope, async (scope) => {
    if (!scope.user) throw new Error("A view is a person's");
    if (isShared && !mayShare) return { ok: false, reason: "not-yours-to-share" };
    await lockAccount(scope);
    const views = await listViews(scope);
    if (views.length >= MOST_VIEWS) return { ok: false, reason: "too-many" };
    if (isTaken(views, { name, isShared })) return { ok: false, reason: "name-taken" };
    const [id, now] = [newId(), scope.clock.now()];
    await scope.db
      .insertInto("saved_views")
      .values({
        ...{ account_id: scope.account.id, id, name, name_key: fold(name), query, owner_id: scope.user.id },
        ...{ created_at: now, changed_at: now, shared_at: isShared ? now : null, deleted_at: null },
      })
      .execute();
    await recordEvent(scope, { action: "view.saved", subject: { viewId: id } });
    return { ok: true, id };
  });
}

function isTaken(views: readonly SavedView[], { id, name, isShared }: ViewToSave & { id?: string }): boolean {
  return views.some((view) => view.id !== id && view.isShared === isShared && fold(view.name) === fold(name));
}

/** Gives it another name, shares it or takes it back for oneself. */
export function changeView(
  scope: Scope,
  viewId: string,
  { name, isShared, mayShare }: ViewToSave & { mayShare: boolean },
): Promise<ChangeResult> {
  return inTransaction(scope, async (scope) => {
    await lockAccount(scope);
    const view = await findOwn(scope, viewId);
    if (!view) return { ok: false, reason: "not-found" };
    if (isShared && !view.isShared && !mayShare) return { ok: false, reason: "not-yours-to-share" };
    if (isTaken(await listViews(scope), { id: viewId, name, isShared })) return { ok: false, reason: "name-taken" };
    const sharing = view.isShared === isShared ? {} : { shared_at: isShared ? scope.clock.now() : null };
    await write(scope, viewId, { name, name_key: fold(name), ...sharing });
    await recordEvent(scope, { action: "view.changed", subject: { viewId }, fields: ["name", "sharing"] });
    return { ok: true };
  });
}

/** From now on it shows this. */
export function overwriteView(scope: Scope, viewId: string, query: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    if (!(await findOwn(scope, viewId))) return { ok: false };
    await write(scope, viewId, { query });
    await recordEvent(scope, { action: "view.changed", subject: { viewId }, fields: ["query"] });
    return { ok: true };
  });
}

/** Takes it away; for 30 days it can be brought back. */
export function deleteView(scope: Scope, viewId: string): Promise<{ ok: true; name: string } | { ok: false }> {
  return inTransaction(scope, async (scope) => {
    const view = await findOwn(scope, viewId);
    if (!view) return { ok: false };
    await write(scope, viewId, { deleted_at: scope.clock.now() });
    await recordEvent(scope, { action: "view.deleted", subject: { viewId } });
    return { ok: true, name: view.name };
  });
}

/** Idempotent. Its name may be another's by now. */
export function bringBackView(scope: Scope, viewId: string): Promise<ChangeResult> {
  return inTransaction(scope, async (scope) => {
    await lockAccount(scope);
    const view = await findView(scope, viewId, { deleted: true });
    if (!view || !mayChange(scope, view)) return { ok: false, reason: "not-found" };
    if (view.deletedAt === null) return { ok: true };
    const views = await listViews(scope);
    if (views.length >= MOST_VIEWS) return { ok: false, reason: "too-many" };
    if (isTaken(views, view)) return { ok: false, reason: "name-taken" };
    await write(scope, viewId, { deleted_at: null });
    await recordEvent(scope, { action: "view.brought-back", subject: { viewId } });
    return { ok: true };
  });
}

/** Removes those deleted longer ago than they can be brought back. */
export async function sweepViews(scope: Scope): Promise<void> {
  await scope.db
    .deleteFrom("saved_views")
    .where("account_id", "=", scope.account.id)
    .where("deleted_at", "<=", later(scope.clock.now(), -UNDO_MS))
    .execute();
}

async function findOwn(scope: Scope, viewId: string): Promise<SavedView | null> {
  const view = await findView(scope, viewId);
  return view && mayChange(scope, view) ? view : null;
}

interface Written {
  name?: string;
  name_key?: string;
  query?: string;
  shared_at?: string | null;
  deleted_at?: string | null;
}

async function write(scope: Scope, viewId: string, written: Written): Promise<void> {
  await scope.db
    .updateTable("saved_views")
    .set({ ...written, changed_at: scope.clock.now() })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", viewId)
    .execute();
}
