/** The rows of `import.match` from a workbook: how much longer than writing what has come of them. */
import { parse } from "csv-parse/sync";
import { chunks, runDraft } from "./import-rows";
import { matchedRows } from "./match";
import { type Bench } from "./measure";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { writeXlsx } from "~/platform/xlsx-writer.server";

const MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PAGE = 500;

export const importXlsx: Bench = async (options) => ({
  "import.xlsx": await matchedRows(options, { fileOf: workbookOf, importFile: importWorkbook }),
});

async function workbookOf(csv: Buffer): Promise<Buffer> {
  const [head = [], ...rows] = parse(csv);
  const columns = head.map((heading) => ({ heading, width: 20, type: "text" as const }));
  const parts: Uint8Array[] = [];
  for await (const bytes of writeXlsx({ sheet: "Clients", columns }, pagesOf(rows))) parts.push(bytes);
  return Buffer.concat(parts);
}

async function* pagesOf(rows: readonly string[][]): AsyncGenerator<readonly string[][]> {
  for (let start = 0; start < rows.length; start += PAGE) yield await Promise.resolve(rows.slice(start, start + PAGE));
}

async function importWorkbook(installation: InstallationScope, scope: Scope, file: Buffer): Promise<string> {
  const upload = { name: "clients-2026.xlsx", mediaType: MEDIA_TYPE, bytes: chunks(file) };
  const draft = await uploadFile(scope, contactSubject, upload);
  if (!draft.ok) throw new Error(draft.reason);
  await runDraft(installation, scope, draft.runId);
  return draft.runId;
}
