/** Contacts as a file that somebody uploads and imports, as every bench of the pipeline begins. */
import { systemScope } from "~/features/accounts/account-scope.server";
import { type ContactValues } from "~/features/contacts/contact";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { continueRun } from "~/features/pipeline/run/continue-run.server";
import { startRun } from "~/features/pipeline/run/start-run.server";
import { subjects } from "~/composition.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { sampleCsv } from "~/testing/sample/sample-csv";

export function csvOf(contacts: readonly ContactValues[]): Buffer {
  return Buffer.from(sampleCsv(contacts));
}

/** In memory, or as a stream. */
type Csv = Buffer | AsyncIterable<Uint8Array>;

/** @returns the draft run of the file. */
export async function uploadCsv(scope: Scope, csv: Csv): Promise<string> {
  const bytes = Buffer.isBuffer(csv) ? chunks(csv) : csv;
  const upload = { name: "clients-2026.csv", mediaType: "text/csv", bytes };
  const draft = await uploadFile(scope, contactSubject, upload);
  if (!draft.ok) throw new Error(draft.reason);
  return draft.runId;
}

/** As an upload comes. */
export async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 64 * 1_024;
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}

export async function runDraft(installation: InstallationScope, scope: Scope, runId: string): Promise<void> {
  await startRun(scope, runId);
  const system = await systemScope(installation, scope.account.id);
  await continueRun(system, subjects, runId, { signal: new AbortController().signal });
}

/** From the upload to the end of the run, whose id it returns. */
export async function importCsv(installation: InstallationScope, scope: Scope, csv: Csv): Promise<string> {
  const runId = await uploadCsv(scope, csv);
  await runDraft(installation, scope, runId);
  return runId;
}

/** `{"read_count":9000,…}` */
export async function countsOf(scope: Scope, runId: string) {
  return scope.db
    .selectFrom("runs")
    .select(["read_count", "created_count", "changed_count", "same_count", "refused_count"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .executeTakeFirstOrThrow();
}

/** "2,227 rows/s" */
export function rateOf(rows: number, ms: number): string {
  return `${Math.round(rows / (ms / 1_000)).toLocaleString("en-GB")} rows/s`;
}
