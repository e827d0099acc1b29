/** A quick audit is begun, given its two files, and told how to read them. Nothing is compared before both can be read. */
import { type AnySubject } from "~/features/pipeline/subject";
import { recallMapping } from "~/features/pipeline/columns/saved-mappings.server";
import { mappingProblem } from "~/features/pipeline/columns/mapping-problem";
import { TOO_LARGE, type Upload } from "~/features/pipeline/draft/draft-run.server";
import { draftSettings } from "~/features/pipeline/draft/draft-settings";
import { inspectFile, readSample, type Refused } from "~/features/pipeline/files/inspect-file.server";
import { MAX_FILE_BYTES } from "~/features/pipeline/files/upload-limit";
import { usualIdRules } from "~/features/reconciliation/columns/books";
import { usualWaitingMs } from "~/features/reconciliation/compare/settings";
import { type AuditFileSettings, type AuditSide, lacksOf, marksIn } from "~/features/reconciliation/audit/audit-file";
import { type AuditFile } from "~/features/reconciliation/audit/find-audit.server";
import { auditOrigin } from "~/features/reconciliation/records/audit-origin";
import { orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { transactionSubject } from "~/features/reconciliation/records/transaction-subject.server";
import { EARLIEST_DAY } from "~/features/reconciliation/set-up/kept-settings";
import { createReconciliation } from "~/features/reconciliation/set-up/save-reconciliation.server";
import "~/features/reconciliation/tables";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { deleteFile, storeFile, type StoredFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { isCurrency } from "~/platform/money";
import { type FileClaim } from "~/platform/sweep-files.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS, HOUR_MS, later } from "~/platform/time";

export const auditSubjects = { orders: orderSubject, transactions: transactionSubject };

export const auditClaim: FileClaim = {
  column: "audit_files.file_id",
  rows: (eb, accountId) =>
    eb
      .selectFrom("audit_files")
      .select("audit_files.side")
      .where("audit_files.account_id", "=", accountId)
      .whereRef("audit_files.file_id", "=", "files.id"),
};

const KEPT_MS = DAY_MS;

/** A reconciliation of its own files, which goes by itself after a day. */
export function beginAudit(scope: Scope): Promise<string> {
  return inTransaction(scope, async (scope) => {
    const id = newId();
    const origin = auditOrigin(id);
    const settings = {
      ...{ timeZone: scope.account.timeZone, startDay: EARLIEST_DAY, waitingHours: usualWaitingMs / HOUR_MS },
      ...{ basis: null, scheme: null, tolerance: { absoluteMinor: 0, basisPoints: 0 } },
      idRules: { affixes: [], keepsLeadingZeros: usualIdRules.keepsLeadingZeros },
      ...{ untrackedChannels: [], leavesOutZero: false },
    };
    const facts = { name: "Quick audit", orderOrigins: [origin], analyticsOrigin: origin, settings };
    const made = await createReconciliation(scope, facts, { id, expiresAt: later(scope.clock.now(), KEPT_MS) });
    if (!made.ok) throw new Error(made.reason);
    await scope.db
      .insertInto("audits")
      .values({ account_id: scope.account.id, reconciliation_id: id, state: "open" })
      .execute();
    return id;
  });
}

const CARDS = "This is a file of contacts. Choose a CSV file or an Excel workbook.";

/** In the place of the one of this side. What cannot be read is not kept. */
export async function takeAuditFile(
  scope: Scope,
  { reconciliationId, side }: { reconciliationId: string; side: AuditSide },
  { name, mediaType, bytes }: Upload,
): Promise<{ ok: true } | Refused> {
  const stored = await storeFile(scope, bytes, { name, mediaType, maxBytes: MAX_FILE_BYTES });
  if (!stored.ok) return { ok: false, reason: TOO_LARGE };
  try {
    const found = await settingsFound(scope, side, stored.file);
    if (found.ok) await putFile(scope, { reconciliationId, side }, { ...found, file: stored.file });
    else await deleteFile(scope, stored.file.id);
    return found;
  } catch (error) {
    await deleteFile(scope, stored.file.id).catch(() => scope.log.warn({ event: "file.left-over" }, "To be swept"));
    throw error;
  }
}

async function settingsFound(
  scope: Scope,
  side: AuditSide,
  file: StoredFile,
): Promise<{ ok: true; settings: AuditFileSettings } | Refused> {
  const subject: AnySubject = auditSubjects[side];
  const inspected = await inspectFile(scope, file, subject.fields);
  if (!inspected.ok) return inspected;
  const { reading, sample } = inspected;
  if (reading.format === "vcard") return { ok: false, reason: CARDS };
  const recalled = await recallMapping(scope, subject.id, { columns: sample.columns, reading });
  const place = { locale: scope.place.locale, phoneCountry: scope.account.phoneCountry, isChosen: false };
  const { columns, mapping, guesses = [], origin } = draftSettings(sample, { reading, ...place }, subject, recalled);
  const layout = origin ?? null;
  return {
    ok: true,
    settings: {
      ...{ reading, columns, mapping, guesses, layout, currency: null },
      ...{ ...marksIn(side, mapping, sample.rows), isSettled: layout !== null },
    },
  };
}

interface Taken {
  file: StoredFile;
  settings: AuditFileSettings;
}

function putFile(
  scope: Scope,
  { reconciliationId, side }: { reconciliationId: string; side: AuditSide },
  { file, settings }: Taken,
): Promise<void> {
  return inTransaction(scope, async (scope) => {
    const before = await scope.db
      .deleteFrom("audit_files")
      .where("account_id", "=", scope.account.id)
      .where("reconciliation_id", "=", reconciliationId)
      .where("side", "=", side)
      .returning("file_id")
      .executeTakeFirst();
    if (before?.file_id) await deleteFile(scope, before.file_id);
    await scope.db
      .insertInto("audit_files")
      .values({
        ...{ account_id: scope.account.id, reconciliation_id: reconciliationId, side },
        ...{ file_id: file.id, file_name: file.name, settings: toJson(settings) },
      })
      .execute();
  });
}

export interface ColumnChoices {
  mapping: string[];
  /** "" for none: rows name theirs. */
  currency: string;
  decimalMark: "." | "," | null;
}

export type Chosen = { ok: true } | { ok: false; reasons: string[]; wrong: number[]; lacks: Lacking };
type Lacking = { currency: boolean; decimalMark: boolean };

/** What a person says of a file. Kept only when it can be read so. */
export async function chooseAuditColumns(
  scope: Scope,
  { reconciliationId, side, file }: { reconciliationId: string; side: AuditSide; file: AuditFile },
  { mapping, currency, decimalMark }: ColumnChoices,
): Promise<Chosen> {
  const problem = mappingProblem(auditSubjects[side], mapping, file.settings.columns, false);
  const nothing = { currency: false, decimalMark: false };
  if (problem) return { ok: false, reasons: [problem.reason], wrong: problem.wrong ?? [], lacks: nothing };
  const sample = await readSample(scope, file.fileId ?? "", file.settings.reading);
  if (!sample.ok) return { ok: false, reasons: [sample.reason], wrong: [], lacks: nothing };
  const told = marksIn(side, mapping, sample.rows);
  const settings: AuditFileSettings = {
    ...{ ...file.settings, mapping, isSettled: true, currency: isCurrency(currency) ? currency : null },
    ...{ isMarkOpen: told.isMarkOpen, decimalMark: decimalMark ?? told.decimalMark },
  };
  const { columns, ...lacks } = lacksOf(side, settings);
  if (columns.length > 0 || lacks.currency || lacks.decimalMark)
    return { ok: false, reasons: columns, wrong: [], lacks };
  await scope.db
    .updateTable("audit_files")
    .set({ settings: toJson(settings) })
    .where("account_id", "=", scope.account.id)
    .where("reconciliation_id", "=", reconciliationId)
    .where("side", "=", side)
    .execute();
  return { ok: true };
}
