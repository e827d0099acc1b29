import { isDeepStrictEqual } from "node:util";
import {
  inspectFile,
  type Refused,
  readSample,
  type Sample,
  settingsFor,
} from "~/features/pipeline/inspect-file.server";
import { type ReadingSettings, readRunSettings, type RunSettings } from "~/features/pipeline/run-settings.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { subjectFor } from "~/features/pipeline/subject-for.server";
import "~/features/pipeline/tables";
import { MAX_FILE_BYTES } from "~/features/pipeline/upload-limit";
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
  const { file } = stored;
  const inspected = await inspectFile(scope, file, subject.fields);
  const sample = inspected.ok ? await readSample(scope, file.id, inspected.reading) : inspected;
  if (!inspected.ok || !sample.ok) {
    await deleteFile(scope, file.id);
    return sample.ok ? { ok: false, reason: "The file cannot be read." } : sample;
  }
  const settings = settingsFor(
    sample,
    { reading: inspected.reading, phoneCountry: scope.account.phoneCountry },
    subject,
  );
  const runId = newId();
  await scope.db
    .insertInto("runs")
    .values({
      account_id: scope.account.id,
      id: runId,
      subject: subject.id,
      source: "file",
      file_id: file.id,
      file_name: file.name,
      state: "draft",
      settings: toJson(settings),
      created_at: scope.clock.now(),
      created_by: scope.user?.id ?? null,
    })
    .execute();
  return { ok: true, runId, recognised: settings.origin !== undefined };
}

export interface Draft {
  id: string;
  subject: string;
  fileId: string;
  fileName: string;
  settings: RunSettings;
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

/** Null when there is no such run, or it has been started. */
export async function findDraft(scope: Scope, runId: string): Promise<Draft | null> {
  const row = await scope.db
    .selectFrom("runs")
    .select(["id", "subject", "file_id", "file_name", "settings"])
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "=", "draft")
    .executeTakeFirst();
  if (!row?.file_id) return null;
  return {
    id: row.id,
    subject: row.subject,
    fileId: row.file_id,
    fileName: row.file_name ?? "",
    settings: readRunSettings(row.settings),
  };
}

export interface DraftChoices {
  /** How the file is to be read: of each format only what a person can choose. */
  reading: ReadingSettings;
  phoneCountry: string;
  /** As on the page; of no use once the file is read in another way. */
  mapping: string[];
}

export type SaveResult =
  /** `reread`: the file is read in another way now, so its columns are new and guessed anew. */
  { ok: true; reread: boolean } | { ok: false; reason: string };

/** Saves how the draft's file is read and where its columns go. Says what is wrong with the choice, if anything. */
export async function saveDraft(
  scope: Scope,
  known: AnySubject,
  { draft, choices }: { draft: Draft; choices: DraftChoices },
): Promise<SaveResult> {
  const subject = await subjectFor(scope, known);
  const { reading, phoneCountry } = choices;
  const before = draft.settings;
  const reread = !isDeepStrictEqual(reading, before.reading);
  if (reread) {
    const sample: Sample = await readSample(scope, draft.fileId, reading);
    if (!sample.ok) return sample;
    await saveSettings(scope, draft.id, settingsFor(sample, { reading, phoneCountry }, subject));
    return { ok: true, reread };
  }
  const problem = mappingProblem(subject, choices.mapping, before.columns);
  if (problem) return { ok: false, reason: problem };
  await saveSettings(scope, draft.id, { ...before, phoneCountry, mapping: choices.mapping });
  return { ok: true, reread };
}

/** Why columns can not go where they were told to; null if they can. */
function mappingProblem(subject: AnySubject, mapping: readonly string[], columns: readonly string[]): string | null {
  const known = new Map(subject.fields.map((field) => [field.id, field]));
  const chosen = mapping.filter((id) => id !== "");
  if (mapping.length !== columns.length || chosen.some((id) => !known.has(id))) {
    return "The columns on the page were no longer those of the file. Choose again.";
  }
  if (chosen.length === 0) return "Choose a field for at least one column.";
  const doubled = chosen.find((id, index) => chosen.indexOf(id) !== index && !known.get(id)?.many);
  if (!doubled) return null;
  return `Two columns go to “${known.get(doubled)?.label}”, which can take one. Choose another field for one of them.`;
}

async function saveSettings(scope: Scope, runId: string, settings: RunSettings): Promise<void> {
  await scope.db
    .updateTable("runs")
    .set({ settings: toJson(settings) })
    .where("account_id", "=", scope.account.id)
    .where("id", "=", runId)
    .where("state", "=", "draft")
    .execute();
}
