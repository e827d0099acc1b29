import { readSample, type Refused } from "~/features/pipeline/inspect-file.server";
import { type Draft } from "~/features/pipeline/draft-run.server";
import { asRaw, dayPlace, prepareRow } from "~/features/pipeline/prepare-rows.server";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { type AnySubject, type Refusal, type Trial } from "~/features/pipeline/subject";
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
  const sample = await readSample(scope, draft.fileId, draft.settings.reading);
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

/** What the import will make of a row, as far as can be told before it. */
export interface Prospect {
  kind: "new" | "changed" | "same";
  /** The record that the row is of, as it is called now; null where there is none yet. */
  record: { id: string; name: string } | null;
  /** What else there is to say, in a word or two each. */
  remarks: string[];
}

export type PreviewRow = { line: number } & (
  { ok: true; values: { label: string; text: string }[]; prospect: Prospect } | { ok: false; refusals: Refusal[] }
);

/** As they will be stored and what that will change, or why they will be refused. Nothing is written. */
export async function previewRows(
  scope: Scope,
  known: AnySubject,
  draft: Draft,
): Promise<{ ok: true; rows: PreviewRow[] } | Refused> {
  const subject = await subjectFor(scope, known);
  const sample = await readSample(scope, draft.fileId, draft.settings.reading);
  if (!sample.ok) return sample;
  const intake = {
    settings: draft.settings,
    reader: subject.reader({ ...draft.settings, ...dayPlace(scope.place, scope.clock.now()) }),
  };
  const prepared = sample.rows.slice(0, PREVIEW_ROWS).map((row) => prepareRow(asRaw(row), intake));
  const valid = prepared.flatMap((row) => (row.ok ? [row.row] : []));
  const trials = (await subject.tryOut(scope, valid)).values();
  const rows = prepared.map((row): PreviewRow => {
    const line = row.raw.position;
    if (!row.ok) return { line, ok: false, refusals: row.refusals };
    const trial = trials.next().value as Trial;
    if (trial.kind === "refused") return { line, ok: false, refusals: trial.refusals };
    const values = subject.describe(row.row.canonical, { ...scope.account, ...scope.place });
    return { line, ok: true, values, prospect: prospectOf(subject, trial) };
  });
  return { ok: true, rows };
}

function prospectOf(subject: AnySubject, trial: Exclude<Trial, { kind: "refused" }>): Prospect {
  const { kind, subjectId: id, name } = trial;
  const record = id !== null && name !== null ? { id, name } : null;
  return { kind, record, remarks: trial.remarks.flatMap((remark) => subject.remarks[remark]?.short ?? []) };
}
