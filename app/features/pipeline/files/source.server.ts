import { readCards } from "~/features/pipeline/files/vcard/card-rows.server";
import { readCsvRows } from "~/features/pipeline/files/csv-rows.server";
import { type ReadingSettings } from "~/features/pipeline/draft/run-settings.server";
import { type SourceFile, type SourceRow } from "~/features/pipeline/files/source-row";
import { readSheetRows } from "~/features/pipeline/files/xlsx/sheet-rows.server";
import "~/features/pipeline/tables";
import { findFile, readFile } from "~/platform/files.server";
import { type FileClaim } from "~/platform/sweep-files.server";
import { type Scope } from "~/platform/scope.server";

/** The one door to a file's rows, whatever its format: as a stream, from bytes that are never whole in memory. */

export const sourceClaim: FileClaim = {
  column: "runs.file_id",
  rows: (eb, accountId) =>
    eb
      .selectFrom("runs")
      .select("runs.id")
      .where("runs.account_id", "=", accountId)
      .whereRef("runs.file_id", "=", "files.id"),
};

export function storedSource(scope: Scope, fileId: string): SourceFile {
  return {
    size: async () => (await findFile(scope, fileId))?.sizeBytes ?? 0,
    read: (offset) => readFile(scope, fileId, offset),
  };
}

/**
 * The rows in order, the heading among them; blank ones are left out. `seconds`: the longest that a workbook may take,
 * where somebody waits for it.
 * @throws FileProblem
 */
export function readSource(file: SourceFile, reading: ReadingSettings, seconds?: number): AsyncGenerator<SourceRow> {
  switch (reading.format) {
    case "csv":
      return readCsvRows(file.read(), reading);
    case "xlsx":
      return readSheetRows(file, reading.sheet, seconds);
    case "vcard":
      return readCards(file.read(), reading);
  }
}
