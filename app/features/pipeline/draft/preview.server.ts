import { placeFound } from "~/features/pipeline/draft/draft-settings";
import { type Guess } from "~/features/pipeline/columns/guess-columns";
import { FIRST_ROWS, readSample, type Refused } from "~/features/pipeline/files/inspect-file.server";
import { lookAtKeys } from "~/features/pipeline/corrections/claim-rows.server";
import { type Draft } from "~/features/pipeline/draft/draft-run.server";
import { asRaw, dayPlace, prepareRow } from "~/features/pipeline/stages/prepare-rows.server";
import { rulesOf } from "~/features/pipeline/rules/rules";
import { type SourceRow } from "~/features/pipeline/files/source-row";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import { type AnySubject, type PlaceFound, type Refusal, type Trial } from "~/features/pipeline/subject";
import { type Scope } from "~/platform/scope.server";

/** The first rows of a draft's file, raw for choosing columns and canonical for the check before the start. */

const PREVIEW_ROWS = 10;
const EXAMPLES = 3;
const EXAMPLE_LENGTH = 60;

export interface ColumnToMap {
  name: string;
  /** The first of its values, each once. */
  examples: string[];
  field: string;
  /** Where it was thought to go; null in what was uploaded before there were reasons. */
  guess: Guess | null;
}

export async function previewColumns(
  scope: Scope,
  subject: AnySubject,
  draft: Draft,
): Promise<{ ok: true; columns: ColumnToMap[]; place: PlaceFound; rows: number } | Refused> {
  const { reading, mapping } = draft.settings;
  const sample = await readSample(scope, draft.fileId, reading);
  if (!sample.ok) return sample;
  const columns = columnsToMap(draft.settings, sample.rows);
  const { phoneCountry } = scope.account;
  const place = placeFound(sample, mapping, subject, { phoneCountry, locale: scope.place.locale });
  return { ok: true, columns, place, rows: sample.rows.length };
}

export function columnsToMap(
  { columns, mapping, guesses }: Pick<Draft["settings"], "columns" | "mapping" | "guesses">,
  rows: readonly SourceRow[],
): ColumnToMap[] {
  return columns.map((name, index) => ({
    ...{ name, examples: examplesOf(rows, index), field: mapping[index] ?? "", guess: guesses?.[index] ?? null },
  }));
}

/** However far down the first of them stand. */
function examplesOf(rows: readonly SourceRow[], index: number): string[] {
  const examples = new Set<string>();
  for (const { cells } of rows) {
    const text = cells[index] ? shown(cells[index]) : "";
    if (text !== "") examples.add(text);
    if (examples.size >= EXAMPLES) break;
  }
  return [...examples];
}

function shown(text: string): string {
  const line = text
    .slice(0, 500)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return line.length > EXAMPLE_LENGTH ? `${line.slice(0, EXAMPLE_LENGTH)}…` : line;
}

/** What the import will make of a row, as far as can be told before it. */
export interface Prospect {
  /** `before`: a corrected row that was taken already. */
  kind: "new" | "changed" | "same" | "before";
  /** The record that the row is of, as it is called now; null where there is none yet. */
  record: { id: string; name: string } | null;
  /** The rules keep it out; the remarks say why. */
  isLeft: boolean;
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
  const sample = await readSample(scope, draft.fileId, draft.settings.reading, FIRST_ROWS);
  if (!sample.ok) return sample;
  const intake = {
    settings: draft.settings,
    reader: subject.reader({ ...draft.settings, ...dayPlace(scope.place, scope.clock.now(), draft.settings) }),
  };
  const first = sample.rows.slice(0, PREVIEW_ROWS).map((row) => prepareRow(asRaw(row), intake));
  const prepared = await lookAtKeys(scope, draft.settings.correction, first);
  const valid = prepared.flatMap(({ row, before }) => (row.ok && !before ? [row.row] : []));
  const trials = (await subject.tryOut(scope, valid, rulesOf(subject, draft.settings))).values();
  const rows = prepared.map(({ row, before }): PreviewRow => {
    const line = row.raw.position;
    if (!row.ok) return { line, ok: false, refusals: row.refusals };
    const values = subject.describe(row.row.canonical, { ...scope.account, ...scope.place });
    if (before)
      return { line, ok: true, values, prospect: { kind: "before", record: null, isLeft: false, remarks: [] } };
    const trial = trials.next().value as Trial;
    if (trial.kind === "refused") return { line, ok: false, refusals: trial.refusals };
    return { line, ok: true, values, prospect: prospectOf(subject, trial) };
  });
  return { ok: true, rows };
}

function prospectOf(subject: AnySubject, trial: Exclude<Trial, { kind: "refused" }>): Prospect {
  const { kind, subjectId: id, name, isLeft = false } = trial;
  const record = id !== null && name !== null ? { id, name } : null;
  return { kind, record, isLeft, remarks: trial.remarks.flatMap((remark) => subject.remarks[remark]?.short ?? []) };
}
