/** What becomes of changes of many that cannot go on, and when they are cleared away. */
import { UNDO_MS } from "~/features/changes/undo-window";
import { isAtWork } from "~/features/contacts/bulk/bulk-edit";
import { lockEdit, updateEdit } from "~/features/contacts/bulk/bulk-row.server";
import { doBatch } from "~/features/contacts/bulk/continue-bulk.server";
import "~/features/contacts/bulk/tables";
import { inTransaction } from "~/platform/db/transaction.server";
import { isId } from "~/platform/ids.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope, type UserFacts } from "~/platform/scope.server";
import { DAY_MS, later } from "~/platform/time";

/** A statement takes away so many. */
const ROWS_AT_ONCE = 1_000;
const OUR_FAULT = "It stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";

/** Who asked for it. */
export async function findBulkAsker(scope: Scope, bulkId: string): Promise<UserFacts | null> {
  if (!isId(bulkId)) return null;
  const row = await scope.db
    .selectFrom("bulk_edits")
    .innerJoin("users", "users.id", "bulk_edits.asked_by")
    .select(["users.id", "users.name", "users.email"])
    .where("bulk_edits.account_id", "=", scope.account.id)
    .where("bulk_edits.id", "=", bulkId)
    .executeTakeFirst();
  return row ?? null;
}

/** Ends it with the reason that its page shows. What was done by then stays, and can be undone. */
export function giveUpBulk(scope: Scope, bulkId: string, problem?: string): Promise<void> {
  const why = problem ? { problem } : { problem: OUR_FAULT, reference: scope.requestId };
  return inTransaction(scope, async (scope) => {
    const edit = await lockEdit(scope, bulkId, ["collecting", "waiting", "running"]);
    if (!edit) return;
    if (edit.change_set_id !== null) await doBatch(scope, bulkId, { isNoticed: true, end: "failed", ...why });
    else {
      const { reference = null } = { reference: undefined, ...why };
      const ended = { state: "failed" as const, finished_at: scope.clock.now() };
      await updateEdit(scope, bulkId, { ...ended, problem: why.problem, problem_reference: reference });
    }
  });
}

/** Gives up what no job will go on with, and takes away what has had its time. Not within a transaction. */
export async function sweepBulk(scope: Scope): Promise<void> {
  const rows = await scope.db
    .selectFrom("bulk_edits")
    .select(["id", "state", "asked_at", "finished_at"])
    .where("account_id", "=", scope.account.id)
    .execute();
  for (const row of rows) {
    if (!isAtWork(row.state)) await sweepOne(scope, row);
    else if (!(await isAwaited(scope, "change_contacts", row.id))) await giveUpBulk(scope, row.id);
  }
}

/** Its contacts go when it has ended, or after a day; it itself when it cannot be undone any more. */
async function sweepOne(
  scope: Scope,
  { id, asked_at, finished_at }: { id: string; asked_at: string; finished_at: string | null },
): Promise<void> {
  const since = finished_at ?? asked_at;
  const now = scope.clock.now();
  if (finished_at !== null || since < later(now, -DAY_MS)) await forgetContacts(scope, id);
  if (since >= later(now, finished_at === null ? -DAY_MS : -UNDO_MS)) return;
  await scope.db.deleteFrom("bulk_edits").where("account_id", "=", scope.account.id).where("id", "=", id).execute();
}

async function forgetContacts(scope: Scope, bulkId: string): Promise<void> {
  for (;;) {
    const rows = await scope.db
      .selectFrom("bulk_contacts")
      .select("contact_id")
      .where("account_id", "=", scope.account.id)
      .where("bulk_id", "=", bulkId)
      .limit(ROWS_AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    await scope.db
      .deleteFrom("bulk_contacts")
      .where("account_id", "=", scope.account.id)
      .where("bulk_id", "=", bulkId)
      .where(
        "contact_id",
        "in",
        rows.map((row) => row.contact_id),
      )
      .execute();
  }
}
