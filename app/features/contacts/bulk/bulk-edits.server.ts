/** Changes of many contacts at once: asked for, seen in numbers, begun, cancelled. Each is there for whoever asked. */
import { type BulkChange, type BulkState, isAtWork } from "~/features/contacts/bulk/bulk-edit";
import { lockEdit, readChange, updateEdit } from "~/features/contacts/bulk/bulk-row.server";
import { collect, endCollecting } from "~/features/contacts/bulk/collect-bulk.server";
import { beginBulk, doBatch } from "~/features/contacts/bulk/continue-bulk.server";
import { type Chosen } from "~/features/contacts/bulk/chosen-in.server";
import "~/features/contacts/bulk/tables";
import { viewQuery } from "~/features/contacts/list/contact-list";
import { listIds } from "~/features/contacts/list/list-contacts.server";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId, newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

/** As many are changed while the page waits; more by a job. */
export const MOST_WHILE_WAITING = 300;
/** A list of more is gone through by a job before the numbers are shown. */
const MOST_LOOKED_UP = 2_000;
/** One after the other with imports and undoing, which would otherwise meet the same contacts. */
const QUEUE = "import";

/** Fixes which contacts are meant, and what will become of each. The id of the page that says so in numbers. */
export async function askForBulk(scope: Scope, chosen: Chosen, change: BulkChange): Promise<string> {
  const view = "view" in chosen ? { ...chosen.view, cursor: null, saved: null } : null;
  const ids = view ? await listIds(scope, view, MOST_LOOKED_UP + 1) : idsOf(chosen);
  const isLong = ids.length > MOST_LOOKED_UP;
  return inTransaction(scope, async (scope) => {
    const id = await insert(scope, { change, query: view && viewQuery(view) });
    if (isLong) await goOn(scope, id);
    else {
      await collect(scope, { id, change }, ids);
      await endCollecting(scope, id, ids.length);
    }
    return id;
  });
}

function idsOf(chosen: Chosen): string[] {
  return "ids" in chosen ? [...new Set(chosen.ids.filter(isId))].slice(0, MOST_LOOKED_UP) : [];
}

async function insert(scope: Scope, { change, query }: { change: BulkChange; query: string | null }): Promise<string> {
  if (!scope.user) throw new Error("A change of many is asked for by a person");
  const id = newId();
  await scope.db
    .insertInto("bulk_edits")
    .values({
      ...{ account_id: scope.account.id, id, state: "collecting", change: toJson(change), query },
      ...{ asked_by: scope.user.id, asked_at: scope.clock.now(), started_at: null, finished_at: null },
      ...{ after_key: null, after_id: null, change_set_id: null, problem: null, problem_reference: null },
    })
    .execute();
  return id;
}

function goOn(scope: Scope, bulkId: string): Promise<string> {
  const payload = { accountId: scope.account.id, bulkId };
  return enqueue(scope, "change_contacts", payload, { jobKey: bulkId, queueName: QUEUE, maxAttempts: 8 });
}

export interface BulkEdit {
  id: string;
  state: BulkState;
  askedAt: string;
  isAtWork: boolean;
  change: BulkChange;
  query: string | null;
  changeSetId: string | null;
  problem: string | null;
  problemReference: string | null;
  total: number;
  toChange: number;
  same: number;
  refused: number;
  missing: number;
  done: number;
  changed: number;
  conflicts: number;
  gone: number;
}

/** Those of whoever asks. */
function bulkQuery(scope: Scope) {
  return scope.db
    .selectFrom("bulk_edits")
    .select(["id", "state", "change", "query", "change_set_id as changeSetId", "problem"])
    .select(["problem_reference as problemReference", "total", "to_change as toChange", "same", "refused", "missing"])
    .select(["done", "changed", "conflicts", "gone", "asked_at as askedAt"])
    .where("account_id", "=", scope.account.id)
    .where("asked_by", "=", scope.user?.id ?? null);
}

type Row = Awaited<ReturnType<ReturnType<typeof bulkQuery>["executeTakeFirstOrThrow"]>>;

function toEdit(row: Row): BulkEdit {
  return { ...row, change: readChange(row), isAtWork: isAtWork(row.state) };
}

/** Null: there is none for whoever asks. */
export async function findBulk(scope: Scope, bulkId: string): Promise<BulkEdit | null> {
  if (!isId(bulkId)) return null;
  const row = await bulkQuery(scope).where("id", "=", bulkId).executeTakeFirst();
  return row ? toEdit(row) : null;
}

/** Those at work and those that were begun and have ended, the latest first; what was only looked at is no work. */
export async function listBulk(scope: Scope, limit: number): Promise<BulkEdit[]> {
  const rows = await bulkQuery(scope)
    .where((eb) => eb.or([eb("state", "=", "collecting"), eb("started_at", "is not", null)]))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toEdit);
}

export type StartResult = { ok: true; isDone: boolean } | { ok: false; reason: "not-found" };

/** Does what the numbers said: at once, or by a job where it is much. Pressed again it changes nothing. */
export async function startBulk(scope: Scope, bulkId: string): Promise<StartResult> {
  if (!(await findBulk(scope, bulkId))) return { ok: false, reason: "not-found" };
  return inTransaction(scope, async (scope) => {
    const edit = await lockEdit(scope, bulkId, ["ready"]);
    if (!edit) return { ok: true, isDone: false };
    if (edit.to_change === 0) {
      await updateEdit(scope, bulkId, { state: "done", finished_at: scope.clock.now() });
      return { ok: true, isDone: true };
    }
    await beginBulk(scope, edit);
    if (edit.to_change > MOST_WHILE_WAITING) {
      await goOn(scope, bulkId);
      return { ok: true, isDone: false };
    }
    while (!(await doBatch(scope, bulkId, { isNoticed: false })));
    return { ok: true, isDone: true };
  });
}

/** Stops it: what was done by then stays, and can be undone. */
export async function cancelBulk(scope: Scope, bulkId: string): Promise<{ ok: boolean }> {
  if (!(await findBulk(scope, bulkId))) return { ok: false };
  return inTransaction(scope, async (scope) => {
    const edit = await lockEdit(scope, bulkId, ["collecting", "ready", "waiting", "running"]);
    if (!edit) return { ok: true };
    const now = scope.clock.now();
    if (edit.change_set_id === null) await updateEdit(scope, bulkId, { state: "cancelled", finished_at: now });
    else await doBatch(scope, bulkId, { isNoticed: false, end: "cancelled" });
    return { ok: true };
  });
}
