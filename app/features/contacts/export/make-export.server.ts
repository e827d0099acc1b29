/** The background's part of an export: made from its beginning each time a worker takes it up, so that it ends as one file. */
import { EXPORT_KEPT_MS, fileKinds, fileName, isQuick } from "~/features/contacts/export/export";
import { exportFile } from "~/features/contacts/export/export-file.server";
import { EXPORT_TASK } from "~/features/contacts/export/exports.server";
import "~/features/contacts/export/tables";
import { notify } from "~/features/notices/notify.server";
import { lockRows } from "~/platform/db/lock-rows.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { deleteFile, storeFile } from "~/platform/files.server";
import { type FileClaim } from "~/platform/sweep-files.server";
import { isId, newId } from "~/platform/ids.server";
import { isAwaited } from "~/platform/queue/live-jobs.server";
import { type Scope, type UserFacts } from "~/platform/scope.server";
import { later } from "~/platform/time";

const MOST_BYTES = 1024 * 1024 * 1024;
const TOO_LARGE = "The file would be larger than 1 GB. Narrow the list, and export it in parts.";
const OUR_FAULT =
  "The export stopped because of a fault of ours, again and again. Tell whoever runs Tallybook the reference.";
/** So that the page tells how far it has come without a statement for each batch. */
const ROWS_BETWEEN_COUNTS = 5_000;

export const exportClaim: FileClaim = {
  column: "exports.file_id",
  rows: (eb, accountId) =>
    eb
      .selectFrom("exports")
      .select("exports.id")
      .where("exports.account_id", "=", accountId)
      .whereRef("exports.file_id", "=", "files.id"),
};

/** Another worker has taken the export up meanwhile, or it has ended. */
export class ExportTakenError extends Error {
  override name = "ExportTakenError";
}

/** Who asked for it. */
export async function findAsker(scope: Scope, exportId: string): Promise<UserFacts | null> {
  if (!isId(exportId)) return null;
  const row = await scope.db
    .selectFrom("exports")
    .innerJoin("users", "users.id", "exports.asked_by")
    .select(["users.id", "users.name", "users.email"])
    .where("exports.account_id", "=", scope.account.id)
    .where("exports.id", "=", exportId)
    .executeTakeFirst();
  return row ?? null;
}

/** Makes the file, as the scope's person sees the list. Nothing happens when it is made, or given up, already. */
export async function makeExport(scope: Scope, exportId: string, signal: AbortSignal): Promise<void> {
  const taken = await take(scope, exportId);
  if (!taken) return;
  let rows = 0;
  let told = 0;
  const bytes = exportFile(scope, taken, async (more) => {
    signal.throwIfAborted();
    rows += more;
    if (rows - told < ROWS_BETWEEN_COUNTS) return;
    told = rows;
    await advance(scope, taken, { row_count: rows });
  });
  const { mediaType } = fileKinds[taken.format];
  const name = fileName(scope.account.timeZone, { format: taken.format, createdAt: taken.created_at });
  const stored = await storeFile(scope, bytes, { id: taken.file_id, name, mediaType, maxBytes: MOST_BYTES });
  await end(scope, taken, stored.ok ? { state: "done", row_count: rows } : { state: "failed", problem: TOO_LARGE });
}

/** Ends an export that cannot be made, with the reason that its page shows. */
export async function giveUpExport(scope: Scope, exportId: string, problem?: string): Promise<void> {
  const taken = await take(scope, exportId);
  if (!taken) return;
  const why = problem ? { problem } : { problem: OUR_FAULT, problem_reference: scope.requestId };
  await end(scope, taken, { state: "failed", ...why });
}

/** Takes away what has been kept long enough, and gives up what no job will ever go on with. Not within a transaction. */
export async function sweepExports(scope: Scope): Promise<void> {
  const rows = await scope.db
    .selectFrom("exports")
    .select(["id", "state", "file_id", "expires_at"])
    .where("account_id", "=", scope.account.id)
    .execute();
  for (const { id, expires_at, file_id } of rows) {
    if (expires_at === null) {
      if (!(await isAwaited(scope, EXPORT_TASK, id))) await giveUpExport(scope, id);
    } else if (expires_at <= scope.clock.now()) {
      if (file_id) await deleteFile(scope, file_id);
      await scope.db.deleteFrom("exports").where("account_id", "=", scope.account.id).where("id", "=", id).execute();
    }
  }
}

type Taken = NonNullable<Awaited<ReturnType<typeof take>>>;

/** Takes the export up, with an id for its file; what an earlier attempt has left of one is taken away. */
function take(scope: Scope, exportId: string) {
  return inTransaction(scope, async (scope) => {
    const before = await scope.db
      .selectFrom("exports")
      .select(["file_id", "started_at"])
      .where("account_id", "=", scope.account.id)
      .where("id", "=", exportId)
      .where("state", "in", ["waiting", "running"])
      .$call(lockRows(scope))
      .executeTakeFirst();
    if (!before) return null;
    if (before.file_id) await deleteFile(scope, before.file_id);
    const fileId = newId();
    const taken = await scope.db
      .updateTable("exports")
      .set((eb) => ({
        state: "running",
        lease_epoch: eb("lease_epoch", "+", 1),
        started_at: before.started_at ?? scope.clock.now(),
        file_id: fileId,
        own_only_at: scope.ownOnly ? scope.clock.now() : null,
        row_count: 0,
      }))
      .where("account_id", "=", scope.account.id)
      .where("id", "=", exportId)
      .returning(["id", "format", "columns", "query", "lease_epoch", "asked_by", "created_at"])
      .executeTakeFirstOrThrow();
    return { ...taken, file_id: fileId };
  });
}

interface Step {
  state?: "done" | "failed";
  row_count?: number;
  finished_at?: string;
  expires_at?: string;
  problem?: string;
  problem_reference?: string;
}

async function advance(scope: Scope, taken: Taken, step: Step): Promise<void> {
  const { numUpdatedRows } = await scope.db
    .updateTable("exports")
    .set(step)
    .where("account_id", "=", scope.account.id)
    .where("id", "=", taken.id)
    .where("lease_epoch", "=", taken.lease_epoch)
    .where("state", "=", "running")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new ExportTakenError("Another worker has taken this export up");
}

/** Ends it; who asked is told where they may have left the page on which they see it, and in any case that it failed. */
async function end(scope: Scope, taken: Taken, step: Step & { state: "done" | "failed" }): Promise<void> {
  const now = scope.clock.now();
  const times = { finished_at: now, expires_at: later(now, EXPORT_KEPT_MS) };
  await inTransaction(scope, async (scope) => {
    if (step.state === "failed") await deleteFile(scope, taken.file_id);
    await advance(scope, taken, { ...step, ...times });
    if (step.state === "done" && isQuick(taken.created_at, now)) return;
    await notify(
      { ...scope, user: null },
      {
        userIds: [taken.asked_by],
        kind: "export-ended",
        eventKey: `export:${taken.id}:ended`,
        subject: { state: step.state, contacts: step.row_count ?? 0 },
      },
    );
  });
}
