import { readSample, type Refused } from "~/features/pipeline/inspect-file.server";
import { type Draft } from "~/features/pipeline/draft-run.server";
import { asRaw, prepareRow } from "~/features/pipeline/prepare-rows.server";
import { type AnySubject, type Refusal } from "~/features/pipeline/subject";
import { type Scope } from "~/platform/scope.server";

/** The first rows of a draft's file, raw for choosing columns and canonical for the check before the start. */

const PREVIEW_ROWS = 10;
const EXAMPLES = 3;
const EXAMPLE_LENGTH = 60;

export interface ColumnToMap {
  name: string;
  /** Its first values, each once. */
  examples: string[];
  field: string;
}

export async function previewColumns(
  scope: Scope,
  draft: Draft,
): Promise<{ ok: true; columns: ColumnToMap[] } | Refused> {
  const sample = await readSample(scope, draft.fileId, draft.settings);
  if (!sample.ok) return sample;
  const columns = draft.settings.columns.map((name, index) => {
    const values = sample.rows.map((row) => shown(row.cells[index] ?? "")).filter((text) => text !== "");
    return { name, examples: [...new Set(values)].slice(0, EXAMPLES), field: draft.settings.mapping[index] ?? "" };
  });
  return { ok: true, columns };
}

function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return line.length > EXAMPLE_LENGTH ? `${line.slice(0, EXAMPLE_LENGTH)}…` : line;
}

export type PreviewRow = { line: number } & (
  { ok: true; values: { label: string; text: string }[] } | { ok: false; refusals: Refusal[] }
);

/** As they will be stored, or why they will be refused. Nothing is written. */
export async function previewRows(
  scope: Scope,
  subject: AnySubject,
  draft: Draft,
): Promise<{ ok: true; rows: PreviewRow[] } | Refused> {
  const sample = await readSample(scope, draft.fileId, draft.settings);
  if (!sample.ok) return sample;
  const intake = { settings: draft.settings, reader: subject.reader(draft.settings) };
  const rows = sample.rows.slice(0, PREVIEW_ROWS).map((row): PreviewRow => {
    const prepared = prepareRow(asRaw(row), intake);
    return prepared.ok
      ? { line: row.line, ok: true, values: subject.describe(prepared.row.canonical) }
      : { line: row.line, ok: false, refusals: prepared.refusals };
  });
  return { ok: true, rows };
}
