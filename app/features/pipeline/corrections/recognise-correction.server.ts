import { rowKeyColumn } from "~/features/pipeline/columns/columns";
import { FileProblem } from "~/features/pipeline/files/file-problem";
import { placesOf } from "~/features/pipeline/corrections/correction";
import { type Refused } from "~/features/pipeline/files/inspect-file.server";
import { rowKeys } from "~/features/pipeline/corrections/row-key.server";
import {
  hasHeading,
  type ReadingSettings,
  readRunSettings,
  type RunSettings,
} from "~/features/pipeline/draft/run-settings.server";
import { readSource, storedSource } from "~/features/pipeline/files/source.server";
import { type AnySubject } from "~/features/pipeline/subject";
import "~/features/pipeline/tables";
import { type Scope } from "~/platform/scope.server";

/** A file of refused rows that comes back is known by its keys: nobody need be asked where its columns go. */

const NOT_OURS =
  "The rows of this file carry keys that are not of an import of this account: they were changed, or the file is another account's. Nothing was stored. Fetch the refused rows again from the page of their import, and correct them in that file. If these are new rows, take the column “Tallybook row” out.";

const NOT_SO_FAR =
  "This file has the column “Tallybook row”, by which corrected rows are known, but nothing stands in it for a very long way. Nothing was stored. If these are new rows, take that column out. If there are corrected rows among them, put those first, or send them in a file of their own.";

/** How far a file is read for its first key, while whoever sent it waits. Our own file has one in each row. */
export interface Budget {
  rows: number;
  seconds: number;
}

const usualBudget: Budget = { rows: 20_000, seconds: 20 };

/** Null for any other file. Reads until the first row that has a good key, or as far as the budget goes. */
export async function recogniseCorrection(
  scope: Scope,
  subject: AnySubject,
  { fileId, columns, reading }: { fileId: string; columns: readonly string[]; reading: ReadingSettings },
  budget = usualBudget,
): Promise<{ ok: true; settings: RunSettings } | Refused | null> {
  const keyAt = columns.indexOf(rowKeyColumn);
  if (keyAt < 0) return null;
  const found = await readFirstRun(scope, { fileId, reading, keyAt, budget });
  if (found === "no-keys") return null;
  if (found === "not-so-far") return { ok: false, reason: NOT_SO_FAR };
  if (found instanceof FileProblem) return { ok: false, reason: found.message };
  const first = found === "bad-keys" ? null : await readFirst(scope, found.runId, subject);
  if (!first) return { ok: false, reason: NOT_OURS };
  const places = placesOf(first.columns, columns);
  const gone = first.columns.filter((_, index) => first.mapping[index] !== "" && (places[index] ?? -1) < 0);
  if (gone.length > 0) return { ok: false, reason: columnsGone(gone) };
  // What was guessed of the first file, and asked of its rows, is told of that run: these rows have a start of their own.
  const { runId, origin: _origin, ownRules: _ownRules, ...settings } = first;
  const correction = { runId, columns: [...columns], keyAt, places };
  return { ok: true, settings: { ...settings, reading, correction } };
}

interface Looking {
  fileId: string;
  reading: ReadingSettings;
  keyAt: number;
  budget: Budget;
}

type FirstRun = { runId: string } | "no-keys" | "bad-keys" | "not-so-far";

async function readFirstRun(scope: Scope, looking: Looking): Promise<FirstRun | FileProblem> {
  try {
    return await firstRun(scope, looking);
  } catch (error) {
    if (error instanceof FileProblem) return error;
    throw error;
  }
}

async function firstRun(scope: Scope, { fileId, reading, keyAt, budget }: Looking): Promise<FirstRun> {
  const keys = rowKeys(scope.keys, scope.account.id);
  const end = performance.now() + budget.seconds * 1000;
  let isHeading = hasHeading(reading);
  let found: "no-keys" | "bad-keys" = "no-keys";
  let rows = 0;
  for await (const { cells } of readSource(storedSource(scope, fileId), reading, budget.seconds)) {
    if (rows++ > budget.rows || performance.now() > end) return found === "no-keys" ? "not-so-far" : found;
    const text = isHeading ? "" : (cells[keyAt] ?? "").trim();
    isHeading = false;
    if (text === "") continue;
    const place = keys.read(text);
    if (place) return place;
    found = "bad-keys";
  }
  return found;
}

/** The settings of the run that refused the rows. */
async function readFirst(
  scope: Scope,
  runId: string,
  subject: AnySubject,
): Promise<(RunSettings & { runId: string }) | null> {
  const run = await scope.db
    .selectFrom("runs")
    .select("settings")
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("subject", "=", subject.id)
    .where("state", "!=", "draft")
    .executeTakeFirst();
  return run ? { ...readRunSettings(run.settings), runId } : null;
}

function columnsGone(names: readonly string[]): string {
  const some = names.map((name) => `“${name}”`).join(", ");
  return `${names.length === 1 ? "This column is" : "These columns are"} no longer in the file, or called otherwise: ${some}. Without it the rows would lose what stands there. Fetch the refused rows again, and correct them in that file without changing the names of its columns.`;
}
