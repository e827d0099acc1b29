/** Saved views as they are read. A private one is there for its owner alone. */
import { type ExpressionBuilder, sql } from "kysely";
import { UNDO_MS } from "~/features/changes/undo-window";
import { type ListedView } from "~/features/contacts/views/saved-view";
import "~/features/contacts/views/tables";
import { parts } from "~/features/contacts/list/kept-contacts.server";
import { type Tables } from "~/platform/db/tables";
import { isId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { later } from "~/platform/time";

/** As many as one person sees. */
export const MOST_VIEWS = 200;

const SHARED = 1;
const MINE = 2;

function isThere(scope: Scope) {
  return (eb: ExpressionBuilder<Tables, "saved_views">) =>
    eb.or([eb("saved_views.shared_at", "is not", null), eb("saved_views.owner_id", "=", scope.user?.id ?? null)]);
}

/** Whose it is and who sees it, as one number. */
function flags(scope: Scope) {
  const shared = sql`(case when ${sql.ref("saved_views.shared_at")} is null then 0 else ${sql.lit(SHARED)} end)`;
  const mine = sql`(case when ${sql.ref("saved_views.owner_id")} = ${scope.user?.id ?? null} then ${sql.lit(MINE)} else 0 end)`;
  return sql<number>`(${shared} + ${mine})`;
}

/** The views as rows of the statement by which a list reads its choices: `place` is the query. */
export function viewRows(scope: Scope) {
  return parts
    .selectFrom("saved_views")
    .select([sql<string>`'view'`.as("what"), flags(scope).as("count")])
    .select(["saved_views.id", "saved_views.name", "saved_views.query as place"])
    .where("saved_views.account_id", "=", scope.account.id)
    .where("saved_views.deleted_at", "is", null)
    .where(isThere(scope));
}

interface ViewRow {
  id: string;
  name: string;
  place: string;
  count: number | null;
}

/** By name. */
export function toListedViews(rows: readonly ViewRow[], locale: string): ListedView[] {
  const order = new Intl.Collator(locale, { numeric: true });
  return rows
    .map(({ id, name, place, count }) => ({
      ...{ id, name, query: place },
      isShared: ((count ?? 0) & SHARED) > 0,
      isMine: ((count ?? 0) & MINE) > 0,
    }))
    .sort((a, b) => order.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

export interface SavedView extends ListedView {
  /** Who made it, by name. */
  owner: string;
  deletedAt: string | null;
}

function viewQueryOf(scope: Scope) {
  return scope.db
    .selectFrom("saved_views")
    .innerJoin("users", "users.id", "saved_views.owner_id")
    .select(["saved_views.id", "saved_views.name", "saved_views.query", "saved_views.owner_id", "users.name as owner"])
    .select(["saved_views.shared_at", "saved_views.deleted_at"])
    .where("saved_views.account_id", "=", scope.account.id)
    .where(isThere(scope));
}

type Row = Awaited<ReturnType<ReturnType<typeof viewQueryOf>["executeTakeFirstOrThrow"]>>;

function toSaved(scope: Scope, { shared_at, owner_id, deleted_at, ...row }: Row): SavedView {
  return { ...row, isShared: shared_at !== null, isMine: owner_id === scope.user?.id, deletedAt: deleted_at };
}

/** Null: there is none for whoever asks. `deleted`: also one that was deleted and can be brought back. */
export async function findView(
  scope: Scope,
  viewId: string,
  { deleted = false }: { deleted?: boolean } = {},
): Promise<SavedView | null> {
  if (!isId(viewId)) return null;
  const row = await viewQueryOf(scope)
    .where("saved_views.id", "=", viewId)
    .where((eb) =>
      eb.or([
        eb("saved_views.deleted_at", "is", null),
        ...(deleted ? [eb("saved_views.deleted_at", ">", later(scope.clock.now(), -UNDO_MS))] : []),
      ]),
    )
    .executeTakeFirst();
  return row ? toSaved(scope, row) : null;
}

/** All that are there for whoever asks, by name. */
export async function listViews(scope: Scope): Promise<SavedView[]> {
  const rows = await viewQueryOf(scope).where("saved_views.deleted_at", "is", null).execute();
  const order = new Intl.Collator(scope.place.locale, { numeric: true });
  return rows.map((row) => toSaved(scope, row)).sort((a, b) => order.compare(a.name, b.name));
}
