import { isDeepStrictEqual } from "node:util";
import { withoutOurColumns } from "~/features/pipeline/columns/columns";
import { draftSettings, type FileSample } from "~/features/pipeline/draft/draft-settings";
import { inspectFile, type Refused, readSample } from "~/features/pipeline/files/inspect-file.server";
import { listRules } from "~/features/pipeline/own-rules/own-rules.server";
import { recogniseCorrection } from "~/features/pipeline/corrections/recognise-correction.server";
import { addNewFields, NewFieldRefused } from "~/features/pipeline/columns/new-fields.server";
import { mappingProblem } from "~/features/pipeline/columns/mapping-problem";
import { forgetMapping, keepMapping, recallMapping } from "~/features/pipeline/columns/saved-mappings.server";
import { type ReadingSettings, readRunSettings, type RunSettings } from "~/features/pipeline/draft/run-settings.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import "~/features/pipeline/tables";
import { MAX_FILE_BYTES } from "~/features/pipeline/files/upload-limit";
import { deleteFile, storeFile } from "~/platform/files.server";
import { toJson } from "~/platform/db/json.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";

/** A run before it is started: a file, and how it is to be read. It waits on the server, so a closed tab loses nothing. */

export const TOO_LARGE =
  "A file may have 50 MB at the most; this one is larger. Split it and import the parts one after the other.";

export interface Upload {
  name: string;
  mediaType: string;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Stores an uploaded file and opens a draft on it; a file that cannot be read is not kept. `recognised`: its columns
 * are those of a program we know, so that nobody need be asked where they go.
 */
export async function uploadFile(
  scope: Scope,
  known: AnySubject,
  { name, mediaType, bytes }: Upload,
): Promise<{ ok: true; runId: string; recognised: boolean } | Refused> {
  const subject = await subjectFor(scope, known);
  const stored = await storeFile(scope, bytes, { name, mediaType, maxBytes: MAX_FILE_BYTES });
  if (!stored.ok) return { ok: false, reason: TOO_LARGE };
  try {
    const found = await findSettings(scope, subject, stored.file);
    if (found.ok) return await openDraft(scope, subject.id, stored.file, found.settings);
    await deleteFile(scope, stored.file.id);
    return found;
  } catch (error) {
    await deleteFile(scope, stored.file.id).catch(() => scope.log.warn({ event: "file.left-over" }, "To be swept"));
    throw error;
  }
}

async function openDraft(scope: Scope, subject: string, file: { id: string; name: string }, settings: RunSettings) {
  const runId = newId();
  await scope.db
    .insertInto("runs")
    .values({
      account_id: scope.account.id,
      id: runId,
      subject,
      source: "file",
      file_id: file.id,
      file_name: file.name,
      state: "draft",
      settings: toJson(settings),
      continues_run_id: settings.correction?.runId ?? null,
      created_at: scope.clock.now(),
      created_by: scope.user?.id ?? null,
    })
    .execute();
  return { ok: true as const, runId, recognised: (settings.correction ?? settings.origin) !== undefined };
}

/** How a file is read and where its columns go: as is known of it, or at a guess. */
async function findSettings(
  scope: Scope,
  subject: AnySubject,
  file: { id: string; name: string },
): Promise<{ ok: true; settings: RunSettings } | Refused> {
  const inspected = await inspectFile(scope, file, subject.fields);
  if (!inspected.ok) return inspected;
  const { reading, sample } = inspected;
  const corrected = await recogniseCorrection(scope, subject, { fileId: file.id, columns: sample.columns, reading });
  return corrected ?? { ok: true, settings: await guessedSettings(scope, subject, inspected) };
}

async function guessedSettings(
  scope: Scope,
  subject: AnySubject,
  { reading, sample }: { reading: ReadingSettings; sample: FileSample },
  chosen: string | null = null,
): Promise<RunSettings> {
  const recalled = await recallMapping(scope, subject.id, { columns: sample.columns, reading });
  const phoneCountry = chosen ?? scope.account.phoneCountry;
  const { locale } = scope.place;
  return draftSettings(sample, { reading, locale, phoneCountry, isChosen: chosen !== null }, subject, recalled);
}

export interface Draft {
  id: string;
  subject: string;
  fileId: string;
  fileName: string;
  settings: RunSettings;
  createdBy: string | null;
}

/** Throws a draft away, with its file. Nothing has come of it yet. */
export function discardDraft(scope: Scope, runId: string): Promise<{ ok: boolean }> {
  return inTransaction(scope, async (scope) => {
    const gone = await scope.db
      .deleteFrom("runs")
      .where("account_id", "=", scope.account.id)
      .where("id", "=", runId)
      .where("state", "=", "draft")
      .returning("file_id")
      .executeTakeFirst();
    if (gone?.file_id) await deleteFile(scope, gone.file_id);
    return { ok: gone !== undefined };
  });
}

/** Throws away the drafts that were begun before an instant and never started. */
export async function discardOldDrafts(scope: Scope, begunBefore: string): Promise<void> {
  const drafts = await scope.db
    .selectFrom("runs")
    .select("id")
    .where("account_id", "=", scope.account.id)
    .where("state", "=", "draft")
    .where("created_at", "<", begunBefore)
    .execute();
  for (const { id } of drafts) await discardDraft(scope, id);
}

/**
 * Null when there is no such run, or it has been started. `withRules`: also what the account asks of its rows, one
 * statement more; where columns are chosen nobody asks for that.
 */
export async function findDraft(scope: Scope, runId: string, { withRules = true } = {}): Promise<Draft | null> {
  const row = await scope.db
    .selectFrom("runs")
    .select(["id", "subject", "file_id", "file_name", "settings", "created_by"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "=", "draft")
    .executeTakeFirst();
  if (!row?.file_id) return null;
  const settings = readRunSettings(row.settings);
  return {
    ...{ id: row.id, subject: row.subject, fileId: row.file_id, fileName: row.file_name ?? "" },
    createdBy: row.created_by,
    // As they are now: a run keeps them as they are at its start.
    settings: withRules ? { ...settings, ownRules: await listRules(scope, row.subject) } : settings,
  };
}

export interface DraftChoices {
  /** How the file is to be read: of each format only what a person can choose. */
  reading: ReadingSettings;
  phoneCountry: string;
  dateOrder?: RunSettings["dateOrder"];
  /** As on the page; of no use once the file is read in another way. */
  mapping: string[];
  /** Whether columns may go to fields that are made for them. */
  mayAddFields?: boolean;
}

export type SaveResult =
  /** `reread`: the file is read in another way now, so its columns are new and guessed anew. */
  | { ok: true; reread: boolean }
  /** `wrong`: the places of the columns that cannot go where they were told to. */
  | { ok: false; reason: string; wrong?: number[] };

/** Saves how the draft's file is read and where its columns go. Says what is wrong with the choice, if anything. */
export async function saveDraft(
  scope: Scope,
  known: AnySubject,
  { draft, choices }: { draft: Draft; choices: DraftChoices },
): Promise<SaveResult> {
  const subject = await subjectFor(scope, known);
  const { reading, phoneCountry, dateOrder } = choices;
  const before = draft.settings;
  const reread = !isDeepStrictEqual(reading, before.reading);
  if (reread) {
    const sample = await readSample(scope, draft.fileId, reading);
    if (!sample.ok) return sample;
    const chosen = phoneCountry === before.phoneCountry ? null : phoneCountry;
    const settings = await guessedSettings(scope, subject, { reading, sample }, chosen);
    await saveSettings(scope, draft.id, { ...settings, rules: before.rules });
    return { ok: true, reread };
  }
  const mapping = withoutOurColumns(before.columns, choices.mapping);
  const problem = mappingProblem(subject, mapping, before.columns, choices.mayAddFields ?? false);
  if (problem) return { ok: false, ...problem };
  const { dateOrder: _, ...others } = before;
  return keepChosen(scope, subject, draft, { ...others, phoneCountry, ...(dateOrder ? { dateOrder } : {}), mapping });
}

/** With the fields that are made for it: all of it is kept, or nothing. */
async function keepChosen(scope: Scope, subject: AnySubject, draft: Draft, chosen: RunSettings): Promise<SaveResult> {
  try {
    await inTransaction(scope, async (scope) => {
      const settings = { ...chosen, mapping: await addNewFields(scope, subject, chosen) };
      await saveSettings(scope, draft.id, settings);
      await keepMapping(scope, subject.id, { settings, fileName: draft.fileName });
    });
    return { ok: true, reread: false };
  } catch (error) {
    if (error instanceof NewFieldRefused) return { ok: false, reason: error.reason, wrong: [error.index] };
    throw error;
  }
}

/** Forgets where columns like the draft's went before, and guesses anew. */
export async function forgetColumns(scope: Scope, subject: AnySubject, draft: Draft): Promise<Refused | { ok: true }> {
  const { columns, reading } = draft.settings;
  const sample = await readSample(scope, draft.fileId, reading);
  if (!sample.ok) return sample;
  return inTransaction(scope, async (scope) => {
    await forgetMapping(scope, subject.id, columns);
    await saveSettings(scope, draft.id, await guessedSettings(scope, subject, { reading, sample }));
    return { ok: true };
  });
}

export async function saveSettings(scope: Scope, runId: string, settings: RunSettings): Promise<void> {
  await scope.db
    .updateTable("runs")
    .set({ settings: toJson(settings) })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "=", "draft")
    .execute();
}
