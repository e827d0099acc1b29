/** Exports: asking for one, seeing what there is, and coming by the file. */
import {
  type ExportColumns,
  type ExportFacts,
  type ExportFormat,
  fileKinds,
  fileName,
} from "~/features/contacts/export/export";
import "~/features/contacts/export/tables";
import { type ContactListView, viewQuery } from "~/features/contacts/list/contact-list";
import { recordEvent } from "~/features/audit/audit.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { readFile } from "~/platform/files.server";
import { isId, newId } from "~/platform/ids.server";
import { enqueue } from "~/platform/queue/enqueue.server";
import { type Scope } from "~/platform/scope.server";

export const EXPORT_TASK = "export_contacts";
/** With the queue's back-off half an hour: by then an outage is over, or a person should look. */
const ATTEMPTS = 8;
/** One after the other, so that one person's many do not keep everybody else's work waiting. */
const QUEUE = "export";
/** As many of an account may wait at once. */
export const MOST_WAITING = 20;

export interface ExportChoice {
  format: ExportFormat;
  columns: ExportColumns;
}

export type AskResult = { ok: true; exportId: string } | { ok: false; reason: "too-many" };

/** Asks for a list as a file. It is made in the background, in the name of whoever asks, as they see the list then. */
export function askForExport(scope: Scope, view: ContactListView, choice: ExportChoice): Promise<AskResult> {
  return inTransaction(scope, async (scope) => {
    if (!scope.user) throw new Error("An export is for a person");
    if ((await countWaiting(scope)) >= MOST_WAITING) return { ok: false, reason: "too-many" };
    const exportId = newId();
    await scope.db
      .insertInto("exports")
      .values({
        account_id: scope.account.id,
        id: exportId,
        state: "waiting",
        ...choice,
        query: viewQuery(view),
        asked_by: scope.user.id,
        created_at: scope.clock.now(),
        started_at: null,
        finished_at: null,
        expires_at: null,
        file_id: null,
        problem: null,
        problem_reference: null,
      })
      .execute();
    const payload = { accountId: scope.account.id, exportId };
    await enqueue(scope, EXPORT_TASK, payload, { jobKey: exportId, queueName: QUEUE, maxAttempts: ATTEMPTS });
    await recordEvent(scope, { action: "export.asked", subject: { exportId, format: choice.format } });
    return { ok: true, exportId };
  });
}

async function countWaiting(scope: Scope): Promise<number> {
  const { count } = await scope.db
    .selectFrom("exports")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("account_id", "=", scope.account.id)
    .where("state", "in", ["waiting", "running"])
    .executeTakeFirstOrThrow();
  return count;
}

function exportQuery(scope: Scope) {
  return (
    scope.db
      .selectFrom("exports")
      .innerJoin("users", "users.id", "exports.asked_by")
      .select(["exports.id", "exports.state", "exports.format", "exports.columns", "exports.query"])
      .select(["exports.asked_by", "users.name as asked_by_name", "exports.created_at", "exports.row_count"])
      .select(["exports.file_id", "exports.own_only_at", "exports.problem", "exports.problem_reference"])
      .where("exports.account_id", "=", scope.account.id)
      .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", scope.clock.now())]))
      // Who sees only their own contacts sees only their own lists of them.
      .$if(scope.ownOnly, (query) => query.where("exports.asked_by", "=", scope.user?.id ?? ""))
  );
}

type ExportRow = Awaited<ReturnType<ReturnType<typeof exportQuery>["executeTakeFirstOrThrow"]>>;

function toFacts({ ownOnly }: Scope, row: ExportRow): ExportFacts {
  const { id, state, format, columns, query } = row;
  // Made before they came to see only their own: what they see now counts, not what they saw then.
  const isWithheld = state === "done" && ownOnly && row.own_only_at === null;
  return {
    ...{ id, state, format, columns, query },
    askedBy: { id: row.asked_by, name: row.asked_by_name },
    createdAt: row.created_at,
    rows: row.row_count,
    fileId: state === "done" && !isWithheld ? row.file_id : null,
    isWithheld,
    problem: row.problem,
    problemReference: row.problem_reference,
  };
}

/** The newest first. */
export async function listExports(scope: Scope): Promise<ExportFacts[]> {
  const rows = await exportQuery(scope)
    .orderBy("exports.created_at", "desc")
    .orderBy("exports.id", "desc")
    .limit(200)
    .execute();
  return rows.map((row) => toFacts(scope, row));
}

export async function findExport(scope: Scope, exportId: string): Promise<ExportFacts | null> {
  if (!isId(exportId)) return null;
  const row = await exportQuery(scope).where("exports.id", "=", exportId).executeTakeFirst();
  return row ? toFacts(scope, row) : null;
}

export interface Download {
  name: string;
  mediaType: string;
  bytes: AsyncGenerator<Uint8Array>;
}

/** The file of an export, and a line in the audit that it was fetched. Asks nothing: see `mayDownload`. */
export async function openDownload(scope: Scope, found: ExportFacts): Promise<Download | null> {
  const { id: exportId, format, fileId, rows } = found;
  if (fileId === null || (await findExport(scope, exportId))?.fileId !== fileId) return null;
  await inTransaction(scope, async (scope) => {
    await recordEvent(scope, { action: "export.downloaded", subject: { exportId }, counts: { contacts: rows } });
  });
  return {
    name: fileName(scope.account.timeZone, found),
    mediaType: fileKinds[format].mediaType,
    bytes: readFile(scope, fileId),
  };
}
